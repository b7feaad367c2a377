/// Texts one after another in one block of bytes: text `i` stands from `offsets[i]` to
/// `offsets[i + 1]`. UTF-8, but never trusted to be.
package struct TextBlock: Sendable {
  package let offsets: Buffer<Int64>
  package let bytes: Buffer<UInt8>

  package init(offsets: Buffer<Int64>, bytes: Buffer<UInt8>) {
    self.offsets = offsets
    self.bytes = bytes
  }

  /// How many texts it holds.
  package var count: Int { offsets.count - 1 }

  package func start(_ index: Int) -> Int { Int(offsets[index]) }

  package func length(_ index: Int) -> Int { Int(offsets[index + 1] - offsets[index]) }

  /// The bytes of one text.
  package subscript(index: Int) -> Span<UInt8> {
    @_lifetime(borrow self) get {
      bytes.span.extracting(start(index)..<start(index) + length(index))
    }
  }

  /// One text; bytes that are not UTF-8 come out as replacement characters.
  package func string(_ index: Int) -> String {
    let bytes = self[index]
    return String(decoding: bytes)
  }
}

extension String {
  /// The text of some bytes, with replacement characters for what is not UTF-8.
  package init(decoding bytes: Span<UInt8>) {
    if let text = try? UTF8Span(validating: bytes) {
      self.init(copying: text)
      return
    }
    var copy: [UInt8] = []
    copy.reserveCapacity(bytes.count)
    for index in bytes.indices { copy.append(bytes[index]) }
    self.init(decoding: copy, as: UTF8.self)
  }
}

/// Gathers texts into a block.
package final class TextBlockBuilder {
  private let offsets: GrowingBuffer<Int64>
  private let bytes: GrowingBuffer<UInt8>

  package init(budget: MemoryBudget) throws(EngineError) {
    offsets = try GrowingBuffer(budget: budget)
    bytes = try GrowingBuffer(budget: budget)
    try offsets.append(0)
  }

  package var count: Int { offsets.count - 1 }

  package func append(_ text: Span<UInt8>) throws(EngineError) {
    try bytes.append(text)
    try offsets.append(Int64(bytes.count))
  }

  package func append(_ text: String) throws(EngineError) {
    let array = Array(text.utf8)
    try append(array.span)
  }

  /// Whether text `index` has just these bytes.
  package func matches(_ index: Int, _ text: Span<UInt8>) -> Bool {
    let start = Int(offsets[index])
    guard Int(offsets[index + 1]) - start == text.count else { return false }
    for position in text.indices where bytes[start + position] != text[position] { return false }
    return true
  }

  /// Compares two of the texts by bytes.
  func compare(_ left: Int, _ right: Int) -> Int {
    let lengths = (offsets[left + 1] - offsets[left], offsets[right + 1] - offsets[right])
    for position in 0..<Int(min(lengths.0, lengths.1)) {
      let first = bytes[Int(offsets[left]) + position]
      let second = bytes[Int(offsets[right]) + position]
      if first != second { return Int(first) - Int(second) }
    }
    return Int(lengths.0 - lengths.1)
  }

  /// The block; the builder is used up.
  package func finished() throws(EngineError) -> TextBlock {
    TextBlock(offsets: try offsets.finished(), bytes: try bytes.finished())
  }
}
