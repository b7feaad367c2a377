/// Blocks that were sent before, each once, the newest last.
struct BlockHistory {
  /// Oldest first.
  private(set) var blocks: [String] = []
  private(set) var byteCount = 0

  /// How many are kept.
  static let countLimit = 10_000
  /// How many bytes they have together at most.
  static let byteLimit = 8 << 20

  init(_ blocks: [String] = []) {
    // From the newest on, so that of the same blocks the newest stays.
    var seen: Set<[UInt8]> = []
    for block in blocks.reversed() where !Self.isBlank(block) {
      let bytes = Array(block.utf8)
      guard self.blocks.count < Self.countLimit, byteCount + bytes.count <= Self.byteLimit else {
        break
      }
      guard seen.insert(bytes).inserted else { continue }
      self.blocks.append(block)
      byteCount += bytes.count
    }
    self.blocks.reverse()
  }

  /// Keeps a block as the newest. Returns false if it is empty or too large to be kept.
  mutating func add(_ block: String) -> Bool {
    guard !Self.isBlank(block), block.utf8.count <= Self.byteLimit else { return false }
    if let same = blocks.lastIndex(where: { TextSearch.isSame($0, block) }) { remove(at: same) }
    blocks.append(block)
    byteCount += block.utf8.count
    while blocks.count > Self.countLimit || byteCount > Self.byteLimit { remove(at: 0) }
    return true
  }

  /// The rest of the newest block that begins with a text and is longer.
  func rest(after text: String) -> String? {
    guard !Self.isBlank(text) else { return nil }
    guard let block = blocks.last(where: { TextSearch.isLonger($0, beginningWith: text) }) else {
      return nil
    }
    let start = block.utf8.index(block.startIndex, offsetBy: text.utf8.count)
    // A mark that belongs to the text's last character can't be shown after it.
    return start.samePosition(in: block) == nil ? nil : String(block[start...])
  }

  /// The newest block before a position that holds a text, and where in bytes.
  func newest(before position: Int, holding text: String) -> (position: Int, offset: Int)? {
    for position in blocks.indices.prefix(max(0, position)).reversed() {
      if let offset = TextSearch.offset(of: text, in: blocks[position]) {
        return (position, offset)
      }
    }
    return nil
  }

  /// The oldest block from a position on that holds a text, and where in bytes.
  func oldest(from position: Int, holding text: String) -> (position: Int, offset: Int)? {
    for position in blocks.indices.dropFirst(max(0, position)) {
      if let offset = TextSearch.offset(of: text, in: blocks[position]) {
        return (position, offset)
      }
    }
    return nil
  }

  private mutating func remove(at index: Int) { byteCount -= blocks.remove(at: index).utf8.count }

  private static func isBlank(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 == 0x20 || ($0 >= 9 && $0 <= 13) }
  }
}
