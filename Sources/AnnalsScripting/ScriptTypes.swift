import AnnalsLua

/// The types of objects that scripts meet.
struct ScriptTypes {
  let table: LuaObjectType<ScriptTable>
  let row: LuaObjectType<ScriptRow>
  let reference: LuaObjectType<ScriptReference>
  let figure: LuaObjectType<ScriptFigure>
  let parameters: LuaObjectType<ScriptParameters>
  let data: LuaObjectType<ScriptData>
  let null: LuaObjectType<ScriptNull>

  init(_ state: LuaState) throws(LuaError) {
    table = try state.makeType("table of data", ScriptTable.description)
    row = try state.makeType("row", ScriptRow.description)
    reference = try state.makeType("reference", ScriptReference.description)
    figure = try state.makeType("figure", ScriptFigure.description)
    parameters = try state.makeType("parameters", ScriptParameters.description)
    data = try state.makeType("dataset", ScriptData.description)
    var null = LuaObjectDescription<ScriptNull>()
    null.on(.toString) { _, call throws(LuaError) in call.push("null") }
    self.null = try state.makeType("null", null)
  }
}

/// `annals.null`: a null to bind.
final class ScriptNull {}
