import AnnalsEngine
import CZstd

/// Takes Zstandard off, of one frame after another.
///
/// Source: RFC 8878. A window beyond the library's default of 128 MiB is refused.
@safe final class ZstdDecoder: ByteDecoder {
  private let file: String
  private let stream: OpaquePointer
  /// Whether a frame ended and no other began.
  private var isBetween = false

  init(file: String) throws(FormatsError) {
    self.file = file
    // SAFETY: it gives a stream or nil.
    guard let stream = unsafe ZSTD_createDStream() else {
      throw .engine(cause: .outOfMemory(needed: 1 << 17, limit: 0))
    }
    unsafe self.stream = stream
  }

  deinit {
    // SAFETY: it was made here, and is freed once.
    unsafe _ = ZSTD_freeDStream(stream)
  }

  func decode(
    _ input: Lane<UInt8>, count: Int, into output: GrowingBuffer<UInt8>
  ) throws(FormatsError) {
    var done = 0
    var isFull = true
    while done < count || isFull {
      try FormatsError.catching { () throws(EngineError) in try output.reserve(Self.room) }
      let step = decompress(input, done, count, Lane(output), output.count, output.capacity)
      guard ZSTD_isError(step.code) == 0 else {
        throw .damaged(file: file, kind: .zstd)
      }
      if step.taken > 0 || step.made > 0 { isBetween = step.code == 0 }
      done += step.taken
      output.extend(by: step.made)
      isFull = step.isFull
    }
  }

  func finish() throws(FormatsError) {
    guard isBetween else { throw .cutShort(file: file, kind: .zstd) }
  }

  private static let room = 1 << 17

  private func decompress(
    _ input: Lane<UInt8>, _ start: Int, _ end: Int, _ output: Lane<UInt8>, _ filled: Int,
    _ capacity: Int
  ) -> (code: Int, taken: Int, made: Int, isFull: Bool) {
    // SAFETY: the lanes hold the bytes and the room that the library is told of, for the length of the
    // call.
    unsafe input.withMemory(from: start) { source in
      unsafe output.withMemory(from: filled) { target in
        var bytes = unsafe ZSTD_inBuffer(src: source, size: end - start, pos: 0)
        var room = unsafe ZSTD_outBuffer(dst: target, size: capacity - filled, pos: 0)
        let code = unsafe ZSTD_decompressStream(stream, &room, &bytes)
        return unsafe (code, bytes.pos, room.pos, room.pos == room.size)
      }
    }
  }
}
