package import AnnalsPlatform

/// Which files may be opened; see the platform's type.
package typealias FileAccess = AnnalsPlatform.FileAccess

extension FileAccess {
  /// All that the process may open.
  package static let anywhere = FileAccess.all

  /// What lies in some folders, and nothing outside of them.
  ///
  /// - Throws: ``FormatsError/platform(cause:)`` for a folder that can't be opened.
  package static func within(_ folders: [String]) throws(FormatsError) -> FileAccess {
    var granted: [GrantedFolder] = []
    for folder in folders {
      do throws(PlatformError) {
        granted.append(try GrantedFolder(path: folder))
      } catch {
        throw .platform(cause: error)
      }
    }
    return .folders(granted)
  }
}
