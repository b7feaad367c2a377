import CZlib
import CZstd

/// Compressed bytes, made by the libraries themselves.
package enum TwinCompression {
  /// As `gzip` does it.
  package static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var stream = unsafe z_stream()
    var output = [UInt8](repeating: 0, count: bytes.count + bytes.count / 1000 + 200)
    // SAFETY: the arrays hold the bytes and the room that zlib is told of.
    unsafe deflateInit2_(
      &stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    var input = bytes
    let count = output.count
    unsafe input.withUnsafeMutableBufferPointer { input in
      unsafe output.withUnsafeMutableBufferPointer { output in
        unsafe stream.next_in = input.baseAddress
        unsafe stream.avail_in = UInt32(input.count)
        unsafe stream.next_out = output.baseAddress
        unsafe stream.avail_out = UInt32(count)
        _ = unsafe deflate(&stream, Z_FINISH)
      }
    }
    let left = unsafe Int(stream.avail_out)
    unsafe deflateEnd(&stream)
    return Array(output[..<(count - left)])
  }

  /// As `zstd` does it.
  package static func zstd(_ bytes: [UInt8]) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
    let room = output.count
    // SAFETY: the arrays hold the bytes and the room that the library is told of.
    let count = unsafe ZSTD_compress(&output, room, bytes, bytes.count, 3)
    return Array(output[..<count])
  }
}
