import AnnalsEngine
import CZlib

/// A stream of deflated bytes.
///
/// Source: RFC 1951.
@safe final class Inflater {
  /// In a place of its own, since zlib keeps its address.
  private let stream: UnsafeMutablePointer<z_stream>

  /// What is around the bytes.
  enum Frame: Int32 {
    /// Nothing, with the largest window.
    case none = -15
    case gzip = 31
  }

  /// What a step did.
  struct Step {
    let code: Int32
    /// How many bytes it took and made.
    let taken: Int
    let made: Int
    /// Whether it stopped for want of room.
    let isFull: Bool
  }

  init(_ frame: Frame) throws(FormatsError) {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // SAFETY: the stream is zeroed, as zlib wants it.
    let code = unsafe inflateInit2_(
      stream, frame.rawValue, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else { throw .engine(cause: .outOfMemory(needed: 1 << 15, limit: 0)) }
  }

  deinit {
    // SAFETY: it was initialised, and is ended once.
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Begins another stream.
  func reset() {
    // SAFETY: the stream is initialised.
    unsafe inflateReset(stream)
  }

  /// Takes bytes of a lane, and appends what they stand for as far as there is room.
  func step(
    _ input: Lane<UInt8>, _ range: Range<Int>, into output: GrowingBuffer<UInt8>
  ) throws(FormatsError) -> Step {
    try FormatsError.catching { () throws(EngineError) in try output.reserve(Self.room) }
    let step = inflate(input, range, Lane(output), output.count, output.capacity)
    output.extend(by: step.made)
    return step
  }

  private static let room = 1 << 16

  private func inflate(
    _ input: Lane<UInt8>, _ range: Range<Int>, _ output: Lane<UInt8>, _ filled: Int,
    _ capacity: Int
  ) -> Step {
    // SAFETY: the lanes hold the bytes and the room that zlib is told of, for the length of the call.
    unsafe input.withMemory(from: range.lowerBound) { source in
      unsafe output.withMemory(from: filled) { target in
        let (bytes, room) = (UInt32(clamping: range.count), UInt32(clamping: capacity - filled))
        unsafe stream.pointee.next_in = source
        unsafe stream.pointee.avail_in = bytes
        unsafe stream.pointee.next_out = target
        unsafe stream.pointee.avail_out = room
        let code = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
        let (left, free) = unsafe (stream.pointee.avail_in, stream.pointee.avail_out)
        return Step(
          code: code, taken: Int(bytes - left), made: Int(room - free), isFull: free == 0)
      }
    }
  }
}
