import AnnalsEngine
import AnnalsLua

/// A method of tables.
typealias TableMethod = DocumentedMethod<ScriptTable>

extension ScriptTable {
  static var description: LuaObjectDescription<ScriptTable> {
    var description = LuaObjectDescription<ScriptTable>()
    description.add(methods)
    description.footprint = \.footprint
    addEvents(&description)
    return description
  }

  /// All that scripts can call on a table.
  static var methods: [TableMethod] {
    rowVerbs + columnVerbs + groupVerbs + shapeVerbs + readingMethods
  }
}

extension DocumentedMethod<ScriptTable> {
  /// A verb that takes texts and bindings.
  init(
    verb name: String, _ documentation: Documentation,
    _ body: @escaping (Query, [String], Bindings) throws(EngineError) -> Query
  ) {
    self.init(name, .verb, documentation) { table, call throws(LuaError) in
      let (texts, bindings) = try table.session.texts(&call)
      try table.push(call) { query throws(EngineError) in try body(query, texts, bindings) }
    }
  }
}
