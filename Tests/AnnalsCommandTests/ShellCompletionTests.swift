import Foundation
import Testing

/// `annals completions`, and what shells ask by it.
@Suite struct ShellCompletionTests {
  private let folder: TemporaryFolder
  private let annals: AnnalsProcess
  /// A script whose name and choices need quotes in every shell.
  private static let script = "my $cript's.lua"

  init() throws {
    folder = try TemporaryFolder()
    var annals = AnnalsProcess()
    annals.folder = folder.url
    annals.environment["HOME"] = folder.url.path
    annals.environment["ANNALS_PATH"] = AnnalsProcess.repository.appending(path: "Datasets").path
    // Many tests run at once, and none of them may depend on how long it takes.
    annals.environment["ANNALS_COMPLETION_SECONDS"] = "600"
    self.annals = annals
    try folder.write(
      """
      -- Shows claims
      local p = params {
        {"claims", choices = {"lowest", "highest best", "it's $5"}, help = "Which claims count"},
        {"place", choices = "places.name"},
        {"deep", type = "boolean"},
        {"kinds", type = "list", choices = {"a", "b"}},
      }
      print("ran")
      return 1
      """, to: Self.script)
  }

  private func words(_ words: String...) async throws -> [String] {
    let result = try await annals.run(["complete-words", "zsh"] + words)
    #expect(result.status == 0)
    #expect(result.error == "")
    return result.output.split(separator: "\n").map {
      String($0.prefix { $0 != "\t" })
    }
  }

  /// Runs a line in a shell that has the script of completion.
  private func shell(_ name: String, _ line: String) async throws -> [String] {
    let process = Process()
    process.executableURL = URL(filePath: name)
    process.arguments = (name.hasSuffix("fish") ? ["--no-config"] : []) + ["-c", line]
    process.currentDirectoryURL = folder.url
    let programs = try AnnalsProcess.program().deletingLastPathComponent().path
    process.environment = annals.environment.merging(
      ["PATH": programs + ":/usr/bin:/bin", "LC_ALL": "C", "SWIFT_BACKTRACE": "enable=no"]
    ) { $1 }
    let run = try AnnalsProcess.Running(process, input: "", holdsInput: false, mergesStreams: true)
    return try await run.end().output.split(separator: "\n").map(String.init)
  }

  private func bash(_ line: String, _ words: String) async throws -> [String] {
    try await shell(
      "/bin/bash",
      """
      source <(annals completions bash)
      COMP_LINE=\(line); COMP_POINT=${#COMP_LINE}; COMP_WORDS=(\(words))
      COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _annals; printf '%s\\n' "${COMPREPLY[@]}"
      """)
  }

