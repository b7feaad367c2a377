import AnnalsPlatform

/// Finds the texts of modules in a list of folders.
package struct ModuleFiles: Sendable {
  private let folders: [FileAccess]
  /// The folders, as they were given.
  package let names: [String]
  /// Texts in memory by their paths; nil where modules are files.
  private let texts: [String: [UInt8]]?

  /// Whether all modules that there are lie in memory.
  package var isBundled: Bool { texts != nil }

  /// A module is small; what is larger is none.
  private static let byteLimit = 16 << 20

  /// Opens the folders that are there, so that modules are found in them whatever happens to their
  /// paths later; the others are passed over.
  package init(_ folders: [String]) {
    var names: [String] = []
    var opened: [FileAccess] = []
    for folder in folders {
      guard let access = try? FileAccess.within([folder]) else { continue }
      names.append(folder)
      opened.append(access)
    }
    self.names = names
    self.folders = opened
    texts = nil
  }

  /// Looks in memory, and in no file.
  ///
  /// - Parameter folders: Of the paths of `texts`; the empty one holds them all.
  package init(_ texts: [String: [UInt8]], folders: [String]) {
    self.texts = texts
    names = folders
    self.folders = []
  }

  /// The text of the first file of these names that is there; nil if none is.
  ///
  /// - Parameter paths: Relative to each folder, tried in order.
  package func contents(
    of paths: [String]
  ) throws(FormatsError) -> (path: String, bytes: [UInt8])? {
    if let texts { return bundled(paths, in: texts) }
    for (folder, name) in zip(folders, names) {
      for path in paths {
        let full = name + "/" + path
        do throws(PlatformError) {
          guard try folder.kind(of: full) == .file else { continue }
          return (
            path,
            try FileReader.contents(of: full, access: folder, byteLimit: Self.byteLimit)
          )
        } catch {
          throw .platform(cause: error)
        }
      }
    }
    return nil
  }

  private func bundled(
    _ paths: [String], in texts: [String: [UInt8]]
  ) -> (path: String, bytes: [UInt8])? {
    for folder in names {
      for path in paths {
        let full = folder.isEmpty ? path : folder + "/" + path
        if let bytes = texts[full] { return (full, bytes) }
      }
    }
    return nil
  }
}
