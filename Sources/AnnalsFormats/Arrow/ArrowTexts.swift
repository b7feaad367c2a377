import AnnalsEngine

/// Reads texts of an Arrow file and checks that each lies within its bytes and is UTF-8.
struct ArrowTexts {
  let bytes: ArrowBytes
  let layout: ArrowType.TextLayout

  /// The texts of several pieces; those of a single one with offsets of 64 bits are not copied.
  func block(_ pieces: [ArrowPiece]) throws(ArrowColumnFailure) -> TextBlock {
    if pieces.count == 1 { return try block(pieces[0]) }
    do {
      let builder = try TextBlockBuilder(budget: bytes.budget)
      for piece in pieces {
        let block = try block(piece)
        for index in 0..<piece.count { try builder.append(block[index]) }
      }
      return try builder.finished()
    } catch {
      throw ArrowColumnFailure(error)
    }
  }

  private func block(_ piece: ArrowPiece) throws(ArrowColumnFailure) -> TextBlock {
    do {
      guard layout != .views else { return try ArrowViews(bytes: bytes, piece: piece).block() }
      let offsets = try offsets(piece.buffers[0], count: piece.count, isLarge: layout == .offsets64)
      let texts = try bytes.values(
        UInt8.self, in: piece.buffers[1], count: piece.buffers[1].count)
      try check(offsets, limit: texts.count)
      let block = TextBlock(offsets: offsets, bytes: texts)
      try checkUTF8(block)
      return block
    } catch {
      throw ArrowColumnFailure(error)
    }
  }

  /// One more offset than `count`, as 64 bits.
  func offsets(
    _ range: Range<Int>, count: Int, isLarge: Bool
  ) throws(EngineError) -> Buffer<Int64> {
    guard count > 0 else { return try Buffer(count: 1, budget: bytes.budget) }
    if isLarge { return try bytes.values(Int64.self, in: range, count: count + 1) }
    let narrow = try bytes.values(Int32.self, in: range, count: count + 1)
    let wide = try Buffer<Int64>(count: count + 1, budget: bytes.budget)
    let source = narrow.span
    var target = wide.mutableSpan
    for index in source.indices { target[index] = Int64(source[index]) }
    return wide
  }

  /// Makes sure that offsets ascend from 0 or more to at most a limit.
  func check(_ offsets: Buffer<Int64>, limit: Int) throws(ArrowColumnFailure) {
    let span = offsets.span
    let descent = ValueChecks.firstDescent(span)
    guard span[0] >= 0, descent == nil, span[span.count - 1] <= Int64(limit) else {
      throw .problem(.wrongOffsets, row: descent)
    }
  }

  /// Makes sure that all texts together are UTF-8 and that none begins within a character.
  private func checkUTF8(_ block: TextBlock) throws(ArrowColumnFailure) {
    let all = block.bytes.span
    let used = Int(block.offsets[0])..<Int(block.offsets[block.count])
    let isWhole = ValueChecks.isUTF8(all.extracting(used))
    let offsets = block.offsets.span
    var splits = false
    for index in offsets.indices {
      let offset = Int(offsets[index])
      splits = splits || (offset < used.upperBound && all[offset] & 0xC0 == 0x80)
    }
    guard !isWhole || splits else { return }
    let row = (0..<block.count).first { !ValueChecks.isUTF8(block[$0]) }
    if let row { throw .problem(.notUTF8, row: row + 1) }
  }
}

/// Why a column can't be read, before it is known which one it is.
enum ArrowColumnFailure: Error {
  case problem(ColumnProblem.Reason, row: Int?)
  case engine(EngineError)

  /// From an error of a block in which both are thrown.
  init(_ error: any Error) {
    switch error {
    case let failure as ArrowColumnFailure: self = failure
    case let error as EngineError: self = .engine(error)
    default: preconditionFailure("reading a column throws errors of these two kinds")
    }
  }
}

/// Texts each of which says how long it is and where it stands.
///
/// Source: Apache Arrow columnar format, "Variable-size Binary View Layout": 16 bytes each, the length
/// in the first 4; up to 12 bytes follow at once, longer texts have the number of their buffer in the
/// third 4 bytes and their offset in the last.
private struct ArrowViews {
  private static let inlineLimit = 12

  let bytes: ArrowBytes
  let piece: ArrowPiece

  func block() throws(ArrowColumnFailure) -> TextBlock {
    do {
      let all = bytes.memory.bytes
      let validity =
        piece.nullCount > 0
        ? try bytes.joinedBits([(range: piece.validity, count: piece.count)]) : nil
      let builder = try TextBlockBuilder(budget: bytes.budget)
      for row in 0..<piece.count {
        var place = 0..<0
        if validity?[row] ?? true { place = try self.place(row) }
        let text = all.extracting(place)
        guard ValueChecks.isUTF8(text) else {
          throw ArrowColumnFailure.problem(.notUTF8, row: row + 1)
        }
        try builder.append(text)
      }
      return try builder.finished()
    } catch {
      throw ArrowColumnFailure(error)
    }
  }

  /// Where the text of a row stands in the file.
  private func place(_ row: Int) throws(ArrowColumnFailure) -> Range<Int> {
    let view = piece.buffers[0].lowerBound + 16 * row
    let count = integer(at: view)
    guard count > Self.inlineLimit else {
      guard count >= 0 else { throw .problem(.wrongOffsets, row: row + 1) }
      return view + 4..<view + 4 + count
    }
    let number = integer(at: view + 8)
    let offset = integer(at: view + 12)
    guard number >= 0, number + 1 < piece.buffers.count, offset >= 0 else {
      throw .problem(.wrongOffsets, row: row + 1)
    }
    let buffer = piece.buffers[number + 1]
    guard offset + count <= buffer.count else { throw .problem(.wrongOffsets, row: row + 1) }
    return buffer.lowerBound + offset..<buffer.lowerBound + offset + count
  }

  private func integer(at offset: Int) -> Int {
    let all = bytes.memory.bytes
    var bits: UInt32 = 0
    for index in 0..<4 { bits |= UInt32(all[offset + index]) << UInt32(8 * index) }
    return Int(Int32(bitPattern: bits))
  }
}
