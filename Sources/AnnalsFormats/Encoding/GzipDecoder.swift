import AnnalsEngine
import CZlib

/// Takes gzip off, of one member after another.
///
/// Source: RFC 1952. Zeros behind the last member are padding; anything else there is damage.
final class GzipDecoder: ByteDecoder {
  private let file: String
  private let inflater: Inflater
  /// Whether a member ended and no other began.
  private var isBetween = false

  init(file: String) throws(FormatsError) {
    self.file = file
    inflater = try Inflater(.gzip)
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
      let step = try inflater.step(input, done..<count, into: output)
      done += step.taken
      isFull = step.isFull
      switch step.code {
      case Z_OK: break
      // There is nothing more to give until there are more bytes.
      case Z_BUF_ERROR where done == count: return
      case Z_STREAM_END:
        isBetween = true
        isFull = false
        inflater.reset()
      default: throw .damaged(file: file, kind: .gzip)
      }
    }
  }

  func finish() throws(FormatsError) {
    guard isBetween else { throw .cutShort(file: file, kind: .gzip) }
  }
}
