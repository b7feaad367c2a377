import AnnalsEngine

/// Rows as JSON objects, with the columns in order.
///
/// A null stands as `null`, and so does what is no finite number, for which JSON has no form. A double
/// is written with the fewest digits that read back as the same double; `-0` keeps its sign. A list is
/// an array of texts.
enum JSONForm {
  static func append(
    _ row: Int, of columns: [OutputColumn], _ table: Table, _ output: inout OutputBuffer
  ) {
    output.append("{")
    for (index, column) in columns.enumerated() {
      if index > 0 { output.append(",") }
      append(text: column.name, &output)
      output.append(":")
      append(column.value(row, of: table), &output)
    }
    output.append("}")
  }

  private static func append(_ value: Value, _ output: inout OutputBuffer) {
    switch value {
    case .null: output.append("null")
    case .boolean, .integer: output.append(value.text)
    case .number(let number): output.append(number.isFinite ? value.text : "null")
    case .list(let values):
      output.append("[")
      for (index, text) in values.enumerated() {
        if index > 0 { output.append(",") }
        append(text: text, &output)
      }
      output.append("]")
    case .text, .day, .time, .figure, .reference: append(text: value.text, &output)
    }
  }

  /// A quoted text; only quotes, backslashes and control characters are escaped.
  static func append(text: String, _ output: inout OutputBuffer) {
    output.append("\"")
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): output.append("\\\"")
      case UInt8(ascii: "\\"): output.append("\\\\")
      case 0x0A: output.append("\\n")
      case 0x0D: output.append("\\r")
      case 0x09: output.append("\\t")
      case 0x00..<0x20, 0x7F:
        let digits = String(byte, radix: 16)
        output.append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
      default: output.append(byte)
      }
    }
    output.append("\"")
  }
}
