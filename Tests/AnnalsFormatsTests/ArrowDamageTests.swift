import AnnalsEngine
import AnnalsFormats
import Foundation
import Testing
import SeededRandom

/// Files that were cut, damaged or made to mislead end in an error, whatever is wrong with them.
@Suite struct ArrowDamageTests {
  /// A file with a column of each type, with nulls.
  static func file() throws -> [UInt8] {
    try SmallArrow.written(
      try SmallTable.table([
        ("boolean", .boolean, [.boolean(true), .null, .boolean(false)]),
        ("integer", .integer, [.integer(1), .null, .integer(300)]),
        ("number", .number, [.number(0.5), .null, .number(-2)]),
        ("text", .text, [.text("protest"), .null, .text("clash")]),
        ("day", .day, [.day(try #require(Day("2022-01-05"))), .null, .null]),
        ("time", .time, [.time(Timestamp(microseconds: 1)), .null, .null]),
        ("list", .list, [.list(["a", "b"]), .null, .list([])]),
        ("toll", .figure, [.figure(Figure(low: 1001)), .null, .figure(Figure(26))]),
      ]))
  }

  /// Opens a file and reads all of it: the error, or nil if there is none.
  static func failure(_ bytes: [UInt8]) throws -> String? {
    do {
      let table = try SmallArrow.read(bytes)
      for column in table.columns {
        let column = try column.read()
        for row in 0..<column.count { _ = column.value(row).text }
      }
      return nil
    } catch let error as FormatsError {
      return error.description
    } catch let error as EngineError {
      return error.description
    }
  }

  @Test func `a file that was cut anywhere says that its end is missing`() throws {
    let file = try Self.file()
    for count in Array(stride(from: 12, to: file.count, by: 31)) + [file.count - 1] {
      #expect(
        try Self.failure(Array(file.prefix(count))) == """
          the end of the Arrow file is missing
            at:  t.arrow
            fix: fetch or write it again; it may still be in the making
          """)
    }
  }

  @Test func `a file of another kind is none of Arrow's`() throws {
    #expect(
      try Self.failure(Array("id,date\n1,2022-01-05\n".utf8)) == """
        it is no Arrow file
          at:  t.arrow
          fix: check that it is the right file
        """)
    #expect(
      try Self.failure([0xFF, 0xFF, 0xFF, 0xFF] + Array(repeating: 0, count: 60)) == """
        it is in Arrow's stream format
          at:  t.arrow
          fix: write it in the file format, also called Feather version 2
        """)
  }

