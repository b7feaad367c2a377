/// Writes the files of a bundle as one archive. The same files give the same bytes.
package struct ArchiveWriter {
  private var output = ArchiveBytes()
  private var directory = ArchiveBytes()

  /// The archive of files.
  ///
  /// - Parameter bundle: What messages call the bundle.
  /// - Throws: With ``ArchiveProblem/tooLarge`` for a bundle that no reader would take.
  package static func archive(
    _ files: BundleFiles, of bundle: String
  ) throws(BundlesError) -> [UInt8] {
    let byteCount = files.all.reduce(ArchiveForm.endByteCount) { count, file in
      count + ArchiveForm.entryByteCount + ArchiveForm.directoryByteCount
        + 2 * file.path.utf8.count + file.bytes.count
    }
    guard byteCount <= BundleBounds.archiveByteCount else {
      throw .archive(bundle: bundle, entry: nil, problem: .tooLarge)
    }
    var writer = ArchiveWriter()
    writer.output.reserve(byteCount)
    for file in files.all { writer.append(file) }
    writer.finish(count: files.all.count)
    return writer.output.bytes
  }

  private mutating func append(_ file: BundleFile) {
    let offset = UInt32(output.bytes.count)
    let header = Self.header(of: file)
    output.append(ArchiveForm.entrySignature)
    output.append(header)
    output.append(file.path.utf8)
    output.append(file.bytes)
    directory.append(ArchiveForm.directorySignature)
    directory.append(ArchiveForm.version)
    directory.append(header)
    // No comment, the first disk, no attributes.
    for _ in 0..<3 { directory.append(UInt16(0)) }
    directory.append(UInt32(0))
    directory.append(offset)
    directory.append(file.path.utf8)
  }

  /// What an entry and its line of the directory both say.
  private static func header(of file: BundleFile) -> [UInt8] {
    var header = ArchiveBytes()
    header.append(ArchiveForm.version)
    // No flags, not compressed.
    header.append(UInt16(0))
    header.append(UInt16(0))
    header.append(ArchiveForm.time)
    header.append(ArchiveForm.date)
    header.append(Checksum.crc32(file.bytes[...]))
    header.append(UInt32(file.bytes.count))
    header.append(UInt32(file.bytes.count))
    header.append(UInt16(file.path.utf8.count))
    header.append(UInt16(0))
    return header.bytes
  }

  private mutating func finish(count: Int) {
    let offset = UInt32(output.bytes.count)
    output.append(directory.bytes)
    output.append(ArchiveForm.endSignature)
    output.append(UInt16(0))
    output.append(UInt16(0))
    output.append(UInt16(count))
    output.append(UInt16(count))
    output.append(UInt32(directory.bytes.count))
    output.append(offset)
    output.append(UInt16(0))
  }
}
