/// A piece of Lua text, as far as colours, brackets and completion need to know it.
package struct LuaToken: Hashable, Sendable {
  /// What a token is.
  package enum Kind: Hashable, Sendable {
    case name
    case keyword
    case number
    /// A short string in quotes of either kind.
    case string
    /// A string in long brackets.
    case longString
    /// A comment up to the end of its line.
    case comment
    /// A comment in long brackets.
    case longComment
    /// An operator or a mark, such as `..`, `(` or `::`.
    case symbol
    /// Bytes that can't stand in Lua.
    case invalid
  }

  /// What it is.
  package let kind: Kind
  /// Where it stands, in bytes of UTF-8.
  package let range: Range<Int>
  /// Whether its end is there: false for a string whose line ends, and for a long bracket that is
  /// still open at the end of the text.
  package let isFinished: Bool

  /// A token of known kind and place.
  package init(_ kind: Kind, _ range: Range<Int>, isFinished: Bool = true) {
    self.kind = kind
    self.range = range
    self.isFinished = isFinished
  }

  /// The token's text.
  package func text(in text: String) -> Substring {
    let bytes = text.utf8
    let upper = min(max(range.upperBound, 0), bytes.count)
    let lower = min(max(range.lowerBound, 0), upper)
    return text[
      bytes.index(
        bytes.startIndex, offsetBy: lower)..<bytes.index(
          bytes.startIndex, offsetBy: upper)]
  }
}
