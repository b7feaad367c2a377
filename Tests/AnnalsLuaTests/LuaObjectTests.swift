import AnnalsLua
import Testing

@Suite struct LuaObjectTests {
  /// A type with everything that scripts can ask of an object.
  private static func makeType(_ state: LuaState) throws -> LuaObjectType<Counted> {
    var description = LuaObjectDescription<Counted>()
    description.method("label") { object, call in call.push(object.label) }
    description.method("add") { object, call throws(LuaError) in
      object.label += try call.requiredString(at: 1)
      call.pushSelf()
    }
    description.on(.index) { object, call throws(LuaError) in
      guard let name = call.string(at: 1), name != "missing" else {
        throw LuaError("unknown_column", "unknown column `missing`")
      }
      call.push("field \(name)")
    }
    description.on(.newIndex) { object, call throws(LuaError) in
      object.label = try call.requiredString(at: 2)
    }
    description.on(.length) { object, call in call.push(object.label.count) }
    description.on(.toString) { object, call in call.push("<\(object.label)>") }
    description.on(.call) { object, call in call.push(call.count) }
    description.on(.pairs) { object, call in
      var done = false
      call.push(function: "next") { call in
        if done { return call.pushNil() }
        done = true
        call.push("only")
        call.push(object.label)
      }
    }
    return try state.makeType("counted", description)
  }

