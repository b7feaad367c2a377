import AnnalsEngine
package import AnnalsFormats
import SeededRandom

/// A small delimited file with what makes reading hard, and how it is read.
package struct RandomFile {
  package let bytes: [UInt8]
  package let dialect: DelimitedDialect
  package let schema: TableSchema?
  /// Those of a file that stands in no data package.
  package let hints: FileHints?
  package let options: ReadingOptions

  /// Values of all types, and such as look like them.
  private static let values: [[String]] = [
    ["1", "-3", "0", "7", "42", "9223372036854775807", "-128", "300", "70000"],
    ["1", "2.5", "-0", "1e3", "NaN", "0.1", "-21.2564", "5.", ".5", "1e400", "36.81666666666667"],
    ["2022-01-05", "1991-12-16", "2024-02-29", "2023-02-29", "0000-01-01", "2022-1-5"],
    ["true", "false"], ["2022-01-05T10:30:00Z", "2022-01-05 10:30"],
    ["a", "b", "Ünion", "x y", "a longer text that repeats", "exactly8", "sixteen bytes ok"],
    ["010", "+7", "9223372036854775808", "1", "00.5"], ["", "", "1"], ["NaN", "INF"],
    ["1", "-3", "NA", "."], ["2022-01-05", "NA", "2022-1-5"], ["a", "b", "NA", "."],
  ]

  package init(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    var maker = Maker(random: random, delimiter: random.pick([0x2C, 0x2C, 0x2C, 0x3B, 0x09]))
    random = maker.random
    let quote: UInt8? = random.once(in: 12) ? nil : random.pick([0x22, 0x22, 0x22, 0x27])
    dialect = DelimitedDialect(
      delimiter: maker.delimiter, quote: quote, hasHeader: !random.once(in: 6))
    let columnCount = Int.random(in: 1...5, using: &random)
    maker.random = random
    bytes = maker.file(columnCount: columnCount, quote: quote, hasHeader: dialect.hasHeader)
    random = maker.random
    schema = random.once(in: 2) ? nil : Self.schema(columnCount, &random)
    hints =
      schema != nil || random.once(in: 2)
      ? nil : Self.hints(columnCount, hasHeader: dialect.hasHeader, &random)
    var options = ReadingOptions(threadCount: Int.random(in: 1...4, using: &random))
    options.pieceByteCount = random.pick([1, 2, 3, 7, 16, 61, 300, 1 << 20])
    options.windowByteCount = random.pick([1, 5, 64, 65, 200, 1 << 16])
    options.recordByteLimit = random.pick([30, 200, 1 << 26, 1 << 26, 1 << 26])
    options.dictionaryLimit = random.pick([0, 1, 3, 1 << 16])
    options.kernelForm = random.pick(KernelForm.available)
    self.options = options
  }

  /// A file whose first four bytes say how the others are read.
  package init(input: [UInt8]) {
    let settings = (0..<4).map { $0 < input.count ? Int(input[$0]) : 0 }
    bytes = Array(input.dropFirst(4))
    dialect = DelimitedDialect(
      delimiter: settings[0] & 1 == 0 ? 0x2C : 0x3B, quote: settings[0] & 2 == 0 ? 0x22 : nil,
      hasHeader: settings[0] & 4 == 0)
    var random = SeededRandom(seed: UInt64(settings[1]))
    schema = settings[1] < 128 ? nil : Self.schema(1 + settings[1] % 4, &random)
    hints =
      settings[1] >= 64
      ? nil : Self.hints(1 + settings[1] % 4, hasHeader: dialect.hasHeader, &random)
    var options = ReadingOptions(threadCount: 1 + settings[0] >> 3 & 3)
    options.pieceByteCount = [1, 2, 3, 7, 16, 61, 300, 1 << 20][settings[2] & 7]
    options.windowByteCount = [1, 5, 64, 65, 200, 1 << 16, 17, 128][settings[2] >> 3 & 7]
    options.recordByteLimit = settings[3] & 1 == 0 ? 1 << 26 : 40
    options.dictionaryLimit = settings[3] & 2 == 0 ? 1 << 16 : 1
    let forms = KernelForm.available
    options.kernelForm = forms[Int(settings[3] >> 2) % forms.count]
    self.options = options
  }

  private static func hints(
    _ columnCount: Int, hasHeader: Bool, _ random: inout SeededRandom
  ) -> FileHints {
    var hints = FileHints()
    if random.once(in: 3) {
      hints.missingTexts = random.pick([
        [], ["1", "-3"], ["NaN", "true"], ["2022-01-05", "b"],
      ])
    }
    if hasHeader { return hints }
    hints.header = .absent
    if random.once(in: 2) {
      hints.header = .names(
        (0..<columnCount).map { "n\($0)" }, optional: random.once(in: 2) ? 1 : 0)
    }
    return hints
  }

  private static func schema(_ columnCount: Int, _ random: inout SeededRandom) -> TableSchema {
    let types: [FieldType] = [
      .text, .integer, .number, .day, .boolean, .time, .list(delimiter: " "), .text,
    ]
    var fields: [FieldDefinition] = []
    for index in 0..<columnCount {
      var field = FieldDefinition(name: "c\(index)", type: random.pick(types))
      if random.once(in: 8) { field.missingValues = random.pick([["", "NaN"], ["1"]]) }
      field.constraints.isRequired = random.once(in: 8)
      if random.once(in: 8), field.type == .integer {
        field.constraints.minimum = .integer(0)
        field.constraints.maximum = .integer(100)
      }
      if random.once(in: 8), field.type == .text {
        field.constraints.choices = [.text("a"), .text("b")]
      }
      fields.append(field)
    }
    if random.once(in: 4) { fields.append(FieldDefinition(name: "extra", type: .integer)) }
    if random.once(in: 6) { fields.shuffle(using: &random) }
    var schema = TableSchema(fields: fields)
    if random.once(in: 4) { schema.primaryKey = ["c0"] }
    return schema
  }

  /// Writes a file a byte at a time.
  private struct Maker {
    var random: SeededRandom
    let delimiter: UInt8
    private var output: [UInt8] = []
    private var quote: UInt8?
    private var lineEnd: [UInt8] = [0x0A]
    /// How often something is wrong; never where 0.
    private var flawRate = 0

    init(random: SeededRandom, delimiter: UInt8) {
      self.random = random
      self.delimiter = delimiter
      _ = self.random.next()
    }

    mutating func file(columnCount: Int, quote: UInt8?, hasHeader: Bool) -> [UInt8] {
      self.quote = quote
      flawRate = random.pick([0, 0, 0, 200, 30])
      lineEnd = random.pick([[0x0A], [0x0A], [0x0D, 0x0A], [0x0D]])
      if random.once(in: 10) { output += [0xEF, 0xBB, 0xBF] }
      if hasHeader { header(columnCount) }
      let kinds = (0..<columnCount).map { _ in random.pick(RandomFile.values) }
      for _ in 0..<Int.random(in: 0...30, using: &random) { row(kinds) }
      if random.once(in: 3) { output.removeLast(min(output.count, lineEnd.count)) }
      if isFlawed { output.removeLast(min(output.count, 3)) }
      return output
    }

    private var isFlawed: Bool {
      mutating get { flawRate > 0 && random.once(in: flawRate) }
    }

    private mutating func header(_ columnCount: Int) {
      for index in 0..<columnCount {
        if index > 0 { output.append(delimiter) }
        field(isFlawed ? random.pick(["c0", "", "c0_2", "column1"]) : "c\(index)")
      }
      endLine()
      guard random.once(in: 8) else { return }
      for index in 0..<columnCount {
        if index > 0 { output.append(delimiter) }
        field(random.pick(isFlawed ? ["x", "#"] : ["#date+start", "#x", ""]))
      }
      endLine()
    }

    private mutating func row(_ kinds: [[String]]) {
      if isFlawed { endLine() }
      let isShort = isFlawed
      for (index, kind) in kinds.enumerated() where !isShort || index > 0 {
        if index > 0 { output.append(delimiter) }
        let others = random.once(in: 60) ? random.pick(RandomFile.values) : kind
        field(random.once(in: 6) ? "" : random.pick(others))
      }
      if isFlawed { output.append(delimiter) }
      endLine()
    }

    private mutating func field(_ text: String) {
      var bytes = Array(text.utf8)
      if isFlawed { bytes.append(random.pick([0, 0xFF, 0xC3, 0x22, 0x27])) }
      guard let quote, random.once(in: 4) else { return output += bytes }
      if random.once(in: 2) {
        let inner = random.pick([
          [delimiter], [0x0A], [0x0D], [0x0D, 0x0A], [quote], [0xC3, 0xA9],
        ])
        bytes.insert(contentsOf: inner, at: Int.random(in: 0...bytes.count, using: &random))
      }
      output.append(quote)
      for byte in bytes {
        if byte == quote, !isFlawed { output.append(byte) }
        output.append(byte)
      }
      output.append(quote)
      if isFlawed { output.append(0x78) }
    }

    private mutating func endLine() {
      output += isFlawed ? [0x0D] : lineEnd
    }
  }
}
