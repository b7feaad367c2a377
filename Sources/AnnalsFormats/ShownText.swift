/// How a value of a file is shown in a message.
package enum ShownText {
  /// The most characters of a value that a message shows.
  package static let limit = 60

  /// The value in backticks, cut at 60 characters, with control characters and marks of direction as escapes.
  package static func quoted(_ text: String) -> String { "`" + cut(text) + "`" }

  /// The value, cut at 60 characters, with control characters and marks of direction as escapes.
  package static func cut(_ text: String) -> String {
    var shown = ""
    var count = 0
    for scalar in text.unicodeScalars {
      if count == limit { return shown + "…" }
      count += 1
      switch scalar {
      case "\n": shown += "\\n"
      case "\r": shown += "\\r"
      case "\t": shown += "\\t"
      case "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}",
        _ where scalar.properties.generalCategory == .control:
        shown += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  /// Names in backticks, with `or` before the last: `` `a`, `b` or `c` ``.
  package static func alternatives(_ names: [String]) -> String {
    let quoted = names.map { Self.quoted($0) }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " or " + last
  }

  /// `1 row`, `2 rows`.
  package static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)" + (count == 1 ? "" : "s")
  }
}