  @Test func `methods, fields and operators reach Swift`() throws {
    let counter = Counter()
    try Host.with { state, host throws in
      let type = try Self.makeType(state)
      try state.setGlobal("o", to: state.makeObject(Counted(counter, "ab"), as: type))
      try state.run(
        """
        print(o, #o, o:label(), o.other, o(1, 2, 3))
        print(o:add("c"):add("d"):label())
        o.x = "new"
        for k, v in pairs(o) do print(k, v) end
        print(pcall(function() return o.missing end))
        """)
      #expect(
        host.printed == """
          <ab>\t2\tab\tfield other\t3
          abcd
          only\tnew
          false\tunknown column `missing`
            at:  script.lua:5

          """)
    }
    #expect(counter.ended == 1)
  }

  @Test func `operators get both operands`() throws {
    try Host.with { state, host throws in
      let counter = Counter()
      var description = LuaObjectDescription<Counted>()
      var type: LuaObjectType<Counted>?
      func label(_ call: borrowing LuaCall, _ position: Int) -> String {
        type.flatMap { call.object(at: position, as: $0)?.label } ?? call.string(at: position)
          ?? "?"
      }
      description.on(.equal) { call in call.push(label(call, 1) == label(call, 2)) }
      description.on(.less) { call in call.push(label(call, 1) < label(call, 2)) }
      description.on(.lessOrEqual) { call in call.push(label(call, 1) <= label(call, 2)) }
      description.on(.concatenate) { call in call.push(label(call, 1) + label(call, 2)) }
      let made = try state.makeType("word", description)
      type = made
      for name in ["a", "b"] {
        try state.setGlobal(name, to: state.makeObject(Counted(counter, name), as: made))
      }
      try state.setGlobal("c", to: state.makeObject(Counted(counter, "a"), as: made))
      try state.run("print(a == b, a == c, a < b, b <= a, a .. b, 'x' .. a, b .. 'y', tostring(a))")
      #expect(host.printed == "false\ttrue\ttrue\tfalse\tab\txa\tby\tword\n")
    }
  }

  @Test func `an object of the wrong type, or none, is refused`() throws {
    try Host.with { state, _ throws in
      let counter = Counter()
      let type = try Self.makeType(state)
      let other = try state.makeType("other", LuaObjectDescription<Counted>())
      try state.setGlobal("o", to: state.makeObject(Counted(counter), as: type))
      try state.setGlobal("p", to: state.makeObject(Counted(counter), as: other))
      let error = try state.failure("o.add('x')")
      #expect(error.message == "`add` needs a `counted` before it, not text")
      #expect(error.fix == "write a colon, as in `t:add(…)`")
      #expect(
        try state.failure("o.add(p)").message == "`add` needs a `counted` before it, not other")
      #expect(try state.failure("return p.x.y").message.contains("attempt to index a nil value"))
      try state.define("take") { call throws(LuaError) in
        _ = try call.requiredObject(at: 1, as: type)
      }
      #expect(
        try state.failure("take({})").message
          == "argument 1 of `take` must be a `counted`, not table")
      try state.run("take(o)")
    }
  }

  @Test func `scripts can't reach a metatable or its finaliser`() throws {
    let counter = Counter()
    try Host.with { state, host throws in
      let type = try Self.makeType(state)
      try state.setGlobal("o", to: state.makeObject(Counted(counter, "x"), as: type))
      try state.run(
        """
        print(getmetatable(o))
        print(pcall(function() getmetatable(o).__gc(o) getmetatable(o).__gc(o) end))
        print(pcall(setmetatable, o, {}))
        print(o:label())
        """)
      #expect(
        host.printed == """
          false
          false\tscript.lua:2: attempt to index a boolean value
          false\tbad argument #1 to 'setmetatable' (table expected, got counted)
          x

          """)
      #expect(counter.ended == 0)
    }
    #expect(counter.ended == 1)
  }

  @Test func `objects are released once, by the collector or when the state closes`() throws {
    let counter = Counter()
    try Host.with { state, _ throws in
      let type = try Self.makeType(state)
      try state.define("make") { call in call.push(Counted(counter), as: type) }
      try state.run("kept = make() for i = 1, 20000 do make() end")
      #expect(counter.ended > 0)
      #expect(counter.alive >= 1)
    }
    #expect(counter.alive == 0)
    #expect(counter.ended == 20001)
  }

  @Test(arguments: 0..<24)
  func `objects that Lua has no room to finalise are released when the state closes`(
    padding: Int
  ) throws {
    let counter = Counter()
    try Host.with { state, _ throws in
      let type = try Self.makeType(state)
      try state.define("make") { call in call.push(Counted(counter), as: type) }
      // Each `pcall` takes room on the C stack until there is none. The padding shifts where the
      // collector stands then.
      try state.run(
        """
        local filled = {string.rep("x", 97 * ...)}
        local function descend()
          for i = 1, 200 do make() end
          pcall(descend)
          for i = 1, 200 do make() end
        end
        descend()
        """, .integer(Int64(padding)))
      #expect(counter.ended > 0)
    }
    #expect(counter.alive == 0)
  }

  @Test func `objects are released once when the state closes with errors pending`() throws {
    let counter = Counter()
    var pending: LuaError?
    let state = try LuaState { _ in }
    let type = try Self.makeType(state)
    try state.define("make") { call in call.push(Counted(counter), as: type) }
    pending = try state.failure("local o = make() error({o = o, p = make()})")
    let values = try state.run(
      "return make(), coroutine.wrap(function() local o = make() coroutine.yield(o) end)()")
    #expect(counter.alive == 4)
    state.close()
    // The values that Swift still holds keep their objects.
    #expect(counter.alive == 2)
    #expect(values.count == 2)
    guard case .object(let object, _) = values[0] else { throw LuaError("test", "no object") }
    #expect((object as? Counted)?.label == "")
    #expect(pending?.value != nil)
    pending = nil
  }

  @Test func `an object comes back as the same Swift object and the same userdata`() throws {
    try Host.with { state, host throws in
      let type = try Self.makeType(state)
      let object = Counted(Counter(), "same")
      let value = try state.makeObject(object, as: type)
      let values = try state.run("first = ... return ...", value)
      guard case .object(let back, let reference)? = values.first else {
        throw LuaError("test", "no object")
      }
      let isSame = back === object
      #expect(isSame)
      try state.run("print(rawequal(first, ...))", .object(back, reference))
      #expect(host.printed == "true\n")
    }
  }

  @Test func `a tied value lives as long as its object and makes no cycle`() throws {
    let counter = Counter()
    try Host.with { state, _ throws in
      var description = LuaObjectDescription<Counted>()
      description.on(.call) { object, call throws(LuaError) in call.push("called") }
      let type = try state.makeType("tied", description)
      try state.define("tie") { call throws(LuaError) in
        call.push(Counted(counter), as: type, tiedTo: try call.value(at: 1))
      }
      try state.define("untie") { call throws(LuaError) in call.push(try call.tiedValue(at: 1)) }
      #expect(try state.text("return untie(tie(function() return 5 end))()") == "5")
      #expect(try state.text("return untie({})") == "nil")
      try state.run("for i = 1, 20000 do local o o = tie(function() return o end) end")
      #expect(counter.ended > 0)
    }
    #expect(counter.alive == 0)
  }
}
