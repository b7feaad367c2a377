extension LuaCall {
  package func requiredInteger(at position: Int) throws(LuaError) -> Int64 {
    if let value = integer(at: position) { return value }
    guard let number = number(at: position) else {
      throw mismatch(at: position, expected: "an integer")
    }
    throw LuaError(
      "wrong_argument",
      "argument \(position) of `\(functionName)` must be an integer, not \(number)")
  }

  package func requiredNumber(at position: Int) throws(LuaError) -> Double {
    guard let value = number(at: position) else {
      throw mismatch(at: position, expected: "a number")
    }
    return value
  }

  /// - Parameter fix: What to do where it is no text.
  package func requiredString(at position: Int, fix: String? = nil) throws(LuaError) -> String {
    guard let value = string(at: position) else {
      throw mismatch(at: position, expected: "a text", fix: fix)
    }
    return value
  }

  package func requiredTable(at position: Int) throws(LuaError) -> LuaReference {
    guard type(at: position) == .table else { throw mismatch(at: position, expected: "a table") }
    return try reference(at: position)
  }

  package func requiredFunction(at position: Int) throws(LuaError) -> LuaReference {
    guard type(at: position) == .function else {
      throw mismatch(at: position, expected: "a function")
    }
    return try reference(at: position)
  }

  package func requiredObject<Object>(
    at position: Int, as type: LuaObjectType<Object>
  ) throws(LuaError) -> Object {
    guard let value = object(at: position, as: type) else {
      throw mismatch(at: position, expected: "a `\(type.name)`")
    }
    return value
  }

  /// The error for an argument of the wrong type.
  package func mismatch(at position: Int, expected: String, fix: String? = nil) -> LuaError {
    let subject =
      functionName == LuaObjectEvent.index.rawValue
      ? "a key" : "argument \(position) of `\(functionName)`"
    return LuaError(
      "wrong_argument", "\(subject) must be \(expected), not \(typeName(at: position))", fix: fix)
  }
}
