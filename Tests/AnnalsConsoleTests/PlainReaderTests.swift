import ConsoleTwin
import Testing

@testable import AnnalsConsole

@Suite struct PlainReaderTests {
  /// What is read from pieces of input, and what was shown before each line.
  private func read(
    _ pieces: [String], prompt: String = "", isReady: Bool = true
  ) -> (
    inputs: [BlockInput], shown: String
  ) {
    var rest = pieces.map { Array($0.utf8) }[...]
    var shown = ""
    var inputs: [BlockInput] = []
    var reader = PlainReader(
      assistant: SimpleAssistant(), read: { rest.popFirst() }, isReady: { isReady },
      write: { shown += $0 })
    repeat { inputs.append(reader.readBlock(prompt: prompt)) } while inputs.last != .endOfInput
    return (inputs, shown)
  }

  @Test func `each line is a block, as long as it is complete`() {
    #expect(
      read(["a\nb\r\n\nc"]).inputs == [
        .block("a"), .block("b"), .block(""), .block("c"), .endOfInput,
      ])
  }

  @Test func `lines are joined until the block is complete`() {
    #expect(
      read(["f(\n1,\n", "2)\nx\n"]).inputs == [.block("f(\n1,\n2)"), .block("x"), .endOfInput])
  }

  @Test(arguments: [
    ["t\n  :f()\n\t:g()\nx"], ["t\n", "  ", ":", "f()\n\t:g()", "\nx"],
  ])
  func `a line that begins with a colon goes on with the line before`(pieces: [String]) {
    #expect(
      read(pieces).inputs == [.block("t\n  :f()\n\t:g()"), .block("x"), .endOfInput])
  }

  @Test func `nobody waits for a line that might go on`() {
    #expect(
      read(["t\n", ":f()\n"], isReady: false).inputs == [.block("t"), .block(":f()"), .endOfInput])
  }

  @Test func `labels, commands and empty lines are not gone on with`() {
    #expect(
      read(["t\n::a::\n.tables\n:f()\n\n:g()\n"]).inputs == [
        .block("t"), .block("::a::"), .block(".tables"), .block(":f()"), .block(""),
        .block(":g()"), .endOfInput,
      ])
  }

  @Test func `what is not complete at the end is a block, too`() {
    #expect(read(["f(\n1"]).inputs == [.block("f(\n1"), .endOfInput])
  }

  @Test func `pieces may be cut within a character`() {
    let bytes = Array("東\nx\n".utf8)
    var rest = [Array(bytes[..<1]), Array(bytes[1..<4]), Array(bytes[4...])][...]
    var reader = PlainReader(
      assistant: SimpleAssistant(), read: { rest.popFirst() }, isReady: { true },
      write: { _ in })
    #expect(reader.readBlock(prompt: "") == .block("東"))
    #expect(reader.readBlock(prompt: "") == .block("x"))
    #expect(reader.readBlock(prompt: "") == .endOfInput)
  }

  @Test func `a prompt stands before each block, and a mark before its further lines`() {
    #expect(read(["f(\n1)\n"], prompt: "annals> ").shown == "annals>       … annals> ")
  }

  @Test func `a block of 20,000 lines is read`() {
    let lines = (0..<20_000).map { "  \($0)," }
    let block = "t = {\n" + lines.joined(separator: "\n") + "\n}"
    #expect(read([block + "\n"]).inputs == [.block(block), .endOfInput])
  }
}
