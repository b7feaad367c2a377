internal import CLuaShim

extension LuaCall {
  package func type(at position: Int) -> LuaType {
    position > count ? .none : LuaType(unsafe annals_type_at(context, index(position)))
  }

  /// Whether the argument is nil or missing.
  package func isNil(at position: Int) -> Bool {
    let type = type(at: position)
    return type == .none || type == .nil
  }

  /// A boolean; nil of any other value.
  package func boolean(at position: Int) -> Bool? {
    guard type(at: position) == .boolean else { return nil }
    return unsafe annals_read(context, index(position)).integer != 0
  }

  /// An integer, or a number with an integral value; nil of any other value, also of texts.
  package func integer(at position: Int) -> Int64? {
    var value: Int64 = 0
    guard position <= count else { return nil }
    return unsafe annals_read_integer(context, index(position), &value) ? value : nil
  }

  /// A number or integer; nil of any other value, also of texts.
  package func number(at position: Int) -> Double? {
    var value = 0.0
    guard position <= count else { return nil }
    return unsafe annals_read_number(context, index(position), &value) ? value : nil
  }

  /// A text, repaired where it is no UTF-8; nil of any other value, also of numbers.
  package func string(at position: Int) -> String? {
    withBytes(at: position) { bytes in
      unsafe bytes.withUnsafeBufferPointer { unsafe String(decoding: $0, as: UTF8.self) }
    }
  }

  /// The bytes of a text; nil of any other value.
  package func text(at position: Int) -> LuaText? {
    withBytes(at: position) { bytes in
      unsafe bytes.withUnsafeBufferPointer { unsafe LuaText(bytes: Array($0)) }
    }
  }

  /// Reads the bytes of a text where they stand; nil of any other value.
  package func withBytes<Result>(
    at position: Int, _ body: (Span<UInt8>) -> Result
  ) -> Result? {
    var text = unsafe annals_text()
    guard position <= count, unsafe annals_read_text(context, index(position), &text) else {
      return nil
    }
    let buffer = unsafe UnsafeBufferPointer(start: text.bytes, count: text.count)
    return body(unsafe Span(_unsafeElements: buffer))
  }

  /// Where a text lies: of two texts of at most 40 bytes, equal exactly if the texts are, as long as
  /// something keeps one of them alive. Nil of any other value.
  package func textAddress(at position: Int) -> UInt? {
    var text = unsafe annals_text()
    guard position <= count, unsafe annals_read_text(context, index(position), &text) else {
      return nil
    }
    return unsafe UInt(bitPattern: text.bytes)
  }

  /// Any value. Tables, functions and objects are kept, which may need memory.
  package func value(at position: Int) throws(LuaError) -> LuaValue {
    position > count ? .nil : unsafe try state.read(index(position), in: context)
  }

  /// All values, in order.
  package func values() throws(LuaError) -> [LuaValue] {
    unsafe try state.readAll(context, base, Int32(count))
  }

  /// Keeps any value, also a plain one.
  package func reference(at position: Int) throws(LuaError) -> LuaReference {
    unsafe try state.keep(index(position), in: context)
  }

  /// A Swift object of exactly this type; nil of any other value.
  package func object<Object>(at position: Int, as type: LuaObjectType<Object>) -> Object? {
    var object: UnsafeMutableRawPointer?
    guard position <= count,
      unsafe annals_is_object(context, index(position), type.metatable, &object),
      let object = unsafe object
    else { return nil }
    return unsafe Unmanaged<Object>.fromOpaque(object).takeUnretainedValue()
  }

  /// The value that is tied to an object; nil if nothing is or can be.
  package func tiedValue(at position: Int) throws(LuaError) -> LuaValue {
    guard unsafe annals_tied(context, index(position)) else { return .nil }
    let top = unsafe annals_top(context)
    defer { unsafe annals_set_top(context, top - 1) }
    return unsafe try state.read(top, in: context)
  }

  /// What messages call the argument: a type of Lua, `text`, or the name of an object's type.
  package func typeName(at position: Int) -> String {
    let type = type(at: position)
    guard type == .object else { return type == .string ? "text" : type.rawValue }
    var name = unsafe annals_text()
    _ = unsafe annals_type_name(context, index(position), &name)
    return unsafe String(name) ?? type.rawValue
  }
}
