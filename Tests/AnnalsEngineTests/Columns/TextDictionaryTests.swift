import Testing

@testable import AnnalsEngine

@Suite struct TextDictionaryTests {
  let budget = MemoryBudget(byteLimit: 1 << 24)

  func dictionary(_ texts: [String]) throws -> TextDictionary {
    let interner = try TextInterner(budget: budget)
    for text in texts { _ = try interner.code(for: Array(text.utf8).span) }
    return try interner.finished()
  }

  @Test func `ranks are places in the order of bytes`() throws {
    let ranks = try dictionary(["b", "", "a", "é", "z", "B", "ab"]).ranks(budget: budget)
    #expect((0..<7).map { ranks[$0] } == [4, 0, 2, 6, 5, 1, 3])
  }

  @Test func `whoever waits for ranks and dictionaries can stop them`() throws {
    let dictionary = try dictionary(["b", "a"])
    var budget = budget
    budget.stop = StopFlag()
    budget.stop.raise()
    #expect(throws: EngineError.self) { try dictionary.ranks(budget: budget) }
    let column = Column(
      type: .text, count: 2, storage: .text(dictionary.texts), validity: nil)
    #expect(throws: EngineError.self) { try column.withDictionary(budget) }
    #expect(throws: EngineError.self) { try RowOrder.ranks(column, budget) }
  }

  @Test(arguments: [0, 1, 63, 64, 65, 1000])
  func `each text has one code, by which it is found`(count: Int) throws {
    let texts = (0..<count).map { "t\($0 * 7919 % 10_007)" }
    let interner = try TextInterner(budget: budget)
    for _ in 0..<2 {
      for (code, text) in texts.enumerated() {
        #expect(try interner.code(for: Array(text.utf8).span) == code)
      }
    }
    #expect(interner.count == count)
    let dictionary = try interner.finished()
    for (code, text) in texts.enumerated() {
      #expect(try dictionary.code(of: Array(text.utf8).span, budget: budget) == code)
      #expect(dictionary.texts.string(code) == text)
    }
    #expect(try dictionary.code(of: Array("none".utf8).span, budget: budget) == nil)
  }

  @Test func `bytes that are not UTF-8 are kept and shown with replacement characters`() throws {
    let interner = try TextInterner(budget: budget)
    let broken: [UInt8] = [0x61, 0xFF, 0x62]
    #expect(try interner.code(for: broken.span) == 0)
    #expect(try interner.code(for: Array("a\u{FFFD}b".utf8).span) == 1)
    let texts = try interner.finished().texts
    #expect(texts.length(0) == 3)
    #expect(texts.string(0) == "a\u{FFFD}b")
  }
}