  @Test(arguments: [1 as UInt64, 2])
  func `damaged bytes give an error or other values, and nothing else`(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let file = try Self.file()
    for _ in 0..<300 {
      var damaged = file
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 8..<file.count - 10, using: &random)
        damaged[place] =
          [0, 1, 0x7F, 0x80, 0xFF, UInt8.random(in: 0...255, using: &random)]
          .randomElement(using: &random) ?? 0
      }
      _ = try Self.failure(damaged)
    }
  }

  @Test func `words of the directory that were made huge are refused`() throws {
    let file = try Self.file()
    var refused = 0
    for place in stride(from: 8, to: file.count - 16, by: 12) {
      for word: [UInt8] in [
        [0xFF, 0xFF, 0xFF, 0x7F], [0, 0, 0, 0x10], [0xFF, 0xFF, 0xFF, 0xFF], [0, 0, 0, 0x80],
      ] {
        var damaged = file
        damaged.replaceSubrange(place..<place + 4, with: word)
        if try Self.failure(damaged) != nil { refused += 1 }
      }
    }
    #expect(refused > 100)
  }

  // MARK: One lie each

  @Test func `a batch that claims 2^60 rows is refused`() throws {
    let table = try SmallTable.table([
      ("n", .number, (0..<12_345).map { Value.number(Double($0)) })
    ])
    let file = try SmallArrow.written(table)
    let claimed = try Self.replacing(Self.bytes(12_345), with: Self.bytes(1 << 60), in: file)
    #expect(
      try Self.failure(claimed) == """
        the Arrow file is damaged: a column has fewer values than rows
          at:  t.arrow
          fix: fetch or write it again
        """)
  }

  @Test func `a batch with a negative number of rows is refused`() throws {
    let table = try SmallTable.table([
      ("n", .number, (0..<12_345).map { Value.number(Double($0)) })
    ])
    let file = try SmallArrow.written(table)
    let claimed = try Self.replacing(Self.bytes(12_345), with: Self.bytes(-1), in: file)
    #expect(
      try Self.failure(claimed)?.hasPrefix(
        "the Arrow file is damaged: a number of rows is negative") == true)
  }

  @Test func `a code that is outside of the dictionary is found when the column is used`() throws {
    let texts = ["a", "b", "a", "b", "b", "a", "a", "b"]
    let file = try SmallArrow.written(
      try SmallTable.table([("t", .text, texts.map(Value.text))]))
    for code: UInt8 in [2, 0x7F, 0x80, 0xFF] {
      let wrong = try Self.replacing(
        [0, 1, 0, 1, 1, 0, 0, 1], with: [0, 1, 0, 1, code, 0, 0, 1], in: file)
      #expect(try SmallArrow.read(wrong).rowCount == 8)
      #expect(
        try Self.failure(wrong) == """
          the column `t` of `t.arrow` can't be used: a code has no text in the dictionary in row 5
            fix: the file is damaged: write it anew, or fetch it again
          """)
    }
  }

  @Test(arguments: [("codes_int32", 4), ("codes_int64", 8)])
  func `a wide code that is outside of the dictionary is told with its row`(
    _ name: String, _ width: Int
  ) throws {
    let bytes = try Data(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "Fixtures/corpus/arrow/\(name).arrow"))
    func codes(_ values: [UInt8]) -> [UInt8] {
      values.flatMap { [$0] + Array(repeating: 0, count: width - 1) }
    }
    let wrong = try Self.replacing(
      codes([0, 0, 1, 2, 0]), with: codes([0, 0, 1, 3, 0]), in: Array(bytes))
    #expect(
      try Self.failure(wrong) == """
        the column `text` of `t.arrow` can't be used: a code has no text in the dictionary in row 4
          fix: the file is damaged: write it anew, or fetch it again
        """)
  }

  @Test(arguments: [[0, 12, 7], [7, 7, 12], [0, 7, 13], [-1, 7, 12], [0, 7, Int.max]])
  func `offsets that do not ascend within the texts are found when the column is used`(
    offsets: [Int]
  ) throws {
    let texts = ["protest", "clash"].map(Value.text)
    let file = try SmallArrow.written(try SmallTable.table([("t", .text, texts)]))
    let wrong = try Self.replacing(
      [0, 7, 12].flatMap { Self.bytes($0) }, with: offsets.flatMap { Self.bytes($0) }, in: file)
    // The first offset may be greater than 0.
    if offsets == [7, 7, 12] {
      #expect(try Self.failure(wrong) == nil)
    } else {
      #expect(
        try Self.failure(wrong)?.hasPrefix(
          "the column `t` of `t.arrow` can't be used: a text or list begins or ends where there is none"
        ) == true)
    }
  }

  @Test(arguments: [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0xAF]] as [[UInt8]])
  func `texts that are not UTF-8 are found when the column is used`(bytes: [UInt8]) throws {
    let texts = ["a", "protest"].map(Value.text)
    let file = try SmallArrow.written(try SmallTable.table([("t", .text, texts)]))
    let wrong = try Self.replacing(
      Array("protest".utf8), with: bytes + "protest".utf8.dropFirst(bytes.count), in: file)
    #expect(
      try Self.failure(wrong)?.hasPrefix(
        "the column `t` of `t.arrow` can't be used: a text is not UTF-8") == true)
  }

  @Test func `a character that two texts share is not UTF-8`() throws {
    let texts = ["é", "e"].map(Value.text)
    let file = try SmallArrow.written(try SmallTable.table([("t", .text, texts)]))
    let wrong = try Self.replacing(
      [0, 2, 3].flatMap { Self.bytes($0) }, with: [0, 1, 3].flatMap { Self.bytes($0) }, in: file)
    #expect(try Self.failure(wrong)?.contains("a text is not UTF-8 in row 1") == true)
  }

  @Test func `a day outside of the calendar is found when the column is used`() throws {
    let day = try #require(Day("2022-01-05"))
    let file = try SmallArrow.written(
      try SmallTable.table([("d", .day, [.day(Day(number: 0)), .day(day)])]))
    let wrong = try Self.replacing(
      [0, 0, 0, 0, 0x35, 0x4A, 0, 0], with: [0, 0, 0, 0, 0, 0, 0, 0x80], in: file)
    #expect(
      try Self.failure(wrong) == """
        the column `d` of `t.arrow` can't be used: a day lies outside the years -9999 to 9999 in row 2
          fix: correct it where the file was made, or make it null
        """)
  }

  /// Eight bytes, the lowest first.
  private static func bytes(_ value: Int) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  /// Every place that holds some bytes gets others; there must be one.
  private static func replacing(
    _ old: [UInt8], with new: [UInt8], in file: [UInt8]
  ) throws -> [UInt8] {
    var result = file
    var count = 0
    var place = 0
    while place + old.count <= result.count {
      if result[place..<place + old.count].elementsEqual(old) {
        result.replaceSubrange(place..<place + old.count, with: new)
        count += 1
      }
      place += 1
    }
    try #require(count > 0 && old.count == new.count)
    return result
  }
}
