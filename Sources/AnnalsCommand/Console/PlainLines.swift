import AnnalsConsole

/// Blocks from a pipe: lines are gathered until they are complete.
struct PlainLines {
  mutating func readBlock(isComplete: (String) -> Bool) -> BlockInput {
    var block: String?
    while let line = readLine() {
      let text = block.map { $0 + "\n" + line } ?? line
      if isComplete(text) { return .block(text) }
      block = text
    }
    return block.map { .block($0) } ?? .endOfInput
  }
}
