package import AnnalsEngine
import AnnalsPlatform

/// A text file as UTF-8, whatever it is compressed by and written in.
///
/// A file that is plain UTF-8 is read where it stands. Any other is decoded into memory, which counts
/// against the budget and is given back with the source.
package struct TextFile: Sendable {
  /// Its text; whether that is UTF-8 is for the reader to check.
  package let source: ByteSource
  /// How it was compressed, nil if it was not, and what it was written in.
  package let compression: Compression?
  package let encoding: TextEncoding

  /// How many times larger than the file its text may be, beyond a size that is always allowed.
  private static let growthLimit = 250
  private static let freeByteCount = 1 << 26
  private static let pieceByteCount = 1 << 16

  /// Opens a file. Its first bytes tell whether it is compressed, and whether it is UTF-16.
  package init(
    path: String, access: FileAccess = .all, encoding: TextEncoding? = nil, budget: MemoryBudget,
    stop: StopFlag = StopFlag()
  ) throws(FormatsError) {
    try self.init(
      try ByteSource(path: path, access: access), path: path, encoding: encoding, budget: budget,
      stop: stop)
  }

  /// As ``init(path:access:encoding:budget:stop:)``, from bytes that are at hand.
  package init(
    _ file: ByteSource, path: String, encoding: TextEncoding?, budget: MemoryBudget,
    stop: StopFlag = StopFlag()
  ) throws(FormatsError) {
    let first = try Self.firstBytes(of: file, budget)
    if let kind = ForeignFile(first) { throw .foreign(file: path, kind: kind) }
    compression = Compression.allCases.first { first.starts(with: $0.magic) }
    let hasMark = first.starts(with: [0xFF, 0xFE]) || first.starts(with: [0xFE, 0xFF])
    if compression == nil, !hasMark, encoding ?? .utf8 == .utf8 {
      source = file
      self.encoding = .utf8
      return
    }
    let text = TextDecoder(encoding ?? .utf8, file: path)
    let buffer = try Self.decoded(
      file, path, try compression?.decoder(file: path), text, budget, stop)
    source = ByteSource(buffer)
    self.encoding = text.found
  }

  private static func firstBytes(
    of file: ByteSource, _ budget: MemoryBudget
  ) throws(FormatsError) -> [UInt8] {
    let window = try FormatsError.catching { () throws(EngineError) in
      try FileWindow(file, budget: budget)
    }
    try window.load(0..<ForeignFile.byteCount)
    return window.range.map { window.byte($0) }
  }

  /// All the text of a file.
  private static func decoded(
    _ file: ByteSource, _ path: String, _ unpacker: (any ByteDecoder)?, _ text: TextDecoder,
    _ budget: MemoryBudget, _ stop: StopFlag
  ) throws(FormatsError) -> Buffer<UInt8> {
    let (input, unpacked, output) = try FormatsError.catching { () throws(EngineError) in
      (
        try Buffer<UInt8>(count: pieceByteCount + Lane<UInt8>.padding, budget: budget),
        try GrowingBuffer<UInt8>(budget: budget), try GrowingBuffer<UInt8>(budget: budget)
      )
    }
    var position = 0
    while position < file.byteCount {
      if stop.isRaised { throw .engine(cause: .stopped) }
      let count = min(pieceByteCount, file.byteCount - position)
      try file.read(into: Lane(input), at: 0, count: count, from: position)
      position += count
      if let unpacker {
        try unpacker.decode(Lane(input), count: count, into: unpacked)
        try text.decode(Lane(unpacked), count: unpacked.count, into: output)
        unpacked.removeAll()
      } else {
        try text.decode(Lane(input), count: count, into: output)
      }
      guard output.count <= freeByteCount || output.count / growthLimit <= position else {
        throw .growsTooMuch(file: path, factor: growthLimit)
      }
    }
    try unpacker?.finish()
    try text.rest(into: output)
    try text.finish()
    return try FormatsError.catching { () throws(EngineError) in try output.finished() }
  }
}
