private import CAnnalsPlatform
import Glibc

/// A file that is read where it stands, without copying it.
///
/// If the file becomes shorter meanwhile, a read past its new end ends the process with a message and
/// status 2: there is no way to go on. Files that are replaced by a rename stay as they were.
@safe package final class MappedFile: @unchecked Sendable {
  /// As the user gave it.
  package let path: String
  package let byteCount: Int
  /// So many bytes are readable from here as long as this object lives.
  @unsafe package let start: UnsafeRawPointer
  private let number: Int32

  /// Maps a file; pipes, devices and folders are refused.
  ///
  /// - Throws: ``PlatformError/isEmpty(path:)`` for a file without bytes.
  package init(path: String, access: FileAccess = .all) throws(PlatformError) {
    let file = try OpenFile(path: path, access: access)
    let byteCount = file.byteCount
    guard byteCount > 0 else { throw .isEmpty(path: path) }
    // SAFETY: a new mapping of an open file, which the kernel places; nothing else is touched.
    let mapped = unsafe mmap(nil, byteCount, PROT_READ, MAP_PRIVATE, file.descriptor, 0)
    guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED else {
      throw PlatformError(code: errno, path: path, action: .read)
    }
    // SAFETY: the mapping is there until `deinit` ends the watch and unmaps it.
    number = unsafe annals_watch_mapping(mapped, byteCount, path)
    guard number >= 0 else {
      unsafe munmap(mapped, byteCount)
      throw PlatformError(code: EMFILE, path: path, action: .read)
    }
    self.path = path
    self.byteCount = byteCount
    unsafe start = UnsafeRawPointer(mapped)
  }

  deinit {
    annals_unwatch_mapping(number)
    // SAFETY: the mapping of `init`, which nobody reads any more.
    unsafe munmap(UnsafeMutableRawPointer(mutating: start), byteCount)
  }
}
