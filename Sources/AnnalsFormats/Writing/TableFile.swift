package import AnnalsEngine
import AnnalsPlatform

/// A file that holds one table.
package enum TableFile {
  /// Writes a table in the format of the path's ending, whole or not at all.
  ///
  /// - Parameters:
  ///   - access: Where files may be written.
  ///   - budget: For columns that must be brought into Arrow's form.
  package static func write(
    _ table: Table, to path: String, access: FileAccess, budget: MemoryBudget
  ) throws(FormatsError) {
    guard let format = TableFormat(path: path) else { throw .unknownTableEnding(path: path) }
    let writer = try TableWriter(table, format: format, description: nil, budget: budget)
    do throws(PlatformError) {
      let file = try AtomicFile(path: path, access: access)
      try writer.write { bytes throws(PlatformError) in try file.write(bytes) }
      try file.finish()
    } catch {
      throw .platform(cause: error)
    }
  }
}
