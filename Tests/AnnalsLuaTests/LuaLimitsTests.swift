import AnnalsLua
import AnnalsPlatform
import Foundation
import Testing

@Suite struct LuaLimitsTests {
  @Test(arguments: [
    "while true do end",
    "repeat until false",
    "while true do pcall(function() while true do end end) end",
    "while true do pcall(error) end",
    "while true do xpcall(error, function() while true do end end) end",
    "xpcall(function() while true do end end, function() while true do end end)",
    "coroutine.wrap(function() while true do end end)()",
    "coroutine.wrap(function() pcall(function() while true do end end) end)() print('caught')",
    "while true do coroutine.resume(coroutine.create(function() while true do end end)) end",
    "local f = coroutine.wrap(function() while true do coroutine.yield() end end) while true do f() end",
    "local c = coroutine.create(function() local x <close> = setmetatable({}, {__close = function() while true do end end}) coroutine.yield() end) coroutine.resume(c) coroutine.close(c) print('caught')",
    "local x <close> = setmetatable({}, {__close = function() while true do end end}) while true do end",
    "table.sort({3, 2, 1, 4}, function() while true do end end)",
    "setmetatable(_G, {__index = function() while true do end end}) return nothing",
    "load(function() while true do end end) print('caught')",
    "local t = {} for i = 1, math.huge do t[i % 1000] = {} end",
    "goto a ::a:: goto a",
  ])
  func `every endless loop ends at the deadline and can't be caught`(source: String) throws {
    try Threads.onLargeStack {
      try Host.with({ $0.timeout = .milliseconds(50) }) { state, host throws in
        let error = try state.failure(source)
        #expect(error.kind == .time, "\(error)")
        #expect(error.message == "the script ran longer than 0.05 seconds")
        #expect(host.printed == "")
      }
    }
  }

  @Test(arguments: [
    "local t = setmetatable({}, {}) getmetatable(t).__call = t t()",
    "local t = setmetatable({}, {}) getmetatable(t).__call = t pcall(t) print('caught')",
    "local a, b = setmetatable({}, {}), setmetatable({}, {}) getmetatable(a).__call = b getmetatable(b).__call = a coroutine.wrap(pcall)(a) print('caught')",
  ])
  func `a chain of calls that never ends is nested too deep`(source: String) throws {
    try Host.with { state, host throws in
      #expect(try state.failure(source).kind == .depth)
      #expect(host.printed == "")
    }
  }

  @Test(arguments: [
    "t()", "pcall(t) print('caught')",
    "coroutine.wrap(function() table.unpack({}, 1, 900000) pcall(t) end)()",
  ])
  func `a chain of calls ends at the deadline where the stack is large already`(call: String) throws
  {
    try Threads.onLargeStack {
      try Host.with({ $0.timeout = .milliseconds(50) }) { state, host throws in
        let source = """
          local t = setmetatable({}, {})
          getmetatable(t).__call = t
          table.unpack({}, 1, 900000)
          \(call)
          """
        let error = try state.failure(source)
        #expect(error.kind == .time, "\(error)")
        #expect(error.at == "script.lua:4")
        #expect(host.printed == "")
        try state.beginRun()
        let callable = "return setmetatable({}, {__call = function(self, n) return n + 1 end})(41)"
        #expect(try state.text(callable) == "42")
      }
    }
  }

  @Test func `values that can be called may be passed in any number`() throws {
    try Host.with { state, _ throws in
      let source = """
        local t = {}
        for i = 1, 100000 do t[i] = setmetatable({}, {__call = print}) end
        return select("#", table.unpack(t))
        """
      #expect(try state.text(source) == "100000")
    }
  }

  @Test func `nothing that is closed runs after memory was spent`() throws {
    try Host.with({ $0.heapByteCount = 8 << 20 }) { state, host throws in
      let source = """
        local x <close> = setmetatable({}, {__close = function() print("closed") end})
        return ("x"):rep(1 << 30)
        """
      #expect(try state.failure(source).kind == .memory)
      #expect(host.printed == "")
    }
  }

