internal import CLuaShim

/// Columns of equal length that scripts read without a call into Swift.
@safe
package final class LuaColumns {
  package let rowCount: Int
  /// How many there can be.
  package static let limit = 1 << 14
  /// The Lua table that keeps the names and what is remembered of values.
  let anchors: LuaReference
  let handle: OpaquePointer
  private unowned let state: LuaState
  private var owners: [AnyObject] = []

  package init(_ state: LuaState, rowCount: Int) throws(LuaError) {
    precondition(rowCount >= 0, "rows are counted from 0")
    self.state = state
    self.rowCount = rowCount
    anchors = try state.makeTable([])
    guard let handle = unsafe annals_columns_new(Int64(rowCount)) else {
      throw LuaError(kind: .memory, message: LuaError.Kind.memory.sentence(state.limits))
    }
    unsafe self.handle = unsafe handle
  }

  deinit { unsafe annals_columns_free(handle) }

  /// Adds a column.
  ///
  /// - Throws: `script` if there are ``limit`` of them.
  package func add(_ column: LuaColumn, named name: String) throws(LuaError) {
    if let count = column.rowCount {
      precondition(count >= rowCount, "columns are as long as said")
    }
    owners += column.owners
    var name = name
    try state.protected(
      { _ in },
      run: { context, _ in
        name.withUTF8 { bytes in
          unsafe annals_add_column(
            context, handle, anchors.slot, bytes.baseAddress, bytes.count, column.cells)
        }
      },
      read: { _, _, _ in })
  }
}

/// Where a view of rows stands.
@safe
package final class LuaCursor {
  package let columns: LuaColumns
  let handle: UnsafeMutablePointer<annals_cursor>

  package init(_ columns: LuaColumns, row: Int? = nil) {
    self.columns = columns
    unsafe handle = .allocate(capacity: 1)
    unsafe handle.initialize(to: annals_cursor(columns: columns.handle, row: -1, next: 0))
    self.row = row
  }

  deinit { unsafe handle.deallocate() }

  /// Counts from 0; nil if it stands nowhere, as after a loop.
  package var row: Int? {
    get {
      let row = unsafe handle.pointee.row
      return row < 0 ? nil : Int(row)
    }
    set {
      if let newValue {
        precondition((0..<columns.rowCount).contains(newValue), "a row lies within the columns")
      }
      unsafe handle.pointee.row = Int64(newValue ?? -1)
    }
  }
}
