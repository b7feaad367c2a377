import AnnalsEngine

/// Reads the directory of an Arrow file and the messages that it names.
///
/// Source: Apache Arrow columnar format, "Encapsulated message format" and "IPC File Format": the
/// file begins with `ARROW1` and two zeros, and ends with the footer, its length in 32 bits, and
/// `ARROW1`.
final class ArrowMessages {
  private static let magic = Array("ARROW1".utf8)

  private let memory: SharedMemory
  /// Blocks that share their metadata could make a small file endless.
  private var metadataByteCount = 0

  init(_ memory: SharedMemory) { self.memory = memory }

  func footer() throws(ArrowProblem) -> FlatTable {
    guard holds(Self.magic, at: 0) else {
      throw holds([0xFF, 0xFF, 0xFF, 0xFF], at: 0) ? .stream : .notArrow
    }
    let end = memory.byteCount - Self.magic.count
    guard end >= 12, holds(Self.magic, at: end) else { throw .cutOff }
    let byteCount = Int(integer(at: end - 4))
    guard byteCount > 0, byteCount <= end - 12 else {
      throw .damaged(what: "its directory lies outside of it")
    }
    return try metadata(end - 4 - byteCount..<end - 4).root()
  }

  /// The texts of each dictionary of the schema, whose pieces are read by the layout of its column.
  func dictionaries(
    _ blocks: [Int64], _ schema: ArrowSchema
  ) throws(ArrowProblem) -> [Int64: [ArrowPiece]] {
    var layouts: [Int64: ArrowType.TextLayout] = [:]
    for field in schema.fields {
      guard let dictionary = field.dictionary, case .text(let layout) = field.type else { continue }
      guard layouts.updateValue(layout, forKey: dictionary.id) ?? layout == layout else {
        throw .damaged(what: "two columns share a dictionary of different types")
      }
    }
    var pieces: [Int64: [ArrowPiece]] = [:]
    for start in stride(from: 0, to: blocks.count, by: 3) {
      let (header, body) = try message(blocks[start..<start + 3], kind: 2)
      let id = try header.integer(0, default: 0 as Int64)
      guard let layout = layouts[id], let texts = try header.table(1) else { continue }
      let batch = try ArrowBatch(texts, body: body)
      let isAddition = try header.boolean(2)
      guard isAddition == (pieces[id] != nil) else {
        throw .damaged(what: "the parts of a dictionary are not in order")
      }
      pieces[id, default: []] += try batch.pieces(of: [.text(layout)])
    }
    return pieces
  }

  /// The record batch of a block of the directory.
  func batch(_ block: ArraySlice<Int64>) throws(ArrowProblem) -> ArrowBatch {
    let (header, body) = try message(block, kind: 3)
    return try ArrowBatch(header, body: body)
  }

  /// The head of a message and the bytes of its body.
  ///
  /// - Parameters:
  ///   - block: Offset in the file, length of the metadata (32 bits, then padding), length of the body.
  ///   - kind: The number of the header's type in the union `MessageHeader`.
  private func message(
    _ block: ArraySlice<Int64>, kind: UInt8
  ) throws(ArrowProblem) -> (header: FlatTable, body: Range<Int>) {
    let parts = Array(block)
    let fileCount = Int64(memory.byteCount)
    let headCount = Int64(Int32(truncatingIfNeeded: parts[1]))
    guard parts[0] >= 0, headCount >= 8, parts[2] >= 0, parts[0] <= fileCount,
      headCount <= fileCount - parts[0], parts[2] <= fileCount - parts[0] - headCount
    else { throw .damaged(what: "a batch lies outside of it") }
    let start = Int(parts[0])
    let bodyStart = start + Int(headCount)
    // Before Arrow 0.15 the length stood first.
    let hasMark = integer(at: start) == .max
    let headStart = start + (hasMark ? 8 : 4)
    let length = Int(integer(at: headStart - 4))
    guard length <= bodyStart - headStart else {
      throw .damaged(what: "the head of a batch lies outside of it")
    }
    let message = try metadata(headStart..<headStart + length).root()
    guard try message.integer(1, default: 0 as UInt8) == kind, let header = try message.table(2)
    else { throw .damaged(what: "a batch is of the wrong kind") }
    return (header, bodyStart..<bodyStart + Int(parts[2]))
  }

  private func metadata(_ range: Range<Int>) throws(ArrowProblem) -> FlatBuffer {
    metadataByteCount += range.count
    guard range.count <= FlatBuffer.byteLimit, metadataByteCount <= memory.byteCount else {
      throw .damaged(what: "its metadata are too large to be true")
    }
    let memory = memory
    let bytes = memory.bytes
    var copy: [UInt8] = []
    copy.reserveCapacity(range.count)
    for index in range { copy.append(bytes[index]) }
    return FlatBuffer(copy)
  }

  private func holds(_ mark: [UInt8], at offset: Int) -> Bool {
    let memory = memory
    let bytes = memory.bytes
    guard offset >= 0, offset + mark.count <= bytes.count else { return false }
    for index in mark.indices where bytes[offset + index] != mark[index] { return false }
    return true
  }

  /// Four bytes, which must be there.
  private func integer(at offset: Int) -> UInt32 {
    let memory = memory
    let bytes = memory.bytes
    var value: UInt32 = 0
    for index in 0..<4 { value |= UInt32(bytes[offset + index]) << UInt32(8 * index) }
    return value
  }
}
