/// Reads an archive of the form that ``ArchiveWriter`` gives, and refuses every other one.
///
/// A zip file can be read in several ways where its parts disagree. Here each byte belongs to one part
/// and has one value that is right, so that all programs see the same files.
struct ArchiveReader {
  private let bundle: String
  private let bytes: [UInt8]

  /// The files of an archive.
  ///
  /// - Parameter bundle: What messages call the bundle.
  static func files(in bytes: [UInt8], of bundle: String) throws(BundlesError) -> BundleFiles {
    let reader = ArchiveReader(bundle: bundle, bytes: bytes)
    let end = try reader.end()
    let entries = try reader.directory(end)
    try BundleFiles.check(paths: entries.map(\.path), of: bundle)
    var files: [BundleFile] = []
    var position = 0
    for (index, entry) in entries.enumerated() {
      if index > 0, !entries[index - 1].path.utf8.lexicographicallyPrecedes(entry.path.utf8) {
        throw reader.error(.unsorted, entry.path)
      }
      if entry.offset < position { throw reader.error(.overlap, entry.path) }
      if entry.offset > position { throw reader.error(.gap, entry.path) }
      files.append(try reader.file(of: entry, before: end.directoryOffset))
      position += ArchiveForm.entryByteCount + entry.path.utf8.count + entry.byteCount
    }
    guard position == end.directoryOffset else { throw reader.error(.gapBeforeDirectory) }
    return try BundleFiles(files, of: bundle)
  }

  /// What the last bytes say.
  private struct End {
    let count: Int
    let directoryOffset: Int
    let offset: Int
  }

  private func end() throws(BundlesError) -> End {
    let offset = bytes.count - ArchiveForm.endByteCount
    guard bytes.count <= BundleBounds.archiveByteCount else { throw error(.tooLarge) }
    guard let start = number32(0), start & 0xFFFF == ArchiveForm.endSignature & 0xFFFF else {
      throw error(contains(ArchiveForm.endSignature) == nil ? .noArchive : .dataBefore)
    }
    guard offset >= 0, number32(offset) == ArchiveForm.endSignature else {
      throw error(lateEndProblem())
    }
    let numbers = (0..<9).map { word(offset + 4 + 2 * $0) }
    if numbers[8] != 0 { throw error(.comment) }
    if numbers.prefix(4).contains(0xFFFF) { throw error(.zip64) }
    if numbers[0] != 0 || numbers[1] != 0 { throw error(.severalDisks) }
    guard numbers[2] == numbers[3] else { throw error(.countsDiffer) }
    let count = Int(numbers[2])
    guard count > 0 else { throw error(.empty) }
    guard count <= BundleBounds.fileCount else { throw error(.tooManyEntries(count: count)) }
    let size = Int(numbers[4]) | Int(numbers[5]) << 16
    let start32 = number32(offset + 16) ?? 0
    if start32 == 0xFFFF_FFFF || size == 0xFFFF_FFFF { throw error(.zip64) }
    guard Int(start32) + size == offset else {
      let isZip64 = number32(offset - 20) == ArchiveForm.zip64LocatorSignature
      throw error(isZip64 ? .zip64 : .directoryMisplaced)
    }
    return End(count: count, directoryOffset: Int(start32), offset: offset)
  }

  /// Why the last bytes are not the end of an archive.
  private func lateEndProblem() -> ArchiveProblem {
    guard let found = contains(ArchiveForm.endSignature) else { return .noEnd }
    let after = bytes.count - found - ArchiveForm.endByteCount
    guard after > 0 else { return .noEnd }
    return Int(word(found + 20)) == after ? .comment : .trailingData(byteCount: after)
  }

  /// The last place where a signature stands.
  private func contains(_ signature: UInt32) -> Int? {
    (0..<max(bytes.count - 3, 0)).last { number32($0) == signature }
  }

  private func directory(_ end: End) throws(BundlesError) -> [ArchiveEntry] {
    var entries: [ArchiveEntry] = []
    var position = end.directoryOffset
    while position < end.offset {
      guard entries.count < end.count,
        end.offset - position >= ArchiveForm.directoryByteCount,
        number32(position) == ArchiveForm.directorySignature
      else { throw error(.directoryCut) }
      let header = DirectoryHeader(numbers: (0..<23).map { word(position + 2 * $0) })
      let name = position + ArchiveForm.directoryByteCount
      guard header.byteCount <= end.offset - name else { throw error(.directoryCut) }
      let path = try path(at: name, byteCount: header.nameByteCount)
      if let problem = header.problem { throw error(problem, path) }
      if let problem = BundlePath.problem(of: path) {
        throw .file(bundle: bundle, path: path, problem: problem)
      }
      guard header.storedByteCount <= BundleBounds.fileByteCount else {
        throw .file(
          bundle: bundle, path: path, problem: .tooLarge)
      }
      entries.append(
        ArchiveEntry(
          path: path, offset: header.offset, byteCount: header.storedByteCount,
          checksum: header.checksum))
      position = name + header.byteCount
    }
    guard entries.count == end.count else { throw error(.directoryCut) }
    return entries
  }

  private func path(at position: Int, byteCount: Int) throws(BundlesError) -> String {
    let name = bytes[position..<position + byteCount]
    guard let path = String(validating: name, as: UTF8.self) else {
      let shown = String(decoding: name, as: UTF8.self)
      throw error(.nameNotUTF8, shown)
    }
    return path
  }

  /// Checks an entry against the directory and gives its bytes.
  private func file(
    of entry: ArchiveEntry, before limit: Int
  ) throws(BundlesError) -> BundleFile {
    let start = entry.offset
    let data = start + ArchiveForm.entryByteCount + entry.path.utf8.count
    guard start + ArchiveForm.entryByteCount <= limit,
      number32(start) == ArchiveForm.entrySignature
    else { throw error(.noEntryHeader, entry.path) }
    let header = EntryHeader(numbers: (0..<15).map { word(start + 2 * $0) })
    if let field = header.difference(from: entry) {
      throw error(.headersDiffer(field: field), entry.path)
    }
    guard data <= limit, entry.byteCount <= limit - data else {
      throw error(.beyondEnd(byteCount: entry.byteCount), entry.path)
    }
    guard bytes[data - entry.path.utf8.count..<data].elementsEqual(entry.path.utf8) else {
      throw error(.headersDiffer(field: "name"), entry.path)
    }
    let content = bytes[data..<data + entry.byteCount]
    guard Checksum.crc32(content) == entry.checksum else { throw error(.checksum, entry.path) }
    return BundleFile(path: entry.path, bytes: Array(content))
  }

  private func error(_ problem: ArchiveProblem, _ entry: String? = nil) -> BundlesError {
    .archive(bundle: bundle, entry: entry, problem: problem)
  }

  /// Two bytes as a number; beyond the end they are 0.
  private func word(_ position: Int) -> UInt16 {
    guard position >= 0, position + 1 < bytes.count else { return 0 }
    return UInt16(bytes[position]) | UInt16(bytes[position + 1]) << 8
  }

  private func number32(_ position: Int) -> UInt32? {
    guard position >= 0, position + 3 < bytes.count else { return nil }
    return UInt32(word(position)) | UInt32(word(position + 2)) << 16
  }
}
