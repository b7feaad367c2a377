internal import CLuaShim

extension LuaState {
  /// Makes userdata that holds `object` and shows the row where the cursor stands; the object keeps
  /// the cursor. The type's `index` handler is asked for what is no column.
  package func makeView<Object>(
    _ object: Object, as type: LuaObjectType<Object>, at cursor: LuaCursor
  ) throws(LuaError) -> LuaReference {
    let typeSlot = slot(of: type)
    return try protected(
      { _ in },
      run: { context, _ in
        let owned = unsafe Unmanaged.passRetained(object)
        let made = unsafe annals_make_view(
          context, owned.toOpaque(), typeSlot, max(type.footprint(object), 0), cursor.handle,
          cursor.columns.anchors.slot)
        if !made { unsafe owned.release() }
        return made
      },
      read: { context, base, _ throws(LuaError) in unsafe try keep(base + 1, in: context) })
  }

  /// Makes an iterator that moves a view from row to row, and takes it nowhere in the end.
  package func makeRowLoop(of view: LuaReference) throws(LuaError) -> LuaReference {
    precondition(view.slots === slots, "a Lua value can't move to another state")
    return try protected(
      { _ in }, run: { context, _ in unsafe annals_make_rows(context, view.slot) },
      read: { context, base, _ throws(LuaError) in unsafe try keep(base + 1, in: context) })
  }

  /// Makes an iterator that gives each row's number and its cells of all columns.
  ///
  /// - Parameter cell: Called with the numbers of a row and a column, from 1, for the value of a
  ///   column that does not lie at hand.
  package func makeValueLoop(
    of view: LuaReference, cell: LuaReference
  ) throws(LuaError) -> LuaReference {
    precondition(view.slots === slots, "a Lua value can't move to another state")
    precondition(cell.slots === slots, "a Lua value can't move to another state")
    return try protected(
      { _ in }, run: { context, _ in unsafe annals_make_values(context, view.slot, cell.slot) },
      read: { context, base, _ throws(LuaError) in unsafe try keep(base + 1, in: context) })
  }

  /// Calls a function with a view at each row, and sets the bits of the rows for which it gives
  /// neither nil nor false. The view stands nowhere afterwards.
  ///
  /// - Parameters:
  ///   - cursor: The view's.
  ///   - bits: One for each row, 64 to a word, all 0.
  package func filter(
    _ function: LuaReference, over view: LuaReference, at cursor: LuaCursor,
    into bits: inout MutableSpan<UInt64>
  ) throws(LuaError) {
    precondition(function.slots === slots, "a Lua value can't move to another state")
    precondition(view.slots === slots, "a Lua value can't move to another state")
    let rowCount = cursor.columns.rowCount
    precondition(bits.count * 64 >= rowCount, "there is a bit for each row")
    try unsafe bits.withUnsafeMutableBufferPointer { words throws(LuaError) in
      let start = words.baseAddress
      try protected(
        { _ in },
        run: { context, _ in
          unsafe annals_filter(context, function.slot, view.slot, cursor.handle, rowCount, start)
        },
        read: { _, _, _ in })
    }
  }
}
