/// What a cell of the screen is, which decides how it looks.
enum Style: UInt8, Hashable, Sendable, CaseIterable {
  case plain, prompt, keyword, constant, string, comment, broken, bracket, found
  case ghost, hint, item, note, selected

  /// The parameters of "select graphic rendition"; empty for plain text. Source: ECMA-48, section 8.3.117.
  ///
  /// Of the sixteen colours only those are used that read on light and on dark, and what is less important is
  /// faint instead of grey, which some themes hide.
  func rendition(hasColours: Bool) -> String {
    switch self {
    case .plain, .item: ""
    case .prompt: "1"
    case .keyword: hasColours ? "35" : ""
    case .constant: hasColours ? "36" : ""
    case .string: hasColours ? "32" : ""
    case .broken: hasColours ? "31" : ""
    case .comment: hasColours ? "2" : ""
    case .ghost, .hint, .note: "2"
    case .bracket: "1;4"
    case .found: "4"
    case .selected: "7"
    }
  }
}