  @Test func `what small blocks took can be had by large ones and by blocks of other sizes`() throws
  {
    let source = """
      for _ = 1, 3 do
        do local t = {} for i = 1, 100000 do t[i] = {i} end end
        if #('x'):rep(5 << 20) ~= 5 << 20 then print("short") end
        do local t = {} for i = 1, 60000 do t[i] = "a text of its own " .. i end end
      end
      return "done"
      """
    try Host.with({ $0.heapByteCount = 16 << 20 }) { state, host throws in
      #expect(try state.text(source) == "done")
      #expect(host.printed == "")
    }
  }

  @Test func `what is lent leaves the heap less`() throws {
    try Host.with({ $0.heapByteCount = 4 << 20 }) { state, _ throws in
      state.lentByteCount = 3 << 20
      #expect(try state.failure("return #('x'):rep(1 << 20)").kind == .memory)
    }
    try Host.with({ $0.heapByteCount = 4 << 20 }) { state, _ throws in
      state.lentByteCount = 3 << 20
      state.lentByteCount = 0
      #expect(try state.text("return #('x'):rep(1 << 20)") == "1048576")
    }
  }

  @Test func `a limit says where the script was`() throws {
    try Host.with({ $0.timeout = .milliseconds(20) }) { state, _ throws in
      #expect(try state.failure("\n\nwhile true do end").at == "script.lua:3")
    }
    try Host.with({ $0.heapByteCount = 1 << 20 }) { state, _ throws in
      #expect(try state.failure("\nreturn ('x'):rep(1 << 30)").at == "script.lua:2")
    }
  }

  @Test(arguments: [
    "return ('x'):rep(1 << 30)",
    "local t = {} for i = 1, math.huge do t[i] = i end",
    "local s = 'x' while true do s = s .. s end",
    "local t = {} while true do t[#t + 1] = ('x'):rep(1 << 20) .. #t end",
    "pcall(string.rep, 'x', 1 << 30) print('caught')",
    "pcall(function() local s = 'x' while true do s = s .. s end end) print('caught')",
    "coroutine.wrap(function() pcall(string.rep, 'x', 1 << 30) print('caught') end)()",
    "coroutine.resume(coroutine.create(function() local s = 'x' while true do s = s .. s end end)) print('caught')",
    "xpcall(string.rep, print, 'x', 1 << 30) print('caught')",
    "load(function() return ('x'):rep(1 << 30) end) print('caught')",
  ])
  func `memory has an end that can't be caught`(source: String) throws {
    try Host.with({ $0.heapByteCount = 32 << 20 }) { state, host throws in
      let error = try state.failure(source)
      #expect(error.kind == .memory, "\(error)")
      #expect(error.message == "the script needs more than 32 MiB of memory")
      #expect(host.printed == "")
    }
  }

