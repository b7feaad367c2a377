import AnnalsEngine
import AnnalsLua

/// A method that scripts call: what the reference says of it, and what it does.
struct DocumentedMethod<Object: AnyObject> {
  let name: String
  let kind: ReferencePage.Kind
  let documentation: Documentation
  let body: LuaObjectDescription<Object>.Method

  init(
    _ name: String, _ kind: ReferencePage.Kind, _ documentation: Documentation,
    _ body: @escaping LuaObjectDescription<Object>.Method
  ) {
    self.name = name
    self.kind = kind
    self.documentation = documentation
    self.body = body
  }

  var page: ReferencePage { ReferencePage(name, kind, documentation) }
}

extension LuaObjectDescription {
  /// Adds methods that the reference knows.
  mutating func add(_ methods: [DocumentedMethod<Object>]) {
    for method in methods { self.method(method.name, method.body) }
  }
}
