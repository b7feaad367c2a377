internal import CLuaShim

extension LuaState {
  /// Compiles a text, without running it.
  ///
  /// - Parameter chunkName: What places in it are called, such as `drought.lua`.
  /// - Throws: `syntax` with the place, also for precompiled chunks. The message of a text that only
  ///   stops too early ends with `<eof>`.
  package func load(_ source: LuaText, chunkName: String) throws(LuaError) -> LuaReference {
    try protected(
      { _ in },
      run: { context, _ in
        unsafe source.bytes.withUnsafeBufferPointer {
          unsafe annals_load(context, $0.baseAddress, $0.count, "@" + chunkName)
        }
      },
      read: { context, base, _ throws(LuaError) in unsafe try keep(base + 1, in: context) })
  }

  /// Calls a function, or anything else that can be called.
  package func call(
    _ function: LuaReference, _ arguments: [LuaValue] = []
  ) throws(LuaError) -> [LuaValue] {
    precondition(function.slots === slots, "a Lua value can't move to another state")
    return try protected(
      { context in for value in arguments { unsafe push(value, to: context) } },
      run: { context, mark in unsafe annals_call(context, function.slot, mark) },
      read: { context, base, count throws(LuaError) in
        unsafe try readAll(context, base, count)
      })
  }

  /// Compiles a text and runs it.
  package func run(
    _ source: LuaText, chunkName: String, _ arguments: [LuaValue] = []
  ) throws(LuaError) -> [LuaValue] {
    try call(load(source, chunkName: chunkName), arguments)
  }

  /// Turns a value into text as Lua's `tostring` does, which may run the script's own code.
  package func string(from value: LuaValue) throws(LuaError) -> String {
    let kept = try keep(value)
    return try protected(
      { _ in },
      run: { context, _ in unsafe annals_to_text(context, kept.slot) },
      read: { context, base, _ throws(LuaError) in
        unsafe String(annals_read(context, base + 1).text) ?? ""
      })
  }

  /// Makes a function that scripts may call.
  ///
  /// - Parameter name: What messages call it.
  package func makeFunction(
    _ name: String, _ body: @escaping LuaBody
  ) throws(LuaError) -> LuaReference {
    try make { context in unsafe push(name, body, to: context) }
  }

  /// Keeps any value, also a plain one. A text that is pushed often costs less as a reference.
  package func keep(_ value: LuaValue) throws(LuaError) -> LuaReference {
    if let reference = value.reference { return reference }
    return try make { context in unsafe push(value, to: context) }
  }

  /// Makes and keeps the one value that `push` pushes.
  @safe
  func make(_ push: (OpaquePointer) -> Void) throws(LuaError) -> LuaReference {
    try protected(
      push, run: { context, mark in unsafe annals_make(context, mark) },
      read: { context, base, _ throws(LuaError) in unsafe try keep(base + 1, in: context) })
  }
}
