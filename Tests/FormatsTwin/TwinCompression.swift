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

  /// A zip archive of files, deflated or as they are, with sizes before them or behind.
  package static func zip(
    _ files: [[UInt8]], isStored: Bool = false, sizesFollow: Bool = false
  ) -> [UInt8] {
    var (bytes, directory): ([UInt8], [UInt8]) = ([], [])
    for (place, file) in files.enumerated() {
      let member = gzip(file)
      let body = isStored ? file : Array(member[10..<(member.count - 8)])
      let checksum = Array(member[(member.count - 8)..<(member.count - 4)])
      let sizes = checksum + number(body.count, 4) + number(file.count, 4)
      let name = Array("f\(place).csv".utf8)
      let method = number(20, 2) + number(sizesFollow ? 8 : 0, 2) + number(isStored ? 0 : 8, 2)
      let offset = bytes.count
      bytes += [0x50, 0x4B, 3, 4] + method + number(0, 4)
      bytes += sizesFollow ? number(0, 12) : sizes
      bytes += number(name.count, 2) + number(0, 2) + name + body
      if sizesFollow { bytes += [0x50, 0x4B, 7, 8] + sizes }
      directory += [0x50, 0x4B, 1, 2] + number(20, 2) + method + number(0, 4) + sizes
      directory += number(name.count, 2) + number(0, 12) + number(offset, 4) + name
    }
    let start = bytes.count
    let count = number(files.count, 2)
    return bytes + directory + [0x50, 0x4B, 5, 6] + number(0, 4) + count + count
      + number(directory.count, 4) + number(start, 4) + number(0, 2)
  }

  private static func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: value >> (8 * $0)) : 0 }
  }
}
