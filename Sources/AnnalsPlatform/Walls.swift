import CAnnalsPlatform
import Glibc

/// What the process gives up, for good and in all its threads, before it runs a stranger's script.
///
/// A script can't do such things anyway; the walls are for the case that it breaks the interpreter.
package struct Walls: Sendable {
  package enum Wall: String, CaseIterable, CustomStringConvertible, Sendable {
    /// Files outside of the folders that are named here.
    case files
    /// New programs and processes, network, and looking into other processes.
    case calls
    /// Writing the memory to a file in a crash.
    case core

    package var description: String {
      switch self {
      case .files: "files (Landlock)"
      case .calls: "programs and network (seccomp)"
      case .core: "core dumps"
      }
    }
  }

  /// Folders whose files may be read.
  package var readableFolders: [String] = []
  /// Folders in which files may be read and written.
  package var writableFolders: [String] = []
  /// Folders in which a file that is open may still be moved to its name.
  package var outputFolders: [String] = []

  package init() {}

  /// Raises all walls that the system has.
  ///
  /// - Returns: Those that could not be raised.
  package func raise() -> [Wall] {
    var missing: [Wall] = []
    if annals_forbid_core() < 0 { missing.append(.core) }
    if !raiseFence() { missing.append(.files) }
    // The fence needs calls that are forbidden after this.
    if annals_forbid_calls() < 0 { missing.append(.calls) }
    return missing
  }

  private func raiseFence() -> Bool {
    let fence = annals_fence_begin()
    guard fence >= 0 else { return false }
    let gates =
      readableFolders.map { ($0, ANNALS_FENCE_READ) }
      + writableFolders.map { ($0, ANNALS_FENCE_READ | ANNALS_FENCE_WRITE) }
      + outputFolders.map { ($0, ANNALS_FENCE_REPLACE) }
    for (folder, uses) in gates {
      // A folder that is not there needs no gate.
      // SAFETY: the path is a C string for the length of the call.
      unsafe _ = annals_fence_allow(fence, folder, Int32(uses))
    }
    return annals_fence_close(fence) == 0
  }
}
