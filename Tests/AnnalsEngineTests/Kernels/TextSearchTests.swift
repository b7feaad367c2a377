import AnnalsTwin
import Testing

@testable import AnnalsEngine
import SeededRandom

@Suite struct TextSearchTests {
  /// Every place in turn.
  func plain(_ part: [UInt8], _ whole: [UInt8], _ start: Int) -> Int? {
    guard part.count <= whole.count else { return nil }
    return (start...max(start, whole.count - part.count)).first { place in
      place + part.count <= whole.count && Array(whole[place..<place + part.count]) == part
    }
  }

  @Test func `a part is found at its first place from a byte on`() {
    var random = SeededRandom(seed: 5)
    for size in [0, 1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 200] {
      for _ in 0..<50 {
        let whole = (0..<size).map { _ in UInt8(97 + random.below(3)) }
        for length in [1, 2, 3, 5, 16, 20] {
          let part = (0..<length).map { _ in UInt8(97 + random.below(3)) }
          let start = random.below(size + 1)
          let place = plain(part, whole, start)
          #expect(TextSearch.next(part.span, in: whole.span, from: start) == place)
          #expect(
            TextSearch.next(part.span, in: whole.span, from: start, isPortable: true) == place)
        }
      }
    }
  }

  @Test func `a part is found among many places that nearly hold it`() {
    // Long enough that the search goes on in the other way.
    let part = Array(repeating: UInt8(ascii: "z"), count: 3000) + Array("ez".utf8)
    for place in [0, 1, 5000, 20_001] {
      let before = Array(repeating: UInt8(ascii: "z"), count: place)
      let whole = before + part + Array(repeating: UInt8(ascii: "z"), count: 500)
      #expect(TextSearch.next(part.span, in: whole.span, from: 0) == place)
      #expect(TextSearch.next(part.span, in: whole.span, from: place + 1) == nil)
      let shorter = Array(whole.dropLast(502))
      #expect(TextSearch.next(part.span, in: shorter.span, from: 0) == nil)
    }
  }

  @Test func `an empty part stands everywhere`() {
    let whole = Array("abc".utf8)
    let empty: [UInt8] = []
    #expect(TextSearch.next(empty.span, in: whole.span, from: 2) == 2)
    #expect(TextSearch.next(empty.span, in: empty.span, from: 0) == 0)
  }
}

@Suite struct RowTestTests {
  @Test func `a part that reaches from one text into the next is in neither`() throws {
    let texts: [Value] = ["xam", "bush", "ambush", "amb", "ush", "no", "ambushambush", ""].map {
      .text($0)
    }
    // So many different texts get no dictionary.
    let many = texts + (0..<9000).map { .text("other \($0) amb") } + [.null, .text("an ambush")]
    let table = try SmallDataset.table([
      ("t", .text, many), ("i", .integer, (0..<many.count).map { .integer(Int64($0)) }),
    ])
    let query = try Query(table).filtered(by: "contains(t, 'ambush')").selecting(["i"])
    for context in EveryContext.all {
      #expect(EveryContext.lines(query, context) == ["2", "6", "9009"])
    }
    let second = try Query(table).filtered(by: "i % 2 == 1 and contains(t, 'ambush')")
      .selecting(["i"])
    for context in EveryContext.all {
      #expect(EveryContext.lines(second, context) == ["9009"])
    }
  }

  @Test func `ranges of one column narrow each other down, also to nothing`() throws {
    let values = (0..<300).map { row -> Value in
      row % 7 == 0 ? .null : .integer(Int64(row % 100 - 50))
    }
    let table = try SmallDataset.table([
      ("i", .integer, values), ("j", .integer, (0..<300).map { .integer(Int64($0)) }),
    ])
    func rows(_ passes: (Int) -> Bool) -> [String] {
      (0..<300).filter { $0 % 7 != 0 && passes($0 % 100 - 50) }.map { "\($0)" }
    }
    let cases: [(String, [String])] = [
      ("i >= -3 and i < 4 and i <= 2", rows { $0 >= -3 && $0 <= 2 }),
      ("i > 5 and i < -5", []),
      ("i >= 5 and i <= 5", rows { $0 == 5 }),
      ("i >= -3 and j >= 0 and i <= 9", rows { $0 >= -3 && $0 <= 9 }),
      ("i >= -9223372036854775807 and i <= 9223372036854775807", rows { _ in true }),
    ]
    for (condition, expected) in cases {
      let query = try Query(table).filtered(by: condition).selecting(["j"])
      for context in EveryContext.all { #expect(EveryContext.lines(query, context) == expected) }
    }
  }
}
