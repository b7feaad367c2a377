import AnnalsEngine
import AnnalsFormats
import Testing

/// What is written reads back the same, wherever the format can carry it.
@Suite struct RoundTripTests {
  @Test(arguments: [1 as UInt64, 2, 3, 4, 5])
  func `a table that was written as CSV or TSV reads back the same`(seed: UInt64) throws {
    var random = SeededGenerator(state: seed)
    let types: [FieldType] = [
      .text, .integer, .number, .boolean(trueTexts: ["true"], falseTexts: ["false"]), .day, .time,
      .list(delimiter: ";"),
    ]
    for rowCount in [0, 1, 63, 64, 65] {
      let columns = types.map { type in
        (
          name: type.name + ",\"", type: type.valueType,
          values: (0..<rowCount).map { _ in Self.value(type, &random) }
        )
      }
      let table = try SmallTable.table(columns)
      let schema = TableSchema(
        fields: types.map { FieldDefinition(name: $0.name + ",\"", type: $0) })
      for (format, dialect) in [(TableFormat.csv, DelimitedDialect.csv), (.tsv, .tsv)] {
        let text = try SmallTable.written(table, as: format)
        let read = try SmallTable.read(text, schema: schema, dialect: dialect)
        #expect(read.problems.isEmpty)
        #expect(read.table.rowCount == rowCount)
        for row in 0..<rowCount {
          #expect(read.table.values(row: row) == table.values(row: row), "seed \(seed)")
        }
      }
    }
  }

  /// Null one time in eight; texts are never empty, which CSV cannot carry.
  private static func value(_ type: FieldType, _ random: inout SeededGenerator) -> Value {
    if UInt8.random(in: 0..<8, using: &random) == 0 { return .null }
    switch type {
    case .text: return .text(text(&random, from: "ab,;\"\n\r\t é😀|\\ "))
    case .integer: return .integer(Int64.random(in: .min ... .max, using: &random))
    case .number:
      let bits = Double(bitPattern: UInt64.random(in: 0 ... .max, using: &random))
      return .number(bits.isNaN ? -0.0 : bits)
    case .boolean: return .boolean(Bool.random(using: &random))
    case .day:
      return Day(
        year: Int.random(in: 0...9999, using: &random),
        month: Int.random(in: 1...12, using: &random),
        day: Int.random(in: 1...28, using: &random)
      ).map(Value.day) ?? .null
    case .time:
      return .time(
        Timestamp(microseconds: Int64.random(in: 0..<4_000_000_000_000_000, using: &random)))
    case .list:
      let count = Int.random(in: 1...3, using: &random)
      return .list((0..<count).map { _ in text(&random, from: "ab,\"\n é") })
    }
  }

  private static func text(_ random: inout SeededGenerator, from letters: String) -> String {
    let scalars = Array(letters.unicodeScalars)
    var text = ""
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      text.unicodeScalars.append(scalars[Int.random(in: 0..<scalars.count, using: &random)])
    }
    return text
  }
}

/// SplitMix64, so that a failing seed fails again.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