  @Test func `commands, their commands and options are completed, but not hidden ones`()
    async throws
  {
    #expect(
      try await words("")
        == ["run", "console", "inspect", "convert", "diff", "bundle", "help", "completions"])
    #expect(try await words("comp") == ["completions"])
    #expect(try await words("bundle", "in") == ["inspect", "install"])
    #expect(try await words("run", "--for") == ["--format"])
    #expect(try await words("run", "--format", "m") == ["markdown"])
    #expect(try await words("run", "--format=nd") == ["--format=ndjson"])
    #expect(try await words("inspect", "--no-h") == ["--no-header"])
    #expect(try await words("inspect", "--profile", "gd") == ["gdelt"])
    #expect(try await words("help", "pivo") == ["pivot"])
    #expect(try await words("nothing", "") == [])
  }

  @Test func `an option that was given is not offered again, unless it may be`() async throws {
    #expect(try await words("run", "--table", "1", "--ta") == [])
    #expect(try await words("run", "--allow-read", ".", "--allow-r") == ["--allow-read"])
  }

  @Test func `paths, shipped datasets and scripts are completed`() async throws {
    try folder.write("a\n1\n", to: "mine.csv")
    try folder.write("return 1", to: ".hidden.lua")
    #expect(try await words("run", "m") == [Self.script])
    #expect(try await words("run", ".h") == [".hidden.lua"])
    #expect(try await words("run", "--data", "m") == ["mine.csv", Self.script])
    #expect(try await words("inspect", "kaz") == ["kazakhstan-2022"])
    #expect(try await words("run", "~/m") == ["~/" + Self.script])
    #expect(try await words("bundle", "pack", "m") == [])
  }

  @Test func `installed bundles, their scripts and parameters are completed`() async throws {
    _ = try await annals.run("bundle", "new", "town-tolls")
    _ = try await annals.run("bundle", "pack", "town-tolls")
    _ = try await annals.run("bundle", "install", "town-tolls-0.1.0.annals")
    try FileManager.default.removeItem(at: folder.url.appending(path: "town-tolls"))
    #expect(
      try await words("run", "t")
        == ["town-tolls-0.1.0.annals", "town-tolls", "town-tolls@0.1.0"])
    #expect(try await words("bundle", "remove", "") == ["town-tolls", "town-tolls@0.1.0"])
    #expect(try await words("run", "town-tolls", "--script", "") == ["main"])
    #expect(try await words("run", "town-tolls", "--cl") == ["--claims"])
    #expect(try await words("run", "town-tolls@0.1.0", "--claims", "lo") == ["lowest"])
  }

  @Test func `parameters and their choices are completed, also those from the dataset`()
    async throws
  {
    let script = "'my $cript'\\''s.lua'"
    #expect(try await words("run", script, "--de") == ["--delimiter", "--deep"])
    #expect(try await words("run", script, "--deep", "true", "--de") == ["--delimiter"])
    #expect(try await words("run", script, "--deep", "") == ["true", "false"])
    #expect(try await words("run", script, "--claims", "\"highest b") == ["highest best"])
    #expect(try await words("run", script, "--claims=it\\'") == ["--claims=it's $5"])
    #expect(try await words("run", script, "--place", "Kaz") == ["Kazakhstan"])
    #expect(try await words("run", script, "--kinds", "a,") == ["a,a", "a,b"])
    #expect(try await words("run", "\"my \\$cript's.lua\"", "--cl") == ["--claims"])
    #expect(try await words("run", "absent.lua", "--cl") == [])
  }

  @Test func `a script runs behind the walls for its parameters, whatever is granted`()
    async throws
  {
    try folder.write(
      """
      local file = io and io.open and io.open("made", "w")
      params {{"claims", choices = {"lowest"}}}
      """, to: "trusting.lua")
    let words = try await words(
      "run", "trusting.lua", "--trusted", "--allow-write", ".", "--claims", "")
    #expect(words == ["lowest"])
    #expect(try folder.names.contains("made") == false)
    try folder.write("while true do end", to: "endless.lua")
    var hasty = annals
    hasty.environment["ANNALS_COMPLETION_SECONDS"] = "0.5"
    let result = try await hasty.run("complete-words", "zsh", "run", "endless.lua", "--tab")
    #expect(result.output == "--table\tWrite only the table of this number.\n")
  }

  @Test func `bash completes words with spaces, quotes, dollars and equals signs`() async throws {
    let script = #"my\ \$cript\'s.lua"#
    #expect(try await bash("'annals run m'", "annals run m") == [script])
    #expect(try await bash("'annals run ~/m'", "annals run '~/m'") == ["~/" + script])
    #expect(
      try await bash(
        #"'annals run my\ \$cript\'\''s.lua --claims=hi'"#,
        #"annals run 'my\ \$cript\'\''s.lua' --claims = hi"#) == [#"highest\ best"#])
    #expect(
      try await bash(
        #"'annals run "my \$cript'\''s.lua" --claims "it'"#,
        #"annals run '"my \$cript'\''s.lua"' --claims '"it'"#) == [#"it's \$5"#])
    #expect(
      try await bash("'annals run --data=k'", "annals run --data = k") == ["kazakhstan-2022"])
    #expect(
      try await bash("'annals run --data='", "annals run --data =")
        == [script, "kazakhstan-2022"])
  }

  @Test func `what a choice says is never a command or variable of bash`() async throws {
    try folder.write(
      "params {{\"a\", choices = {\"`id`\", \"x$HOME\", \"~/y\", \"z'!\"}}}", to: "s.lua")
    let line = "annals run s.lua --a"
    #expect(try await bash("'\(line) \\`'", "\(line) '\\`'") == [#"\`id\`"#])
    #expect(try await bash("'\(line) x'", "\(line) x") == [#"x\$HOME"#])
    #expect(try await bash("'\(line) \"x'", "\(line) '\"x'") == [#"x\$HOME"#])
    #expect(try await bash("'\(line) \\~'", "\(line) '\\~'") == [#"\~/y"#])
    #expect(try await bash("'\(line) z'", "\(line) z") == [#"z\'\!"#])
    #expect(try await bash("\"\(line) 'z\"", "\(line) \"'z\"") == [#"z'\''!"#])
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/zsh")))
  func `zsh completes words with spaces, quotes and dollars`() async throws {
    let lines = try await shell(
      "/usr/bin/zsh",
      #"""
      compdef() { :; }
      compadd() { print -rl -- "${(@P)@[-1]}"; }
      source <(annals completions zsh)
      words=(annals run m); CURRENT=3; PREFIX=m; QIPREFIX=; _annals
      words=(annals run "'my \$cript'\\''s.lua'" --claims=hi); CURRENT=4; PREFIX=--claims=hi; _annals
      words=(annals run 'my\ \$cript\'"'"'s.lua' --claims '"hi'); CURRENT=5; PREFIX=hi; QIPREFIX='"'; _annals
      """#)
    #expect(lines == [Self.script, "--claims=highest best", "highest best"])
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/fish")))
  func `fish completes words with spaces, quotes and dollars`() async throws {
    let lines = try await shell(
      "/usr/bin/fish",
      #"""
      annals completions fish | source
      complete -C 'annals run m'
      complete -C 'annals run "my \$cript\'s.lua" --claims hi'
      complete -C 'annals run my\ \$cript\\\'s.lua --claims=it'
      complete -C 'annals run my\ \$cript\\\'s.lua --cl'
      """#)
    #expect(
      lines
        == [Self.script, "highest best", "--claims=it's $5", "--claims\tWhich claims count"])
  }

  @Test func `another shell is refused`() async throws {
    let result = try await annals.run("completions", "csh")
    #expect(result.status == 64)
    #expect(result.error.contains("bash"))
  }
}
