/// What a type of objects offers to scripts.
///
/// Fields are looked up among the methods first; only then the `index` handler is asked. Lua's
/// collector releases the objects, so their `deinit` must not use the state.
package struct LuaObjectDescription<Object: AnyObject> {
  /// Receives the object, and a call without it: its arguments are those in the parentheses.
  package typealias Method = (Object, inout LuaCall) throws(LuaError) -> Void

  var methods: [(String, Method)] = []
  var events: [(LuaObjectEvent, Method)] = []
  var operations: [(LuaOperation, LuaBody)] = []
  /// How many bytes an object holds when Lua gets it, roughly. They count as Lua's own, so that a
  /// script can't fill the memory with objects that are small to Lua.
  package var footprint: (Object) -> Int = { _ in 256 }

  package init() {}

  /// Adds `object:name(…)`.
  package mutating func method(_ name: String, _ body: @escaping Method) {
    methods.append((name, body))
  }

  /// Says what happens to one object.
  package mutating func on(_ event: LuaObjectEvent, _ body: @escaping Method) {
    events.append((event, body))
  }

  /// Says what an operator does. Either operand may be of the type, so both are arguments.
  package mutating func on(_ operation: LuaOperation, _ body: @escaping LuaBody) {
    operations.append((operation, body))
  }
}

/// What can happen to an object.
package enum LuaObjectEvent: String, Sendable {
  /// `o[key]`: argument 1 is the key; the result is the value.
  case index = "__index"
  /// `o[key] = value`: arguments 1 and 2.
  case newIndex = "__newindex"
  /// `#o`.
  case length = "__len"
  /// `tostring(o)`: the result must be a text.
  case toString = "__tostring"
  /// `o(…)`.
  case call = "__call"
  /// `pairs(o)`: the results are an iterator function, and what it is called with.
  case pairs = "__pairs"
  /// The end of a block with `local o <close>`: argument 1 is the error, if one is under way.
  case close = "__close"
}

/// What operators do with an object.
package enum LuaOperation: String, Sendable {
  /// `a == b`, asked only if both are objects and not the same one.
  case equal = "__eq"
  case less = "__lt"
  case lessOrEqual = "__le"
  case concatenate = "__concat"
  case add = "__add"
  case subtract = "__sub"
  case multiply = "__mul"
  case divide = "__div"
  case remainder = "__mod"
  case power = "__pow"
  case floorDivide = "__idiv"
  /// `-a`; Lua gives the operand twice.
  case negate = "__unm"
}
