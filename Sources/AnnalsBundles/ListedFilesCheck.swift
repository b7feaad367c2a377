/// Compares the files of a bundle with the list in its manifest.
struct ListedFilesCheck {
  let bundle: String
  let files: BundleFiles

  /// The list as it should be.
  var listed: [ListedFile] {
    files.all.map {
      ListedFile(path: $0.path, byteCount: $0.bytes.count, hash: ContentHash(of: $0.bytes))
    }
  }

  /// - Throws: For the first file, in the order of their paths, that differs.
  func compare(_ list: [ListedFile]?) throws(BundlesError) {
    guard let list else {
      throw .file(bundle: bundle, path: Manifest.path, problem: .noList)
    }
    var entries: [String: ListedFile] = [:]
    for entry in list {
      guard files[entry.path] != nil else {
        throw .file(bundle: bundle, path: entry.path, problem: .missing)
      }
      entries[entry.path] = entry
    }
    for file in listed {
      guard let entry = entries[file.path] else {
        throw .file(bundle: bundle, path: file.path, problem: .unlisted)
      }
      if entry.byteCount != file.byteCount {
        throw .file(
          bundle: bundle, path: file.path,
          problem: .wrongSize(listed: entry.byteCount, found: file.byteCount))
      }
      if entry.hash != file.hash {
        throw .file(
          bundle: bundle, path: file.path,
          problem: .wrongHash(listed: entry.hash, found: file.hash))
      }
    }
  }
}
