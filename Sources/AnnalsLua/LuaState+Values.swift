internal import CLuaShim

extension LuaState {
  // MARK: Pushing into the buffer. Nothing here raises.

  func push(_ string: String?, to context: OpaquePointer) {
    guard var string else { return unsafe annals_push_nil(context) }
    string.withUTF8 { unsafe annals_push_bytes(context, $0.baseAddress, $0.count) }
  }

  func push(_ text: LuaText, to context: OpaquePointer) {
    unsafe text.bytes.withUnsafeBufferPointer {
      unsafe annals_push_bytes(context, $0.baseAddress, $0.count)
    }
  }

  func push(_ reference: LuaReference, to context: OpaquePointer) {
    precondition(reference.slots === slots, "a Lua value can't move to another state")
    unsafe annals_push_slot(context, reference.slot)
  }

  func push(_ value: LuaValue, to context: OpaquePointer) {
    switch value {
    case .nil: unsafe annals_push_nil(context)
    case .boolean(let value): unsafe annals_push_boolean(context, value)
    case .integer(let value): unsafe annals_push_integer(context, value)
    case .number(let value): unsafe annals_push_number(context, value)
    case .string(let text): unsafe push(text, to: context)
    case .table(let reference), .function(let reference), .object(_, let reference),
      .other(let reference):
      unsafe push(reference, to: context)
    }
  }

  func push(_ name: String, _ body: @escaping LuaBody, to context: OpaquePointer) {
    let function = LuaFunction(name: name, body: body)
    unsafe annals_push_function(context, Unmanaged.passRetained(function).toOpaque())
  }

  // MARK: Reading from the stack

  /// Keeps the value at an index of the running frame.
  func keep(_ index: Int32, in context: OpaquePointer) throws(LuaError) -> LuaReference {
    let slot = unsafe annals_keep(context, index)
    if slot == 0 {
      try checkLimits()
      throw LuaError(kind: .memory, message: LuaError.Kind.memory.sentence(limits))
    }
    return LuaReference(slot: slot, slots: slots)
  }

  func read(_ index: Int32, in context: OpaquePointer) throws(LuaError) -> LuaValue {
    let reading = unsafe annals_read(context, index)
    switch unsafe reading.type {
    case .ANNALS_TYPE_NONE, .ANNALS_TYPE_NIL: return .nil
    case .ANNALS_TYPE_BOOLEAN: return unsafe .boolean(reading.integer != 0)
    case .ANNALS_TYPE_INTEGER: return unsafe .integer(reading.integer)
    case .ANNALS_TYPE_NUMBER: return unsafe .number(reading.number)
    case .ANNALS_TYPE_STRING: return .string(unsafe LuaText(reading.text))
    case .ANNALS_TYPE_TABLE: return .table(unsafe try keep(index, in: context))
    case .ANNALS_TYPE_FUNCTION: return .function(unsafe try keep(index, in: context))
    case .ANNALS_TYPE_OBJECT:
      let reference = unsafe try keep(index, in: context)
      guard let object = unsafe reading.object else { return .other(reference) }
      return .object(
        unsafe Unmanaged<AnyObject>.fromOpaque(object).takeUnretainedValue(), reference)
    case .ANNALS_TYPE_OTHER: return .other(unsafe try keep(index, in: context))
    @unknown default: return .nil
    }
  }

  /// Reads the values above `base`.
  func readAll(
    _ context: OpaquePointer, _ base: Int32, _ count: Int32
  ) throws(LuaError) -> [LuaValue] {
    var values: [LuaValue] = []
    values.reserveCapacity(Int(count))
    for index in 0..<count { values.append(unsafe try read(base + 1 + index, in: context)) }
    return values
  }

  /// The value that a reference stands for.
  package func value(of reference: LuaReference) throws(LuaError) -> LuaValue {
    let context = unsafe try opened()
    precondition(reference.slots === slots, "a Lua value can't move to another state")
    guard unsafe annals_show(context, reference.slot) else {
      throw LuaError(kind: .depth, message: LuaError.Kind.depth.sentence(limits))
    }
    let index = unsafe annals_top(context)
    defer { unsafe annals_set_top(context, index - 1) }
    return unsafe try read(index, in: context)
  }

  /// Whether two references stand for the same table, function, object or coroutine.
  package func isSame(_ left: LuaReference, _ right: LuaReference) -> Bool {
    guard let context = unsafe try? opened(), left.slots === slots, right.slots === slots else {
      return false
    }
    let identity = unsafe annals_identity(context, left.slot)
    return unsafe identity != nil && identity == annals_identity(context, right.slot)
  }
}

extension LuaText {
  init(_ text: annals_text) {
    bytes = unsafe Array(UnsafeBufferPointer(start: text.bytes, count: text.count))
  }
}
