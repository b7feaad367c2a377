import AnnalsEngine
import Synchronization

/// The texts of a dictionary of an Arrow file, read when a column first needs them.
///
/// Columns may share one. In a file, unlike here, texts may occur twice or be null; then each code is
/// given another.
final class ArrowDictionary: Sendable {
  /// What a dictionary gives.
  struct Texts: Sendable {
    let dictionary: TextDictionary
    /// How many codes the file has.
    let count: Int
    /// The code here of each code in the file, -1 for null; nil where they are the same.
    let codes: Buffer<Int32>?
  }

  private let bytes: ArrowBytes
  private let layout: ArrowType.TextLayout
  private let pieces: [ArrowPiece]
  private let texts = Mutex<Texts?>(nil)

  init(bytes: ArrowBytes, layout: ArrowType.TextLayout, pieces: [ArrowPiece]) {
    self.bytes = bytes
    self.layout = layout
    self.pieces = pieces
  }

  func read() throws(ArrowColumnFailure) -> Texts {
    try texts.withLock { known throws(ArrowColumnFailure) in
      if let known { return known }
      let read: Texts
      do { read = try reading() } catch { throw ArrowColumnFailure(error) }
      known = read
      return read
    }
  }

  private func reading() throws -> Texts {
    let block = try ArrowTexts(bytes: bytes, layout: layout).block(pieces)
    let count = pieces.reduce(0) { $0 + $1.count }
    let validity = try bytes.joinedBits(
      pieces.map { (range: $0.nullCount > 0 ? $0.validity : nil, count: $0.count) })
    let interner = try TextInterner(budget: bytes.budget)
    let codes = try Buffer<Int32>(count: count, budget: bytes.budget)
    var areSame = true
    for index in 0..<count {
      let code = validity[index] ? try interner.code(for: block[index]) : -1
      codes[index] = Int32(truncatingIfNeeded: code)
      areSame = areSame && code == index
    }
    return Texts(
      dictionary: areSame ? TextDictionary(texts: block) : try interner.finished(), count: count,
      codes: areSame ? nil : codes)
  }
}
