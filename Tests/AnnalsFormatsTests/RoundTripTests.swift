import AnnalsEngine
import AnnalsFormats
import Testing
import SeededRandom

/// What is written reads back the same, wherever the format can carry it.
@Suite struct RoundTripTests {
  @Test(arguments: [1 as UInt64, 2, 3, 4, 5])
  func `a table that was written as CSV or TSV reads back the same`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
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
  private static func value(_ type: FieldType, _ random: inout SeededRandom) -> Value {
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

  private static func text(_ random: inout SeededRandom, from letters: String) -> String {
    let scalars = Array(letters.unicodeScalars)
    var text = ""
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      text.unicodeScalars.append(scalars[Int.random(in: 0..<scalars.count, using: &random)])
    }
    return text
  }
}
