import AnnalsEngine
import CZlib

/// Takes gzip off, of one member after another.
///
/// Source: RFC 1952. Zeros behind the last member are padding; anything else there is damage.
@safe final class GzipDecoder: ByteDecoder {
  private let file: String
  /// In a place of its own, since zlib keeps its address.
  private let stream: UnsafeMutablePointer<z_stream>
  /// Whether a member ended and no other began.
  private var isBetween = false

  init(file: String) throws(FormatsError) {
    self.file = file
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // SAFETY: the stream is zeroed, as zlib wants it; 31 stands for gzip with the largest window.
    let code = unsafe inflateInit2_(stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else { throw .engine(cause: .outOfMemory(needed: 1 << 15, limit: 0)) }
  }

  deinit {
    // SAFETY: it was initialised, and is ended once.
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  func decode(
    _ input: Lane<UInt8>, count: Int, into output: GrowingBuffer<UInt8>
  ) throws(FormatsError) {
    var done = 0
    var isFull = true
    while done < count || isFull {
      if isBetween {
        while done < count, input[done] == 0 { done += 1 }
        guard done < count else { return }
        isBetween = false
      }
      try FormatsError.catching { () throws(EngineError) in try output.reserve(Self.room) }
      let step = inflate(input, done, count, Lane(output), output.count, output.capacity)
      done += step.taken
      output.extend(by: step.made)
      isFull = step.isFull
      switch step.code {
      case Z_OK: break
      // There is nothing more to give until there are more bytes.
      case Z_BUF_ERROR where done == count: return
      case Z_STREAM_END:
        isBetween = true
        isFull = false
        // SAFETY: the stream is initialised.
        unsafe inflateReset(stream)
      default: throw .damaged(file: file, kind: .gzip)
      }
    }
  }

  func finish() throws(FormatsError) {
    guard isBetween else { throw .cutShort(file: file, kind: .gzip) }
  }

  private static let room = 1 << 16

  private func inflate(
    _ input: Lane<UInt8>, _ start: Int, _ end: Int, _ output: Lane<UInt8>, _ filled: Int,
    _ capacity: Int
  ) -> (code: Int32, taken: Int, made: Int, isFull: Bool) {
    // SAFETY: the lanes hold the bytes and the room that zlib is told of, for the length of the call.
    unsafe input.withMemory(from: start) { source in
      unsafe output.withMemory(from: filled) { target in
        let (bytes, room) = (UInt32(clamping: end - start), UInt32(clamping: capacity - filled))
        unsafe stream.pointee.next_in = source
        unsafe stream.pointee.avail_in = bytes
        unsafe stream.pointee.next_out = target
        unsafe stream.pointee.avail_out = room
        let code = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
        let (left, free) = unsafe (stream.pointee.avail_in, stream.pointee.avail_out)
        return (code, Int(bytes - left), Int(room - free), free == 0)
      }
    }
  }
}
