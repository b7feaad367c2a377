import Synchronization

/// The columns of a table that is worked out from another one when somebody first uses it, and kept
/// from then on.
package final class DerivedColumns: Sendable {
  private let derivation: @Sendable () throws(EngineError) -> [TableColumn]
  private let columns = Mutex<[TableColumn]?>(nil)

  /// - Parameter derivation: Gives a column of equal length for each slot. What it throws is thrown
  ///   again at each use. It may use other derived tables, but not in a circle.
  package init(_ derivation: @escaping @Sendable () throws(EngineError) -> [TableColumn]) {
    self.derivation = derivation
  }

  /// The columns. Who comes while another works them out waits.
  func read() throws(EngineError) -> [TableColumn] {
    try columns.withLock { known throws(EngineError) in
      if let known { return known }
      let columns = try derivation()
      precondition(
        columns.allSatisfy { $0.count == columns[0].count }, "columns are of equal length")
      known = columns
      return columns
    }
  }

  /// The columns, if they were worked out.
  var known: [TableColumn]? { columns.withLock { $0 } }
}
