import AnnalsEngine
import AnnalsLua

/// A view of one row: `row.name`, `row["event.title"]`.
///
/// The view of a loop moves with the loop and is an error after it; a copy stays.
final class ScriptRow {
  let source: RowSource
  let cursor: LuaCursor
  /// How many bytes it takes, roughly.
  let footprint: Int

  init(_ source: RowSource, at cursor: LuaCursor) {
    self.source = source
    self.cursor = cursor
    footprint = 384 + source.uncountedFootprint()
  }

  /// What scripts see of it.
  func shown() throws(LuaError) -> LuaReference {
    try source.session.state.makeView(self, as: source.session.types.row, at: cursor)
  }

  func current() throws(LuaError) -> Int {
    guard let row = cursor.row else {
      throw LuaError(
        "released", "this row belongs to a loop that is over",
        fix: "keep rows with `row:copy()`, or the values that you need")
    }
    return row
  }

  static var description: LuaObjectDescription<ScriptRow> {
    var description = LuaObjectDescription<ScriptRow>()
    description.footprint = \.footprint
    description.add(methods)
    description.on(.index) { object, call throws(LuaError) in
      let name = try call.requiredString(at: 1)
      let row = try object.current()
      // Only what scripts can't read where it lies comes here again.
      try object.source.share(name)
      try object.source.push(name, row: row, to: call)
    }
    description.on(.newIndex) { _, call throws(LuaError) in
      throw LuaError("misuse", "rows can't be changed", fix: "add columns with `derive`")
    }
    description.on(.toString) { object, call throws(LuaError) in
      let row = try object.current()
      let table = object.source.table
      let cells = table.schema.fields.map { field in
        field.name + " = " + Self.shown(table.value(row: row, field: field))
      }
      call.push("{" + cells.joined(separator: ", ") + "}")
    }
    description.on(.pairs) { object, call throws(LuaError) in
      let row = try object.current()
      var fields = object.source.table.schema.fields[...]
      call.push(function: "next") { call throws(LuaError) in
        guard let field = fields.popFirst() else { return call.pushNil() }
        call.push(field.name)
        try object.source.push(object.source.table, row: row, field, to: call)
      }
    }
    return description
  }

  private static func shown(_ value: Value) -> String {
    switch value {
    case .null: "nil"
    case .text(let text): "\"" + text + "\""
    default: value.text
    }
  }
}

/// A reference in a script: a view of the row that it names, which prints as its key.
final class ScriptReference {
  let source: RowSource
  let reference: RowReference

  init(_ source: RowSource, _ reference: RowReference) {
    self.source = source
    self.reference = reference
  }

  static var description: LuaObjectDescription<ScriptReference> {
    var description = LuaObjectDescription<ScriptReference>()
    description.on(.index) { object, call throws(LuaError) in
      let name = try call.requiredString(at: 1)
      try object.source.push(name, row: object.reference.row, to: call)
    }
    description.on(.newIndex) { _, call throws(LuaError) in
      throw LuaError("misuse", "rows can't be changed", fix: "add columns with `derive`")
    }
    description.on(.toString) { object, call throws(LuaError) in
      call.push(object.reference.key)
    }
    description.on(.equal) { call throws(LuaError) in
      guard case .object(let left, _) = try call.value(at: 1),
        case .object(let right, _) = try call.value(at: 2),
        let first = left as? ScriptReference, let second = right as? ScriptReference
      else { return call.push(false) }
      call.push(first.reference == second.reference)
    }
    description.on(.concatenate) { call throws(LuaError) in
      call.push(try Self.text(1, &call) + Self.text(2, &call))
    }
    return description
  }

  private static func text(_ position: Int, _ call: inout LuaCall) throws(LuaError) -> String {
    if let text = call.string(at: position) { return text }
    if let whole = call.integer(at: position) { return String(whole) }
    guard case .object(let object, _) = try call.value(at: position),
      let reference = object as? ScriptReference
    else { throw call.mismatch(at: position, expected: "a text or a reference") }
    return reference.reference.key
  }
}
