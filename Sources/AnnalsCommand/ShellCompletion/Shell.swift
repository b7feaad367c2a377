import ArgumentParser

/// A shell that completes words.
enum Shell: String, CaseIterable, ExpressibleByArgument {
  case bash, zsh, fish

  /// What the shell must run once: it has the program say what may stand at the cursor.
  var script: String {
    switch self {
    case .bash: Self.bashScript
    case .zsh: Self.zshScript
    case .fish: Self.fishScript
    }
  }

  /// Bash divides words at `=`, `:` and `@` too, and replaces what stands behind the last of them. As the
  /// candidates are those of whole words, they are put together, and what stands before is taken off.
  private static let bashScript = #"""
    # Completion of `annals` for bash: source <(annals completions bash)
    _annals() {
      local rest=${COMP_LINE-} word= prefix= value= i words=()
      for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]-}
        if ((i > 1)) && [[ -n $rest && $rest != [[:space:]]* ]]; then
          words[${#words[@]} - 1]+=$word
        else
          words+=("$word")
        fi
        rest=${rest#"${rest%%[![:space:]]*}"}
        rest=${rest#"$word"}
      done
      prefix=${words[${#words[@]} - 1]}
      if [[ -z $word || -n ${word//[=:@]/} ]]; then prefix=${prefix%"$word"}; fi
      COMPREPLY=()
      while IFS=$'\t' read -r value word; do
        COMPREPLY+=("${value#"$prefix"}")
      done < <("${words[0]/#\~\//$HOME/}" complete-words bash "${words[@]:1}" 2>/dev/null)
      if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == */ ]]; then
        compopt -o nospace 2>/dev/null
      fi
      return 0
    }
    complete -F _annals annals

    """#

  private static let zshScript = #"""
    # Completion of `annals` for zsh, after compinit: source <(annals completions zsh)
    _annals() {
      local value= help=
      local -a folders others shown
      while IFS=$'\t' read -r value help; do
        if [[ $value == */ ]]; then
          folders+=("$value")
        else
          others+=("$value")
          shown+=("$value${help:+  -- $help}")
        fi
      done < <("${${(Q)words[1]}/#\~\//$HOME/}" complete-words zsh \
        "${(@)words[2,CURRENT-1]}" "$QIPREFIX$PREFIX" 2>/dev/null)
      (( $#folders )) && compadd -S '' -a folders
      (( $#others )) && compadd -l -d shown -a others
      (( $#folders + $#others ))
    }
    compdef _annals annals

    """#

  private static let fishScript = #"""
    # Completion of `annals` for fish: annals completions fish | source
    function __annals_complete
        set -l words (commandline -opc)
        set -l current (commandline -ct)
        set -l program $words[1]
        set -e words[1]
        $program complete-words fish $words "$current" 2>/dev/null
    end
    complete -c annals -f -a '(__annals_complete)'

    """#

  /// The words that a line holds, without the quotes by which they were written.
  func read(_ words: [String]) -> [String] {
    // Fish takes the quotes off all words but the one at the cursor.
    guard self != .fish else { return words.dropLast() + words.suffix(1).map { unquoted($0).text } }
    return words.map { unquoted($0).text }
  }

  /// A candidate as it is written in the place of a word. Zsh and fish quote it themselves; bash would
  /// leave what stands for variables and commands alive, unless it names a file.
  func written(_ candidate: CompletionCandidate, for word: String) -> String {
    guard self == .bash else { return candidate.word }
    switch unquoted(word).open {
    case "'": return candidate.word.replacing("'", with: "'\\''")
    case "\"": return escaped(candidate.word) { "\\\"$`".contains($0) }
    default:
      let home = candidate.isPath && candidate.word.hasPrefix("~/") ? "~/" : ""
      return home
        + escaped(String(candidate.word.dropFirst(home.count))) {
          $0.isASCII && !$0.isLetter && !$0.isNumber && !"_./,:=@%+-".contains($0)
        }
    }
  }

  private func escaped(_ text: String, where isSpecial: (Character) -> Bool) -> String {
    text.map { isSpecial($0) ? "\\\($0)" : String($0) }.joined()
  }

  /// A word without its quotes, and the one that is not closed. What stands for variables stays as it is.
  private func unquoted(_ word: String) -> (text: String, open: Character?) {
    var result = ""
    var quote: Character?
    var rest = word[...]
    while let character = rest.popFirst() {
      switch (character, quote) {
      case ("\\", nil):
        if let next = rest.popFirst() { result.append(next) }
      case ("\\", let quote?) where escapes(rest.first, within: quote):
        if let next = rest.popFirst() { result.append(next) }
      case ("'", nil), ("\"", nil): quote = character
      case (_, let open?) where character == open: quote = nil
      default: result.append(character)
      }
    }
    return (result, quote)
  }

  /// Whether a backslash means that the next character is meant as it is.
  private func escapes(_ next: Character?, within quote: Character) -> Bool {
    guard let next else { return false }
    if quote == "\"" { return "\\\"$`".contains(next) }
    return self == .fish && "\\'".contains(next)
  }
}
