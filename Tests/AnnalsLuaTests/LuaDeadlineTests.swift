import AnnalsLua
import Testing

@Suite struct LuaDeadlineTests {
  /// Deadlines so short that they fall anywhere: before the script, in it, in the host, in an error.
  @Test func `a deadline ends the run wherever it falls`() throws {
    let sources = [
      "while true do end",
      "while true do local f = coroutine.wrap(function() coroutine.yield() error() end) f() pcall(f) end",
      "while true do make() end",
      "local t = {} while true do t[#t % 1000 + 1] = make() pcall(fail) end",
      "while true do through(function() pcall(through, function() error({}) end) end) end",
      "while true do local s = ('x'):rep(100):gsub('x', function() return 'y' end) end",
      "while true do coroutine.resume(coroutine.create(function() through(fail) end)) end",
    ]
    let counter = Counter()
    for round in 0..<140 {
      try Host.with { state, _ throws in
        let type = try state.makeType("counted", LuaObjectDescription<Counted>())
        try state.define("make") { call in call.push(Counted(counter), as: type) }
        try state.define("fail") { _ throws(LuaError) in throw LuaError("bad", "no") }
        try state.define("through") { call throws(LuaError) in
          _ = try call.state.call(try call.requiredFunction(at: 1))
        }
        var limits = LuaLimits()
        limits.timeout = .microseconds(1 + round * 17)
        try state.beginRun(limits: limits)
        let error = try state.failure(sources[round % sources.count])
        #expect(error.kind == .time, "\(error)")
      }
    }
    #expect(counter.alive == 0)
  }
}
