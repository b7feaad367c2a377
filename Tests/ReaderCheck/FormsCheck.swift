import AnnalsEngine
import AnnalsFormats
import AnnalsPlatform
import FormatsTwin
import SeededRandom

/// Holds a large file against itself, compressed and written in other ways.
struct FormsCheck {
  /// Each row's fields.
  private let rows: [[String]]
  private static let names = ["id", "date", "place", "lat", "killed", "notes", "code"]

  init(rowCount: Int) {
    var random = SeededRandom(seed: 2022)
    let places = ["Orléans", "Almaty", "Škoda works", "Besançon, north", "\"Old\" town", "Köln €"]
    let words = ["clash", "at", "the", "gate", "“quoted”", "crowd", "of", "5,000", "a\tb"]
    rows = (0..<rowCount).map { row in
      let notes = (0..<Int.random(in: 1...8, using: &random)).map { _ in
        words[Int.random(in: 0..<words.count, using: &random)]
      }
      // One in fifty breaks its line.
      let hasBreak = random.once(in: 50)
      let day = Int.random(in: 1...28, using: &random)
      return [
        String(row), "\(day)/\(Int.random(in: 1...12, using: &random))/2015",
        places[Int.random(in: 0..<places.count, using: &random)],
        "\(Int.random(in: -90...89, using: &random)).\(Int.random(in: 0...9999, using: &random))",
        random.once(in: 9) ? "NA" : String(Int.random(in: 0...40, using: &random)),
        notes.joined(separator: hasBreak ? "\n" : " "),
        "0" + String(Int.random(in: 10...20, using: &random)),
      ]
    }
  }

  func run() throws {
    let plain = text(",", lineEnd: "\n")
    let bytes = Array(plain.utf8)
    var latin = FileHints()
    latin.encoding = .windows1252
    let forms: [(name: String, bytes: [UInt8], hints: FileHints)] = [
      ("two threads", bytes, FileHints()), ("gzip", TwinCompression.gzip(bytes), FileHints()),
      ("zstd", TwinCompression.zstd(bytes), FileHints()),
      ("CR LF", Array(text(",", lineEnd: "\r\n").utf8), FileHints()),
      ("CR", Array(text(",", lineEnd: "\r").utf8), FileHints()),
      ("tabs", Array(text("\t", lineEnd: "\n").utf8), FileHints()),
      ("semicolons", Array(text(";", lineEnd: "\n").utf8), FileHints()),
      (
        "UTF-16", [0xFF, 0xFE] + plain.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] },
        FileHints()
      ),
      ("Windows-1252", plain.unicodeScalars.map(Self.windows1252), latin),
    ]
    let first = try read(bytes, FileHints(), threadCount: 1)
    for (index, values) in first.columns.enumerated() {
      for row in 0..<rows.count where values.value(row).text != expected(row, index) {
        throw CheckFailed(reason: "row \(row), column \(index): \(values.value(row))")
      }
    }
    for form in forms {
      let start = monotonicSeconds()
      let other = try read(form.bytes, form.hints, threadCount: 2)
      let seconds = monotonicSeconds() - start
      try compare(first, other, form.name)
      print("\(form.name): \(form.bytes.count) bytes, \(rows.count) rows alike, \(seconds) s")
    }
  }

  private typealias Read = (schema: TableSchema, columns: [Column])

  private func read(_ bytes: [UInt8], _ hints: FileHints, threadCount: Int) throws -> Read {
    var problems = ProblemList()
    let raw = try WholeFile.read(
      bytes, hints: hints, budget: MemoryBudget(byteLimit: .max), threadCount: threadCount,
      problems: &problems)
    guard problems.count == 0, raw.rowCount == rows.count else {
      throw CheckFailed(reason: "\(raw.rowCount) rows, \(problems.problems.map(\.description))")
    }
    return (raw.schema, try raw.columns(raw.schema.names))
  }

  private func compare(_ one: Read, _ other: Read, _ name: String) throws {
    guard one.schema == other.schema else { throw CheckFailed(reason: "\(name): other types") }
    for (column, (left, right)) in zip(one.columns, other.columns).enumerated() {
      for row in 0..<rows.count where left.value(row) != right.value(row) {
        throw CheckFailed(
          reason:
            "\(name), row \(row), column \(column): \(right.value(row)), not \(left.value(row))")
      }
    }
  }

  /// What a field must be as text.
  private func expected(_ row: Int, _ column: Int) -> String {
    let text = rows[row][column]
    switch column {
    case 1:
      let parts = text.split(separator: "/").map { ($0.count == 1 ? "0" : "") + $0 }
      return [parts[2], parts[1], parts[0]].joined(separator: "-")
    case 3: return Value.number(Double(text) ?? .nan).text
    case 4: return text == "NA" ? "" : text
    default: return text
    }
  }

  private func text(_ delimiter: Character, lineEnd: String) -> String {
    var text = Self.names.joined(separator: String(delimiter)) + lineEnd
    for row in rows {
      for (index, field) in row.enumerated() {
        if index > 0 { text.append(delimiter) }
        let mustQuote = field.unicodeScalars.contains {
          $0 == "\"" || $0 == "\n" || $0 == delimiter.unicodeScalars.first
        }
        if mustQuote {
          text +=
            "\""
            + field.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
        } else {
          text += field
        }
      }
      text += lineEnd
    }
    return text
  }

  /// The byte of one of the letters that stand in the file.
  private static func windows1252(_ scalar: Unicode.Scalar) -> UInt8 {
    switch scalar {
    case "€": 0x80
    case "Š": 0x8A
    case "“": 0x93
    case "”": 0x94
    default: UInt8(truncatingIfNeeded: scalar.value)
    }
  }
}
