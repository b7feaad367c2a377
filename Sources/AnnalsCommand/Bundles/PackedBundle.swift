import Annals
import AnnalsPlatform

/// Writes a bundle as one file, whole or not at all.
enum PackedBundle {
  static func write(_ bundle: ReportBundle, to path: String) throws(CommandError) {
    let bytes: [UInt8]
    do throws(BundlesError) { bytes = try bundle.packed() } catch {
      throw .data(error.description)
    }
    try write(bytes, to: path)
  }

  /// - Parameter isProgram: Whether the file may be run.
  static func write(
    _ bytes: [UInt8], to path: String, isProgram: Bool = false
  ) throws(CommandError) {
    let interrupt = WriteInterrupt()
    interrupt.start()
    interrupt.beginWriting()
    let file = try writing { () throws(PlatformError) in
      let file = try AtomicFile(path: path, isProgram: isProgram)
      try file.write(bytes.span)
      return file
    }
    try interrupt.check()
    try writing(file.finish)
  }

  private static func writing<Result>(
    _ body: () throws(PlatformError) -> Result
  ) throws(CommandError) -> Result {
    do throws(PlatformError) { return try body() } catch { throw .writing(error.description) }
  }
}
