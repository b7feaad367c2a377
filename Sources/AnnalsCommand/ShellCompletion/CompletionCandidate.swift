import Annals

/// A word that may stand at the cursor, and what it is.
struct CompletionCandidate: Hashable {
  var word: String
  var help = ""
  /// Whether `~/` at its beginning is the home folder.
  var isPath = false

  /// The first sentence on one line, for a terminal.
  var shownHelp: String {
    VisibleText.line(
      help.replacing("\n", with: " ").split(separator: ". ").first.map(String.init) ?? "")
  }
}