  @Test func `garbage does not count against the memory limit`() throws {
    try Host.with({ $0.heapByteCount = 8 << 20 }) { state, _ throws in
      #expect(
        try state.text("for i = 1, 200 do local s = ('x'):rep(1 << 20) .. i end return 'done'")
          == "done")
    }
  }

  @Test func `a script may raise the words of a memory error`() throws {
    try Host.with { state, _ throws in
      #expect(
        try state.text("return select(2, pcall(error, 'not enough memory'))") == "not enough memory"
      )
    }
  }

  @Test func `output has an end that can't be caught, and lines stay whole`() throws {
    try Host.with({ $0.outputByteCount = 10 }) { state, host throws in
      let error = try state.failure("while true do pcall(print, '1234') end")
      #expect(error.kind == .output)
      #expect(error.message == "the script printed more than 10 bytes")
      #expect(host.printed == "1234\n1234\n")
    }
  }

  @Test(arguments: [
    "while true do end", "while true do pcall(function() while true do end end) end",
    "coroutine.wrap(function() while true do end end)()",
  ])
  func `instructions have an end that can't be caught`(source: String) throws {
    try Host.with({ $0.instructionCount = 100_000 }) { state, _ throws in
      let error = try state.failure(source)
      #expect(error.kind == .instructions)
      #expect(error.message == "the script ran more than 100000 instructions")
    }
  }

  @Test func `few instructions are within the limit`() throws {
    try Host.with({ $0.instructionCount = 100_000 }) { state, _ throws in
      #expect(try state.text("local n = 0 for i = 1, 1000 do n = n + i end return n") == "500500")
    }
  }

  @Test(arguments: [
    "ready() while true do end",
    "ready() while true do pcall(function() while true do end end) end",
    "coroutine.wrap(function() ready() while true do pcall(error) end end)()",
  ])
  func `another thread can interrupt`(source: String) throws {
    try Host.with { state, _ throws in
      let interrupter = try state.makeInterrupter()
      try state.define("ready") { _ in
        // The thread rings while this one waits for it, and again after it is back in the script.
        Threads.onLargeStack { interrupter.interrupt() }
      }
      let error = try state.failure(source)
      #expect(error.kind == .interrupted)
      #expect(error.message == "the script was interrupted")
      #expect(interrupter.isRung)
    }
  }

  @Test func `a loop is interrupted while it runs`() throws {
    // A thread of its own: those of the tests may all be busy.
    let isReady = DispatchSemaphore(value: 0)
    try Host.with { state, _ throws in
      let interrupter = try state.makeInterrupter()
      Thread.detachNewThread {
        isReady.wait()
        interrupter.interrupt()
      }
      try state.define("ready") { _ in isReady.signal() }
      #expect(try state.failure("ready() while true do end").kind == .interrupted)
    }
  }

  @Test func `an interrupter may outlive its state`() throws {
    let interrupter = try Host.with { state, _ throws in try state.makeInterrupter() }
    interrupter.interrupt()
    #expect(interrupter.isRung)
  }

  @Test func `a run that is over stays over until the next one begins`() throws {
    try Host.with { state, _ throws in
      try state.makeInterrupter().interrupt()
      #expect(try state.failure("return 1").kind == .interrupted)
      #expect(try state.failure("return 1").kind == .interrupted)
      #expect(throws: LuaError.self) { try state.checkLimits() }
      try state.beginRun()
      try state.checkLimits()
      #expect(try state.text("return 1") == "1")
      #expect(try state.text("local n = 0 for i = 1, 100000 do n = n + 1 end return n") == "100000")
    }
  }

  @Test func `Swift can't swallow a limit`() throws {
    try Host.with({ $0.timeout = .milliseconds(50) }) { state, host throws in
      try state.define("try") { call throws(LuaError) in
        _ = try? call.state.call(try call.requiredFunction(at: 1))
      }
      #expect(
        try state.failure("try(function() while true do end end) print('caught')").kind == .time)
      #expect(host.printed == "")
    }
  }

  @Test func `a host function that polls a limit ends the run`() throws {
    try Host.with({ $0.timeout = .milliseconds(20) }) { state, host throws in
      try state.define("work") { call throws(LuaError) in
        while true { try call.state.checkLimits() }
      }
      #expect(try state.failure("pcall(work) print('caught')").kind == .time)
      #expect(host.printed == "")
    }
  }

  @Test func `an inner state's loop ends at the outer one's deadline`() throws {
    try Host.with({ $0.timeout = .milliseconds(50) }) { outer, _ throws in
      try Host.with({ $0.timeout = .milliseconds(100) }) { inner, _ throws in
        try outer.define("inside") { _ throws(LuaError) in _ = try inner.run("while true do end") }
        #expect(try outer.failure("inside()").kind == .time)
      }
    }
  }
}
