package import AnnalsConsole

/// An assistant that answers by the text's bytes alone.
package struct SimpleAssistant: LineAssistant {
  private let names: [String]

  /// Completes some names.
  package init(names: [String] = ["actors", "actor_pairs", "aggregate", "annals", "Алматы", "東京"]) {
    self.names = names
  }

  /// The names that begin with what is typed.
  package func completions(in text: String, at offset: Int) -> Completions {
    let bytes = Array(text.utf8.prefix(offset))
    let start = bytes.lastIndex { !Self.isInName($0) }.map { $0 + 1 } ?? 0
    let fitting = names.filter { $0.utf8.starts(with: bytes[start...]) }
    return Completions(
      range: start..<offset,
      candidates: fitting.map { Completions.Candidate($0, note: "note on \($0)") })
  }

  /// A line for each text that holds a bracket.
  package func hint(for text: String, at offset: Int) -> String? {
    text.utf8.contains(UInt8(ascii: "(")) ? "f(x): what f does with x" : nil
  }

  /// Whether all round brackets and braces are closed.
  package func isComplete(_ text: String) -> Bool {
    var depth = 0
    for byte in text.utf8 {
      if byte == UInt8(ascii: "(") || byte == UInt8(ascii: "{") { depth += 1 }
      if byte == UInt8(ascii: ")") || byte == UInt8(ascii: "}") { depth -= 1 }
    }
    return depth <= 0
  }

  private static func isInName(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte == UInt8(ascii: "_")
  }
}
