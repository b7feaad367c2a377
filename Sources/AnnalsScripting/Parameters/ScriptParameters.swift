import AnnalsEngine
import AnnalsLua

/// What `params` gives: the values by name, and for formulas their types too.
final class ScriptParameters {
  private let declarations: [ParameterDeclaration]
  private let values: [String: Value]
  unowned let session: ScriptSession

  init(
    _ session: ScriptSession, _ declarations: [ParameterDeclaration], values: [String: Value]
  ) {
    self.session = session
    self.declarations = declarations
    self.values = values
  }

  /// Every parameter by name; one without a value binds a null of its type.
  var bindings: Bindings {
    var bindings: [String: Bindings.Binding] = [:]
    for declaration in declarations {
      let value = values[declaration.name] ?? .null
      bindings[declaration.name] = value == .null ? .null(declaration.type) : .value(value)
    }
    return Bindings(bindings)
  }

  static var description: LuaObjectDescription<ScriptParameters> {
    var description = LuaObjectDescription<ScriptParameters>()
    description.on(.index) { object, call throws(LuaError) in
      let name = try call.requiredString(at: 1)
      guard object.declarations.contains(where: { $0.name == name }) else {
        let near = NearNames.suggestions(for: name, among: object.declarations.map(\.name))
        throw LuaError(
          "unknown_parameter", "the script declares no parameter `\(name.shortened)`",
          fix: near.isEmpty ? nil : "did you mean \(near.quotedAlternatives)?")
      }
      try object.session.push(
        object.values[name] ?? .null, of: object.session.catalog, to: call)
    }
    description.on(.newIndex) { _, call throws(LuaError) in
      throw LuaError("misuse", "parameters can't be changed", fix: "use a variable of your own")
    }
    description.on(.pairs) { object, call throws(LuaError) in
      var rest = object.declarations[...]
      call.push(function: "next") { call throws(LuaError) in
        guard let declaration = rest.popFirst() else { return call.pushNil() }
        call.push(declaration.name)
        try object.session.push(
          object.values[declaration.name] ?? .null, of: object.session.catalog, to: call)
      }
    }
    return description
  }
}
