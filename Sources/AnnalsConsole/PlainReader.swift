import AnnalsPlatform

/// Reads blocks from a pipe, a file or a terminal that can't move its cursor: lines, as many as a block
/// takes.
struct PlainReader {
  private let assistant: any LineAssistant
  private let read: () -> [UInt8]?
  private let isReady: () -> Bool
  private let write: (String) -> Void
  private var bytes: [UInt8] = []
  private var start = 0
  private var isAtEnd = false

  /// - Parameters:
  ///   - read: The next bytes; nil at the end.
  ///   - isReady: Whether they, or the end, are there without waiting.
  ///   - write: Shows a prompt.
  init(
    assistant: any LineAssistant, read: @escaping () -> [UInt8]?,
    isReady: @escaping () -> Bool, write: @escaping (String) -> Void
  ) {
    self.assistant = assistant
    self.read = read
    self.isReady = isReady
    self.write = write
  }

  /// Reads a block. What is not complete at the end of the input is one, too, and a line that begins with a
  /// colon goes on with a call on the line before, if it is there already: nobody is kept waiting for an
  /// answer because of what might follow.
  mutating func readBlock(prompt: String) -> BlockInput {
    write(prompt)
    guard var block = nextLine() else { return .endOfInput }
    var nesting = LuaNesting()
    nesting.take(block)
    while !isComplete(block, nesting) || goesOn(block) {
      write(prompt.isEmpty ? "" : String(repeating: " ", count: max(0, prompt.count - 2)) + "… ")
      guard let line = nextLine() else { break }
      block += "\n" + line
      nesting.take(line)
    }
    return .block(block)
  }

  private func isComplete(_ block: String, _ nesting: LuaNesting) -> Bool {
    if block.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { return true }
    if block.utf8.count > Editor.eagerLimit, nesting.isOpen { return false }
    return assistant.isComplete(block)
  }

  /// Whether the next line is there and calls a method on what stands before. Such a line begins nothing of
  /// its own, but for a label with its two colons; commands with a dot end with their line.
  private mutating func goesOn(_ block: String) -> Bool {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
    let first = block.utf8.first { !isBlank($0) && $0 != 0x0A }
    guard first != nil, first != UInt8(ascii: ".") else { return false }
    while true {
      let line = Array(bytes[start...].drop(while: isBlank).prefix(2))
      if let first = line.first, first != UInt8(ascii: ":") { return false }
      if line.count == 2 { return line[1] != UInt8(ascii: ":") }
      guard !isAtEnd, isReady() else { return false }
      fill()
    }
  }

  /// The next line without its break; nil at the end.
  private mutating func nextLine() -> String? {
    var searched = start
    while true {
      if let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) { return take(to: end) }
      searched = bytes.count
      guard !isAtEnd else { break }
      searched -= start
      fill()
    }
    return start < bytes.count ? take(to: bytes.count) : nil
  }

  private mutating func fill() {
    bytes.removeFirst(start)
    start = 0
    if let more = read() { bytes += more } else { isAtEnd = true }
  }

  private mutating func take(to end: Int) -> String {
    var line = bytes[start..<end]
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    start = min(end + 1, bytes.count)
    return String(decoding: line, as: UTF8.self)
  }
}
