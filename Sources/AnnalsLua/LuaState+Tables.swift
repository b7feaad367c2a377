internal import CLuaShim

// Raw access: none of these runs a metamethod.
extension LuaState {
  /// Makes a table of values, numbered from 1.
  package func makeTable(_ values: [LuaValue]) throws(LuaError) -> LuaReference {
    try protected(
      { context in for value in values { unsafe push(value, to: context) } },
      run: { context, mark in unsafe annals_make_list(context, mark) },
      read: { context, base, _ throws(LuaError) in unsafe try keep(base + 1, in: context) })
  }

  /// Makes a table of named values.
  package func makeTable(
    _ pairs: KeyValuePairs<String, LuaValue>
  ) throws(LuaError) -> LuaReference {
    try makeTable(pairs: pairs.map { (.string($0.key), $0.value) })
  }

  /// Makes a table of keys and values.
  ///
  /// - Throws: `script` if a key is nil or not a number.
  package func makeTable(
    pairs: [(key: LuaValue, value: LuaValue)]
  ) throws(LuaError) -> LuaReference {
    try protected(
      { context in
        for pair in pairs {
          unsafe push(pair.key, to: context)
          unsafe push(pair.value, to: context)
        }
      },
      run: { context, mark in unsafe annals_make_map(context, mark) },
      read: { context, base, _ throws(LuaError) in unsafe try keep(base + 1, in: context) })
  }

  /// The length of a table or text, as `rawlen` counts it.
  package func length(of table: LuaReference) throws(LuaError) -> Int {
    precondition(table.slots === slots, "a Lua value can't move to another state")
    return unsafe Int(annals_length(try opened(), table.slot))
  }

  package func get(_ key: LuaValue, of table: LuaReference) throws(LuaError) -> LuaValue {
    precondition(table.slots === slots, "a Lua value can't move to another state")
    return try protected(
      { context in unsafe push(key, to: context) },
      run: { context, mark in unsafe annals_get(context, table.slot, mark) },
      read: { context, base, _ throws(LuaError) in unsafe try read(base + 1, in: context) })
  }

  package func get(_ name: String, of table: LuaReference) throws(LuaError) -> LuaValue {
    try get(.string(name), of: table)
  }

  package func get(_ index: Int, of table: LuaReference) throws(LuaError) -> LuaValue {
    try get(.integer(Int64(index)), of: table)
  }

  /// The metatable of a table, also where `getmetatable` would not show it; nil if it has none.
  package func metatable(of table: LuaReference) throws(LuaError) -> LuaReference? {
    precondition(table.slots === slots, "a Lua value can't move to another state")
    return try protected(
      { _ in },
      run: { context, _ in unsafe annals_get_metatable(context, table.slot) },
      read: { context, base, _ throws(LuaError) in
        guard case .table(let metatable) = unsafe try read(base + 1, in: context) else {
          return nil
        }
        return metatable
      })
  }

  /// Sets a field; nil removes it.
  package func set(
    _ key: LuaValue, to value: LuaValue, of table: LuaReference
  ) throws(LuaError) {
    precondition(table.slots === slots, "a Lua value can't move to another state")
    try protected(
      { context in
        unsafe push(key, to: context)
        unsafe push(value, to: context)
      },
      run: { context, mark in unsafe annals_set(context, table.slot, mark) },
      read: { _, _, _ in })
  }

  /// Puts texts into a list, the first of them at a place.
  package func fill(
    _ list: LuaReference, from place: Int, _ texts: [String]
  ) throws(LuaError) {
    precondition(list.slots === slots, "a Lua value can't move to another state")
    try protected(
      { context in for text in texts { unsafe push(text, to: context) } },
      run: { context, mark in unsafe annals_fill(context, list.slot, place, mark) },
      read: { _, _, _ in })
  }

  /// The table of globals.
  package func globals() throws(LuaError) -> LuaReference {
    let context = unsafe try opened()
    let slot = unsafe annals_globals(context)
    if slot == 0 {
      try checkLimits()
      throw unsafe takeFailure(context)
    }
    return LuaReference(slot: slot, slots: slots)
  }

  /// Sets a global; nil removes it.
  package func setGlobal(_ name: String, to value: LuaValue) throws(LuaError) {
    try set(.string(name), to: value, of: globals())
  }
}
