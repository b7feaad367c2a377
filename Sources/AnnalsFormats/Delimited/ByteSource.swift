import AnnalsEngine
import AnnalsPlatform

/// The bytes of a file, read by position and by any number of threads.
@safe package struct ByteSource: Sendable {
  /// How many bytes there were at first. Only these are read; the file may grow meanwhile.
  package let byteCount: Int
  private let name: String
  private let readSome: @Sendable (UnsafeMutableRawBufferPointer, Int) throws(PlatformError) -> Int

  /// Bytes in memory.
  ///
  /// - Parameter byteCount: How many there claim to be; another number shows a file that changes.
  package init(_ bytes: [UInt8], byteCount: Int? = nil) {
    self.byteCount = byteCount ?? bytes.count
    name = "bytes"
    unsafe readSome = { target, position in
      let end = min(position + target.count, bytes.count)
      guard position < end else { return 0 }
      unsafe target.copyBytes(from: bytes[position..<end])
      return end - position
    }
  }

  /// Bytes of a buffer, which is held until the source is let go.
  init(_ buffer: Buffer<UInt8>) {
    byteCount = buffer.count
    name = "bytes"
    unsafe readSome = { target, position in
      let count = min(target.count, buffer.count - position)
      guard count > 0, let start = target.baseAddress else { return 0 }
      // SAFETY: the buffer holds that many bytes from the position on, and the target has room.
      unsafe Lane(buffer).withMemory(from: position) { memory in
        unsafe start.copyMemory(from: memory, byteCount: count)
      }
      return count
    }
  }

  /// A file, opened here and read as it is asked for.
  package init(path: String, access: FileAccess = .all) throws(FormatsError) {
    let file: OpenFile
    do { file = try OpenFile(path: path, access: access) } catch { throw .platform(cause: error) }
    byteCount = file.byteCount
    name = path
    unsafe readSome = { target, position throws(PlatformError) in
      try unsafe file.read(into: target, at: position)
    }
  }

  /// Reads `count` bytes from `position` on into a lane.
  ///
  /// - Throws: ``PlatformError/becameShorter(path:)`` if they are there no more.
  func read(
    into lane: Lane<UInt8>, at index: Int, count: Int, from position: Int
  ) throws(FormatsError) {
    var done = 0
    while done < count {
      let taken: Result<Int, PlatformError> = unsafe lane.withMemory(from: index + done) { memory in
        // SAFETY: the lane has room for the bytes, as it asserts.
        let target = unsafe UnsafeMutableRawBufferPointer(start: memory, count: count - done)
        do throws(PlatformError) {
          return .success(try unsafe readSome(target, position + done))
        } catch {
          return .failure(error)
        }
      }
      switch taken {
      case .success(0): throw .platform(cause: .becameShorter(path: name))
      case .success(let some): done += some
      case .failure(let error): throw .platform(cause: error)
      }
    }
  }
}
