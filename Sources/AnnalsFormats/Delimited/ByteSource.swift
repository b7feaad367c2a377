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
