import Testing

@testable import AnnalsConsole

@Suite struct BlockHistoryTests {
  @Test func `a block that is sent again becomes the newest`() {
    var history = BlockHistory(["a", "b", "a", "c"])
    #expect(history.blocks == ["b", "a", "c"])
    let isKept = history.add("b")
    #expect(isKept)
    #expect(history.blocks == ["a", "c", "b"])
  }

  @Test func `blank blocks are not kept`() {
    var history = BlockHistory(["", " \n\t"])
    let isKept = history.add("\n")
    #expect(!isKept)
    #expect(history.blocks == [])
  }

  @Test func `only the newest 10,000 blocks are kept`() {
    var history = BlockHistory((0...10_000).map { "block \($0)" })
    #expect(history.blocks.count == 10_000)
    #expect(history.blocks.first == "block 1")
    let isKept = history.add("another")
    #expect(isKept)
    #expect(history.blocks.first == "block 2")
  }

  @Test func `only the newest 8 MiB are kept`() {
    let large = String(repeating: "x", count: 3 << 20)
    var history = BlockHistory(["1" + large, "2" + large, "3" + large])
    #expect(history.blocks.map { $0.prefix(1) } == ["2", "3"])
    let isKept = history.add("4" + large)
    #expect(isKept)
    #expect(history.blocks.map { $0.prefix(1) } == ["3", "4"])
    let isHugeKept = history.add(large + large + large)
    #expect(!isHugeKept)
  }

  @Test func `the newest longer block with a beginning is offered`() {
    let history = BlockHistory(["print(1)", "print(2)", "pri", "x"])
    #expect(history.rest(after: "pri") == "nt(2)")
    #expect(history.rest(after: "print(2)") == nil)
    #expect(history.rest(after: " ") == nil)
  }

  @Test func `a mark is not offered without its letter`() {
    #expect(BlockHistory(["e\u{301}"]).rest(after: "e") == nil)
  }
}
