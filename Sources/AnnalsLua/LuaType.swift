internal import CLuaShim

/// What kind of value an argument is.
package enum LuaType: String, Sendable {
  /// There is no such argument.
  case none = "nothing"
  case `nil`
  case boolean, integer, number, string, table, function, object
  /// A coroutine, or userdata that is not ours.
  case other

  init(_ type: annals_type) {
    self =
      switch type {
      case .ANNALS_TYPE_NONE: .none
      case .ANNALS_TYPE_NIL: .nil
      case .ANNALS_TYPE_BOOLEAN: .boolean
      case .ANNALS_TYPE_INTEGER: .integer
      case .ANNALS_TYPE_NUMBER: .number
      case .ANNALS_TYPE_STRING: .string
      case .ANNALS_TYPE_TABLE: .table
      case .ANNALS_TYPE_FUNCTION: .function
      case .ANNALS_TYPE_OBJECT: .object
      case .ANNALS_TYPE_OTHER: .other
      @unknown default: .other
      }
  }
}
