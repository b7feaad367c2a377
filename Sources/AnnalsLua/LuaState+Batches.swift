internal import CLuaShim

/// The body of a batch, for as long as it runs.
@safe
private final class LuaBatch {
  let state: LuaState
  let context: OpaquePointer
  let take: (Int, inout LuaCall) throws(LuaError) -> Void

  init(
    _ state: LuaState, _ context: OpaquePointer,
    take: @escaping (Int, inout LuaCall) throws(LuaError) -> Void
  ) {
    self.state = state
    unsafe self.context = unsafe context
    self.take = take
  }

  static func from(_ owner: UnsafeMutableRawPointer?) -> LuaBatch? {
    guard let owner = unsafe owner else { return nil }
    return unsafe Unmanaged<LuaBatch>.fromOpaque(owner).takeUnretainedValue()
  }
}

private func takeRow(
  _ owner: UnsafeMutableRawPointer?, _ row: Int, _ base: Int32, _ count: Int32
) -> Int32 {
  guard let batch = unsafe LuaBatch.from(owner) else { return Int32(ANNALS_DONE) }
  var call = unsafe LuaCall(
    state: batch.state, context: batch.context, function: nil, base: base, count: Int(count))
  return unsafe batch.state.report(to: batch.context) { () throws(LuaError) in
    try batch.take(row, &call)
  }
}

extension LuaState {
  /// Calls a function with a view at each row, under a single protected call. The view stands nowhere
  /// afterwards.
  ///
  /// - Parameters:
  ///   - cursor: The view's.
  ///   - take: Reads the result for a row, counted from 0, as the argument of its call. It must not
  ///     push.
  /// - Throws: The first error, of the function or of `take`; later rows are not run.
  package func map(
    _ function: LuaReference, over view: LuaReference, at cursor: LuaCursor,
    take: @escaping (Int, inout LuaCall) throws(LuaError) -> Void
  ) throws(LuaError) {
    precondition(function.slots === slots, "a Lua value can't move to another state")
    precondition(view.slots === slots, "a Lua value can't move to another state")
    let batch = unsafe LuaBatch(self, try opened(), take: take)
    try protected(
      { _ in },
      run: { context, _ in
        withExtendedLifetime(batch) {
          unsafe annals_map(
            context, function.slot, view.slot, cursor.handle, cursor.columns.rowCount,
            Unmanaged.passUnretained(batch).toOpaque(), takeRow)
        }
      },
      read: { _, _, _ in })
  }

  /// Reads the pairs of a table, in the order of `next`, without running metamethods.
  ///
  /// - Throws: `host("too_large")` if there are more than `limit`.
  package func pairs(
    of table: LuaReference, limit: Int = 1_000_000
  ) throws(LuaError) -> [(key: LuaValue, value: LuaValue)] {
    precondition(table.slots === slots, "a Lua value can't move to another state")
    var pairs: [(key: LuaValue, value: LuaValue)] = []
    let batch = unsafe LuaBatch(
      self, try opened(),
      take: { row, call throws(LuaError) in
        if row >= limit { throw LuaError("too_large", "the table has more than \(limit) entries") }
        pairs.append((try call.value(at: 1), try call.value(at: 2)))
      })
    try protected(
      { _ in },
      run: { context, _ in
        withExtendedLifetime(batch) {
          unsafe annals_each(
            context, table.slot, max(limit, 0) + 1, Unmanaged.passUnretained(batch).toOpaque(),
            takeRow)
        }
      },
      read: { _, _, _ in })
    return pairs
  }
}
