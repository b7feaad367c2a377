/// A Lua value as Swift sees it.
package enum LuaValue {
  case `nil`
  case boolean(Bool)
  case integer(Int64)
  case number(Double)
  case string(LuaText)
  case table(LuaReference)
  case function(LuaReference)
  /// A Swift object, and the userdata that scripts hold.
  case object(AnyObject, LuaReference)
  /// A coroutine, or userdata that is not ours.
  case other(LuaReference)

  package static func string(_ string: String) -> LuaValue { .string(LuaText(string)) }

  package var isNil: Bool {
    if case .nil = self { true } else { false }
  }

  /// The bytes of a string; nil of any other value.
  package var text: LuaText? {
    if case .string(let text) = self { text } else { nil }
  }

  /// What holds a table, function, object or coroutine; nil of a plain value.
  package var reference: LuaReference? {
    switch self {
    case .table(let reference), .function(let reference), .object(_, let reference),
      .other(let reference):
      reference
    default: nil
    }
  }
}
