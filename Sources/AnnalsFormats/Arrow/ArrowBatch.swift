/// A record batch or the texts of a dictionary: where the parts of each column stand in the file.
///
/// Source: Apache Arrow columnar format, `Message.fbs`, table `RecordBatch`.
struct ArrowBatch: Sendable {
  let rowCount: Int
  /// Length and number of nulls of each column, and of the elements of a list after the list.
  private let nodes: [(count: Int, nullCount: Int)]
  /// The bytes of each buffer, from the beginning of the file.
  private let buffers: [Range<Int>]
  /// How many buffers of bytes each column of views has.
  private let viewBufferCounts: [Int]

  /// - Parameter body: The bytes of the file that the buffers lie in.
  init(_ batch: FlatTable, body: Range<Int>) throws(ArrowProblem) {
    if let compression = try batch.table(3) {
      throw .compressed(codec: try compression.integer(0, default: 0 as Int8) == 0 ? "LZ4" : "Zstd")
    }
    rowCount = try Self.count(try batch.integer(0, default: 0))
    let words = try batch.words(1, stride: 2)
    var nodes: [(count: Int, nullCount: Int)] = []
    for index in stride(from: 0, to: words.count, by: 2) {
      let count = try Self.count(words[index])
      let nullCount = try Self.count(words[index + 1])
      guard nullCount <= count else { throw .damaged(what: "a column has more nulls than rows") }
      nodes.append((count, nullCount))
    }
    self.nodes = nodes
    buffers = try Self.buffers(try batch.words(2, stride: 2), body)
    var viewBufferCounts: [Int] = []
    for count in try batch.words(4, stride: 1) { viewBufferCounts.append(try Self.count(count)) }
    self.viewBufferCounts = viewBufferCounts
  }

  /// The parts of each column, in the schema's order.
  func pieces(of types: [ArrowStorage]) throws(ArrowProblem) -> [ArrowPiece] {
    var cursor = Cursor(batch: self)
    var pieces: [ArrowPiece] = []
    for type in types {
      let piece = try cursor.piece(type)
      guard piece.count == rowCount else {
        throw .damaged(what: "a column is longer or shorter than its batch")
      }
      pieces.append(piece)
    }
    return pieces
  }

  private static func buffers(
    _ words: [Int64], _ body: Range<Int>
  ) throws(ArrowProblem) -> [Range<Int>] {
    var buffers: [Range<Int>] = []
    for index in stride(from: 0, to: words.count, by: 2) {
      let offset = words[index]
      let count = words[index + 1]
      guard offset >= 0, count >= 0, offset <= body.count, count <= Int64(body.count) - offset
      else {
        throw .damaged(what: "a column lies outside of its batch")
      }
      let start = body.lowerBound + Int(offset)
      buffers.append(start..<start + Int(count))
    }
    return buffers
  }

  private static func count(_ value: Int64) throws(ArrowProblem) -> Int {
    guard value >= 0 else { throw .damaged(what: "a number of rows is negative") }
    return Int(value)
  }

  /// Takes nodes and buffers in the order in which columns use them.
  private struct Cursor {
    let batch: ArrowBatch
    private var node = 0
    private var buffer = 0
    private var views = 0

    init(batch: ArrowBatch) { self.batch = batch }

    mutating func piece(_ storage: ArrowStorage) throws(ArrowProblem) -> ArrowPiece {
      guard node < batch.nodes.count else {
        throw .damaged(what: "a batch has fewer columns than the schema")
      }
      let (count, nullCount) = batch.nodes[node]
      node += 1
      guard storage != .null else {
        return ArrowPiece(count: count, nullCount: count, validity: 0..<0, buffers: [])
      }
      // Eight bits a byte; `count` may be anything, so nothing is added to it.
      let validity = try next(nullCount > 0 ? count / 8 + (count % 8 > 0 ? 1 : 0) : 0)
      var piece = ArrowPiece(count: count, nullCount: nullCount, validity: validity, buffers: [])
      switch storage {
      case .null: break
      case .bits: piece.buffers = [try next(count / 8 + (count % 8 > 0 ? 1 : 0))]
      case .values(let width): piece.buffers = [try next(bytes(count, width))]
      case .text(.views):
        piece.buffers = [try next(bytes(count, 16))]
        guard views < batch.viewBufferCounts.count else {
          throw .damaged(what: "a column of texts has no number of buffers")
        }
        guard batch.viewBufferCounts[views] <= batch.buffers.count else { throw Self.missing }
        for _ in 0..<batch.viewBufferCounts[views] { piece.buffers.append(try next(0)) }
        views += 1
      case .text(let layout):
        piece.buffers = [try offsets(count, width: layout == .offsets32 ? 4 : 8), try next(0)]
      case .list(let isLarge, let layout):
        piece.buffers = [try offsets(count, width: isLarge ? 8 : 4)]
        piece.elements = [try self.piece(.text(layout))]
      }
      return piece
    }

    /// One more offset than rows; without rows there may be none.
    private mutating func offsets(_ count: Int, width: Int) throws(ArrowProblem) -> Range<Int> {
      count == 0 ? try next(0) : try next(bytes(count, width) + width)
    }

    private func bytes(_ count: Int, _ width: Int) throws(ArrowProblem) -> Int {
      let (bytes, overflow) = count.multipliedReportingOverflow(by: width)
      guard !overflow, bytes < .max - 64 else { throw Self.short }
      return bytes
    }

    private mutating func next(_ least: Int) throws(ArrowProblem) -> Range<Int> {
      guard buffer < batch.buffers.count else { throw Self.missing }
      let range = batch.buffers[buffer]
      buffer += 1
      guard range.count >= least else { throw Self.short }
      return range
    }

    private static let missing = ArrowProblem.damaged(
      what: "a batch has fewer buffers than its columns need")
    private static let short = ArrowProblem.damaged(what: "a column has fewer values than rows")
  }
}

/// How many buffers a column has, and how long they are.
enum ArrowStorage: Hashable, Sendable {
  case null
  case bits
  case values(byteWidth: Int)
  case text(ArrowType.TextLayout)
  case list(isLarge: Bool, ArrowType.TextLayout)

  init(_ field: ArrowField) {
    if let dictionary = field.dictionary {
      self = .values(byteWidth: dictionary.bits / 8)
      return
    }
    switch field.type {
    case .null: self = .null
    case .boolean: self = .bits
    case .integer(let bits, _), .number(let bits): self = .values(byteWidth: bits / 8)
    case .date32: self = .values(byteWidth: 4)
    case .date64, .timestamp: self = .values(byteWidth: 8)
    case .text(let layout): self = .text(layout)
    case .list(let isLarge, let layout): self = .list(isLarge: isLarge, layout)
    }
  }
}

/// The parts of one column in one batch. The buffers are long enough for its rows.
struct ArrowPiece: Sendable {
  let count: Int
  let nullCount: Int
  /// A bit for each row, 0 where it is null; of no meaning without nulls.
  let validity: Range<Int>
  /// Values, or offsets and bytes, or views and the buffers that they point into.
  var buffers: [Range<Int>]
  /// The elements of a list: none or one.
  var elements: [ArrowPiece] = []
}
