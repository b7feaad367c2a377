/// A report script: its text, and what its first comment says of it.
public struct Script: Sendable {
  /// What places in it are called in messages, such as `casualties-by-day.lua`.
  public let name: String
  package let source: [UInt8]

  /// - Parameter source: Lua as bytes; a first line that begins with `#` is passed over.
  public init(name: String, source: [UInt8]) {
    self.name = name
    self.source = source
  }

  /// The first line of the comment block at the top; nil if there is none.
  public var title: String? { header.first { !$0.isEmpty } }

  /// What the comment block says below its first line.
  public var help: String {
    let rest = header.drop { $0.isEmpty }.dropFirst().drop { $0.isEmpty }
    return rest.joined(separator: "\n")
  }

  /// The lines of the comment block at the top, without their dashes.
  private var header: [String] {
    var lines: [String] = []
    let text = String(decoding: source, as: UTF8.self)
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if index == 0, line.hasPrefix("#") { continue }
      guard line.hasPrefix("--"), !line.hasPrefix("--[[") else { break }
      lines.append(String(line.drop { $0 == "-" }.drop { $0 == " " }).trimmedEnd)
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = self
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
  }
}
