import AnnalsPlatform
import ArgumentParser

/// `annals completions`.
struct CompletionsCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "completions", _superCommandName: AnnalsCommand.name,
    abstract: "Print what makes a shell complete commands, files, bundles and parameters.",
    discussion: """
      To switch it on, put the line of your shell into its file:

        bash  ~/.bashrc                   source <(annals completions bash)
        zsh   ~/.zshrc, after compinit    source <(annals completions zsh)
        fish  ~/.config/fish/config.fish  annals completions fish | source

      A script's parameters and their choices are those that `annals run SCRIPT --help` shows, and are found in \
      the same way: behind the walls, without any grant, and in two seconds at most, or as many as \
      $ANNALS_COMPLETION_SECONDS says.
      """,
    version: AnnalsCommand.version)

  @Argument(help: "The shell.")
  var shell: Shell

  func perform() throws { try StandardOutput.write(shell.script) }
}

/// `annals complete-words`, by which shells ask what may stand at the cursor.
///
/// The first argument is the shell, the others are the words of the line after the program's name up to the
/// cursor, the last of which may be empty. A line is printed for each word that may stand in its place, and
/// behind a tab what it is. What ends with `/` goes on.
struct CompleteWordsCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "complete-words", _superCommandName: AnnalsCommand.name, shouldDisplay: false,
    helpNames: [])

  @Argument(parsing: .captureForPassthrough)
  var words: [String] = []

  /// How long reading a dataset and its script may take: nobody waits longer for a completion.
  private static var seconds: Double {
    let given = Environment.value("ANNALS_COMPLETION_SECONDS").flatMap { Double($0) } ?? 2
    return (0...600).contains(given) ? given : 2
  }

  func perform() throws {
    guard let name = words.first, let shell = Shell(rawValue: name) else {
      throw CommandError.usage("a shell is needed", fix: "annals complete-words bash WORD ...")
    }
    let given = shell.read(Array(words.dropFirst()))
    let line = CompletedLine(given.isEmpty ? [""] : given)
    let word = words.count > 1 ? words.last ?? "" : ""
    try write(line.candidates, for: word, in: shell)
    let backstop = Backstop(after: Self.seconds) { abandonProcess(status: 0) }
    defer { backstop.cancel() }
    try write(line.parameterCandidates, for: word, in: shell)
  }

  /// A name with a line break or tab can't be told to a shell, and is left out.
  private func write(
    _ candidates: [CompletionCandidate], for word: String, in shell: Shell
  ) throws(CommandError) {
    let shown = candidates.filter { !$0.word.unicodeScalars.contains { $0.value < 32 } }
    let lines = shown.map { candidate in
      let written = shell.written(candidate, for: word)
      return candidate.help.isEmpty ? written : written + "\t" + candidate.shownHelp
    }
    try StandardOutput.write(lines.map { $0 + "\n" }.joined())
  }
}
