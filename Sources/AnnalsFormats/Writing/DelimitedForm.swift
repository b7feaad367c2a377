import AnnalsEngine

/// Rows as delimited text.
///
/// A null is an empty field, an empty text is `""`: a difference that readers may see, though the Data
/// Package standard, and so our own reader, takes both for null. The elements of a list have `;`
/// between them. What is no number is `NaN`, infinities are `INF` and `-INF`, as that standard has
/// them.
struct DelimitedForm {
  static let comma = DelimitedForm(delimiter: UInt8(ascii: ","))
  static let tab = DelimitedForm(delimiter: UInt8(ascii: "\t"))

  let delimiter: UInt8

  func appendHeader(_ names: [String], _ output: inout OutputBuffer) {
    for (index, name) in names.enumerated() {
      if index > 0 { output.append(delimiter) }
      appendField(name, &output)
    }
    output.append(0x0A)
  }

  func append(_ row: Int, of columns: [OutputColumn], _ table: Table, _ output: inout OutputBuffer)
  {
    for (index, column) in columns.enumerated() {
      if index > 0 { output.append(delimiter) }
      switch column.value(row, of: table) {
      case .null: break
      case .number(let number) where !number.isFinite:
        output.append(number.isNaN ? "NaN" : number < 0 ? "-INF" : "INF")
      case let value: appendField(value.text, &output)
      }
    }
    output.append(0x0A)
  }

  private func appendField(_ text: String, _ output: inout OutputBuffer) {
    guard needsQuotes(text) else { return output.append(text) }
    output.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { output.append(byte) }
      output.append(byte)
    }
    output.append(UInt8(ascii: "\""))
  }

  /// A byte order mark in front would be dropped when it is read, unless quoted.
  private func needsQuotes(_ text: String) -> Bool {
    text.isEmpty || text.utf8.starts(with: [0xEF, 0xBB, 0xBF])
      || text.utf8.contains {
        $0 == delimiter || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D
      }
  }
}
