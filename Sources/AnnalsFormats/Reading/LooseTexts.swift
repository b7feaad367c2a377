import AnnalsEngine

/// Texts of a column one after another, without numbers.
final class LooseTexts {
  private let offsets: GrowingBuffer<Int64>
  private let bytes: GrowingBuffer<UInt8>

  init(budget: MemoryBudget) throws(EngineError) {
    offsets = try GrowingBuffer(budget: budget)
    bytes = try GrowingBuffer(budget: budget)
    try offsets.append(0)
  }

  func append(empty count: Int) throws(EngineError) {
    try offsets.append(repeating: Int64(bytes.count), count: count)
  }

  /// Appends one text of a table.
  func append(_ number: Int, of table: TextTable) throws(EngineError) {
    let view = table.view
    let text = view.range(number)
    try bytes.reserve(text.length)
    Lane(bytes).copy(from: view.bytes, text.start, length: text.length, to: bytes.count)
    bytes.extend(by: text.length)
    try offsets.append(Int64(bytes.count))
  }

  /// Appends the texts of a piece that gave them no numbers.
  func append(_ piece: ColumnPiece) throws(EngineError) {
    let (before, added) = (Int64(bytes.count), piece.values.count)
    try bytes.reserve(piece.texts.count)
    Lane(bytes).copy(from: Lane(piece.texts), 0, length: piece.texts.count, to: bytes.count)
    bytes.extend(by: piece.texts.count)
    try offsets.reserve(added)
    let (ends, target, start) = (Lane(piece.values), Lane(offsets), offsets.count)
    for row in 0..<added { target[start &+ row] = before &+ ends[row] }
    offsets.extend(by: added)
  }

  /// Appends the texts of a piece that numbered them.
  func append(_ piece: ColumnPiece, by table: TextTable) throws(EngineError) {
    var null = 0
    for row in 0..<piece.values.count {
      if null < piece.nulls.count, Int(piece.nulls[null]) == row {
        try append(empty: 1)
        null += 1
      } else {
        try append(Int(piece.values[row]), of: table)
      }
    }
  }

  /// The block of texts; this is used up.
  func finished() throws(EngineError) -> TextBlock {
    TextBlock(offsets: try offsets.finished(), bytes: try bytes.finished())
  }
}
