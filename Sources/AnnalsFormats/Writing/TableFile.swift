package import AnnalsEngine
import AnnalsPlatform

/// A file that holds one table.
package enum TableFile {
  /// Writes a table in the format of the path's ending, whole or not at all.
  ///
  /// - Parameters:
  ///   - access: Where files may be written.
  ///   - budget: For columns that must be brought into Arrow's form.
  ///   - stop: Ends the writing with ``EngineError/stopped`` once it is raised.
  package static func write(
    _ table: Table, to path: String, access: FileAccess, budget: MemoryBudget, stop: StopFlag
  ) throws(FormatsError) {
    guard let format = TableFormat(path: path) else { throw .unknownTableEnding(path: path) }
    let writer = try TableWriter(table, format: format, description: nil, budget: budget)
    let file = try onDisk { () throws(PlatformError) in
      try AtomicFile(path: path, access: access)
    }
    try writer.write { bytes throws(FormatsError) in
      if stop.isRaised { throw .engine(cause: .stopped) }
      try onDisk { () throws(PlatformError) in try file.write(bytes) }
    }
    try onDisk { () throws(PlatformError) in try file.finish() }
  }

  private static func onDisk<Result>(
    _ body: () throws(PlatformError) -> Result
  ) throws(FormatsError) -> Result {
    do throws(PlatformError) { return try body() } catch { throw .platform(cause: error) }
  }
}
