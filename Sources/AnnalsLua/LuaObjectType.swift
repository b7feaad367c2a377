internal import CLuaShim

/// How scripts see the objects of one Swift class. Made once for each state.
@safe
package final class LuaObjectType<Object: AnyObject> {
  /// What scripts and messages call it.
  package let name: String
  /// Identifies the type; compared, never followed.
  fileprivate(set) var metatable: UnsafeRawPointer?
  fileprivate var reference: LuaReference?
  fileprivate let footprint: (Object) -> Int

  fileprivate init(name: String, footprint: @escaping (Object) -> Int) {
    self.name = name
    self.footprint = footprint
  }
}

extension LuaState {
  /// Defines a type of objects.
  package func makeType<Object>(
    _ name: String, _ description: LuaObjectDescription<Object>
  ) throws(LuaError) -> LuaObjectType<Object> {
    let type = LuaObjectType<Object>(name: name, footprint: description.footprint)
    let kept = try protected(
      { context in
        for (name, body) in description.methods {
          unsafe push(name, to: context)
          unsafe push(name, type.method(name, body), to: context)
        }
        for (event, body) in description.events {
          unsafe push(event.rawValue, to: context)
          unsafe push(event.rawValue, type.handler(event, body), to: context)
        }
        for (operation, body) in description.operations {
          unsafe push(operation.rawValue, to: context)
          unsafe push(operation.rawValue, body, to: context)
        }
      },
      run: { context, mark in
        unsafe annals_make_type(context, name, mark, description.methods.count)
      },
      read: { context, base, _ throws(LuaError) in unsafe try keep(base + 1, in: context) })
    unsafe type.metatable = annals_identity(try opened(), kept.slot)
    type.reference = kept
    return type
  }

  /// Makes a new userdata that holds `object`, until Lua collects it.
  package func makeObject<Object>(
    _ object: Object, as type: LuaObjectType<Object>, tiedTo value: LuaValue? = nil
  ) throws(LuaError) -> LuaValue {
    .object(
      object,
      try make { context in unsafe push(object, as: type, tiedTo: value, to: context) })
  }

  func push<Object>(
    _ object: Object, as type: LuaObjectType<Object>, tiedTo value: LuaValue?,
    to context: OpaquePointer
  ) {
    guard let reference = type.reference, reference.slots === slots else {
      preconditionFailure("an object's type must be of the same state")
    }
    let owned = unsafe Unmanaged.passRetained(object).toOpaque()
    unsafe annals_push_object(
      context, owned, reference.slot, value != nil, max(type.footprint(object), 0))
    if let value { unsafe push(value, to: context) }
  }
}

extension LuaObjectType {
  /// Checks the object before a method, and leaves it out of the arguments.
  fileprivate func method(
    _ name: String, _ body: @escaping LuaObjectDescription<Object>.Method
  ) -> LuaBody {
    { [self] call throws(LuaError) in
      guard let object = call.object(at: 1, as: self) else {
        throw LuaError(
          "wrong_argument",
          "`\(name)` needs a `\(self.name)` before it, not \(call.typeName(at: 1))",
          fix: "write a colon, as in `t:\(name)(…)`")
      }
      call.skipFirst()
      try body(object, &call)
    }
  }

  fileprivate func handler(
    _ event: LuaObjectEvent, _ body: @escaping LuaObjectDescription<Object>.Method
  ) -> LuaBody {
    { [self] call throws(LuaError) in
      guard let object = call.object(at: 1, as: self) else {
        throw LuaError("released", "this `\(self.name)` was released")
      }
      call.skipFirst()
      try body(object, &call)
    }
  }
}
