internal import CLuaShim

// Results go into a plain buffer; C puts them on the Lua stack when the Swift frame is gone.
extension LuaCall {
  package func pushNil() { unsafe annals_push_nil(context) }

  package func push(_ value: Bool) { unsafe annals_push_boolean(context, value) }

  package func push(_ value: Int64) { unsafe annals_push_integer(context, value) }

  package func push(_ value: Int) { unsafe annals_push_integer(context, Int64(value)) }

  package func push(_ value: Double) { unsafe annals_push_number(context, value) }

  package func push(_ string: String) { unsafe state.push(string, to: context) }

  package func push(_ text: LuaText) { unsafe state.push(text, to: context) }

  package func push(_ bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer {
      unsafe annals_push_bytes(context, $0.baseAddress, $0.count)
    }
  }

  package func push(_ value: LuaValue) { unsafe state.push(value, to: context) }

  /// Pushes a kept value; the cheapest way to push a text again and again.
  package func push(_ reference: LuaReference) { unsafe state.push(reference, to: context) }

  /// Pushes what a kept table holds at an index: a dictionary's text by its code.
  package func push(element index: Int, of table: LuaReference) {
    precondition(table.slots === state.slots, "a Lua value can't move to another state")
    unsafe annals_push_element(context, table.slot, Int64(index))
  }

  /// Pushes an argument as it is; only fit in a host function.
  package func push(argument position: Int) {
    guard position <= count else { return pushNil() }
    unsafe annals_push_argument(context, index(position))
  }

  /// Pushes the object of a method call.
  package func pushSelf() { unsafe annals_push_argument(context, 1) }

  /// Pushes a new userdata that holds `object`.
  package func push<Object>(_ object: Object, as type: LuaObjectType<Object>) {
    unsafe state.push(object, as: type, tiedTo: nil, to: context)
  }

  /// Pushes a new userdata that holds `object` and keeps a Lua value alive, in a way that Lua's
  /// collector sees: a function that the object will call, say.
  package func push<Object>(
    _ object: Object, as type: LuaObjectType<Object>, tiedTo value: LuaValue
  ) {
    unsafe state.push(object, as: type, tiedTo: value, to: context)
  }

  /// Pushes a new function. An iterator is one: a script calls it for each step, so that a step may
  /// be followed by a yield.
  package func push(function name: String, _ body: @escaping LuaBody) {
    unsafe state.push(name, body, to: context)
  }
}
