import Annals
import AnnalsPlatform

/// Writes the tables of a dataset in another format, whole or not at all.
struct Conversion {
  let files: DatasetFiles
  /// The file or folder to write.
  let path: String
  let interrupt: WriteInterrupt

  func writeFile(of table: String, _ format: TableFormat) throws(CommandError) {
    let writer = try writer(of: table, format)
    interrupt.beginWriting()
    let file: AtomicFile
    do throws(PlatformError) { file = try AtomicFile(path: path) } catch {
      throw Self.failure(error)
    }
    try write(writer, to: file)
  }

  /// Writes `datapackage.json` and a file for each table.
  func writeFolder(_ format: TableFormat) throws(CommandError) {
    let contents: (descriptor: String, files: [(name: String, table: String)])
    do throws(FormatsError) {
      contents = try files.folder(as: format)
    } catch {
      throw .data(error.description)
    }
    interrupt.beginWriting()
    do {
      let folder = try AtomicFolder(path: path)
      for (fileName, table) in contents.files {
        try write(try writer(of: table, format), to: try folder.file(fileName))
      }
      let descriptor = try folder.file("datapackage.json")
      try descriptor.write(Array(contents.descriptor.utf8).span)
      try descriptor.finish()
      try folder.finish()
    } catch let error as PlatformError {
      throw Self.failure(error)
    } catch let error as CommandError {
      throw error
    } catch {
      preconditionFailure("writing throws errors of these two kinds")
    }
  }

  private func writer(
    of table: String, _ format: TableFormat
  ) throws(CommandError) -> TableWriter {
    do throws(FormatsError) {
      for note in files.losses(of: table, as: format) { ConvertCommand.note(note) }
      return try files.writer(of: table, as: format)
    } catch {
      throw .data(error.description)
    }
  }

  private func write(_ writer: TableWriter, to file: AtomicFile) throws(CommandError) {
    try writer.write { piece throws(CommandError) in
      try interrupt.check()
      do throws(PlatformError) { try file.write(piece) } catch { throw Self.failure(error) }
    }
    do throws(PlatformError) { try file.finish() } catch { throw Self.failure(error) }
  }

  private static func failure(_ error: PlatformError) -> CommandError {
    .writing(error.description)
  }
}
