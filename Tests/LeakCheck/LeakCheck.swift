// Shows that failing calls between Swift and Lua leak nothing. The test runner leaks by itself, so
// this is a program of its own, built and run under the LeakSanitizer:
//
//   swift build --sanitize=address --scratch-path .build-leaks --product AnnalsLeakCheck
//   ASAN_OPTIONS=detect_leaks=1 SWIFT_BACKTRACE=enable=no .build-leaks/debug/AnnalsLeakCheck
//
// The sanitizer can't work under a debugger (`ptrace`).

import AnnalsLua
import AnnalsPlatform

/// An object whose number alive must be 0 in the end.
final class Tracked {
  nonisolated(unsafe) static var alive = 0
  let payload = [Int](repeating: 1, count: 8)

  init() { unsafe Tracked.alive += 1 }
  deinit { unsafe Tracked.alive -= 1 }
}

/// An object that shows rows.
final class TrackedView {
  let tracked = Tracked()
  let cursor: LuaCursor

  init(_ cursor: LuaCursor) { self.cursor = cursor }
}

struct CheckFailed: Error {
  let reason: String
}

let callCount = 10_000

@main
enum LeakCheck {
  static func main() throws {
    try Threads.onLargeStack {
      try failingCalls()
      try errorsThroughCallbacks()
      try droppedObjects()
      try failingBatches()
      try spentStates()
      try closingWithErrorsPending()
      try attacks()
    }
    guard unsafe Tracked.alive == 0 else {
      throw CheckFailed(reason: "\(unsafe Tracked.alive) objects are still alive")
    }
    print("leak check: \(callCount) failing calls of each kind, no object left")
  }

  static func makeState(heapByteCount: Int = 1 << 30) throws -> (LuaState, LuaObjectType<Tracked>) {
    var limits = LuaLimits()
    limits.heapByteCount = heapByteCount
    let state = try LuaState(limits: limits) { _ in }
    var description = LuaObjectDescription<Tracked>()
    description.method("fail") { object, call throws(LuaError) in
      let local = Tracked()
      call.push(local, as: try makeInner(call.state))
      throw LuaError("bad", "object \(object.payload.count)", fix: "none")
    }
    description.on(.index) { _, _ throws(LuaError) in throw LuaError("unknown", "no such field") }
    let type = try state.makeType("tracked", description)
    try define("make", in: state) { call in call.push(Tracked(), as: type) }
    try define("fail", in: state) { call throws(LuaError) in
      let local = Tracked()
      defer { withExtendedLifetime(local) {} }
      call.push(String(repeating: "left behind ", count: 20))
      call.push(Tracked(), as: type, tiedTo: .string("tied"))
      call.push(function: "inner") { _ in withExtendedLifetime(local) {} }
      throw LuaError("bad", "no \(call.count)", fix: "do not")
    }
    try define("through", in: state) { call throws(LuaError) in
      let local = Tracked()
      defer { withExtendedLifetime(local) {} }
      call.push(local, as: type)
      _ = try call.state.call(try call.requiredFunction(at: 1), [.string("argument")])
    }
    return (state, type)
  }

  static func makeInner(_ state: LuaState) throws(LuaError) -> LuaObjectType<Tracked> {
    try state.makeType("inner", LuaObjectDescription<Tracked>())
  }

  static func define(_ name: String, in state: LuaState, _ body: @escaping LuaBody) throws {
    try state.setGlobal(name, to: .function(state.makeFunction(name, body)))
  }

  static func run(_ source: String, in state: LuaState) throws(LuaError) {
    _ = try state.run(LuaText(source), chunkName: "leaks.lua")
  }

  static func expectFailure(_ source: String, in state: LuaState) throws {
    do throws(LuaError) { try run(source, in: state) } catch { return }
    throw CheckFailed(reason: "`\(source)` did not fail")
  }

  /// Host functions that throw, caught by the script and by Swift.
  static func failingCalls() throws {
    let (state, _) = try makeState()
    try run("for i = 1, \(callCount) do pcall(fail, i) end", in: state)
    try run("local o = make() for i = 1, 1000 do pcall(o.fail, o) pcall(o.fail) end", in: state)
    try run("local o = make() for i = 1, 1000 do pcall(function() return o.x end) end", in: state)
    let function = try state.load("fail(...)", chunkName: "leaks.lua")
    for _ in 0..<callCount {
      do throws(LuaError) { _ = try state.call(function, [.integer(1)]) } catch { continue }
      throw CheckFailed(reason: "`fail` did not fail")
    }
    state.close()
  }

  /// Errors of scripts that pass through Swift, with values that hold objects.
  static func errorsThroughCallbacks() throws {
    let (state, _) = try makeState()
    try run(
      """
      for i = 1, \(callCount) do
        pcall(through, function() error({make(), i}) end)
        pcall(coroutine.wrap(function() through(function() fail() end) end))
      end
      """, in: state)
    for source in ["error({})", "error()", "error(make())", "through(error)", "x = = 1", "fail()"] {
      for _ in 0..<100 { try expectFailure(source, in: state) }
    }
    state.close()
  }

  /// Objects and functions that scripts drop, some in the middle of an iteration.
  static func droppedObjects() throws {
    let (state, type) = try makeState()
    try define("each", in: state) { call in
      let local = Tracked()
      call.push(function: "step") { call in
        call.push(local, as: type)
      }
    }
    try run("for i = 1, 1000 do for o in each() do break end end", in: state)
    try run(
      "for i = 1, 1000 do coroutine.wrap(function() for o in each() do coroutine.yield(o) end end)() end",
      in: state)
    var kept: [LuaValue] = []
    for _ in 0..<1000 { kept.append(try state.makeObject(Tracked(), as: type)) }
    kept.removeAll()
    state.close()
  }

  /// Batches whose function or body fails in the middle, and loops that are left.
  static func failingBatches() throws {
    let (state, type) = try makeState()
    var description = LuaObjectDescription<TrackedView>()
    description.on(.index) { view, call throws(LuaError) in
      call.push(Tracked(), as: type)
      throw LuaError("unknown", "no column in \(view.cursor.columns.rowCount) rows")
    }
    let viewType = try state.makeType("view", description)
    func makeView(_ state: LuaState) throws(LuaError) -> (LuaReference, LuaCursor) {
      let cursor = LuaCursor(try LuaColumns(state, rowCount: 10))
      return (try state.makeView(TrackedView(cursor), as: viewType, at: cursor), cursor)
    }
    try define("batch", in: state) { call throws(LuaError) in
      let function = try call.requiredFunction(at: 1)
      let (view, cursor) = try makeView(call.state)
      try call.state.map(function, over: view, at: cursor) { row, call throws(LuaError) in
        if call.boolean(at: 1) == true { throw LuaError("stop", "in the results") }
      }
    }
    try define("rows", in: state) { call throws(LuaError) in
      call.push(try call.state.makeRowLoop(of: try makeView(call.state).0))
    }
    try run(
      """
      for i = 1, \(callCount / 10) do
        local n = 0
        pcall(batch, function() n = n + 1 if n == i % 10 then error({n}) end end)
        pcall(batch, function() n = n + 1 return n == 15 end)
        pcall(batch, function(view) return view.name end)
        for view in rows() do n = n + 1 if n > 20 then break end end
      end
      """, in: state)
    state.close()
  }

  /// States that end by a limit, in the middle of what they do.
  static func spentStates() throws {
    for round in 0..<200 {
      let (state, _) = try makeState(heapByteCount: 60_000 + round * 197)
      try expectFailure(
        "local t = {} while true do t[#t + 1] = make() pcall(fail, t) end", in: state)
      try expectFailure("return 1", in: state)
      state.close()
    }
    for round in 0..<20 {
      let (state, _) = try makeState()
      var limits = LuaLimits()
      limits.instructionCount = Int64(1000 * round)
      try state.beginRun(limits: limits)
      try expectFailure("while true do pcall(through, fail) end", in: state)
      state.close()
    }
    for byteCount in stride(from: 0, to: 40_000, by: 101) {
      do { (_, _) = try makeState(heapByteCount: byteCount) } catch { continue }
    }
  }

  /// The hostile scripts of the other tests, under the sanitizer. How each ends is told there; those
  /// that need data fail here at once.
  static func attacks() throws {
    let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    var count = 0
    for area in ["crash", "escape", "memory", "output", "time"] {
      let path = "/" + tests + "/AnnalsScriptingTests/Attacks/" + area + ".lua"
      let text = String(
        decoding: try FileReader.contents(of: path, byteLimit: 1 << 20), as: UTF8.self)
      for source in parts(of: text) {
        var limits = LuaLimits()
        limits.timeout = .milliseconds(area == "time" ? 50 : 500)
        limits.heapByteCount = 16 << 20
        limits.outputByteCount = 1 << 16
        let state = try LuaState(limits: limits) { _ in }
        do throws(LuaError) { try run(source, in: state) } catch {}
        state.close()
        count += 1
      }
    }
    guard count > 150 else { throw CheckFailed(reason: "only \(count) attacks were found") }
  }

  /// The scripts of a file, each below a line that begins with `--!`.
  private static func parts(of text: String) -> [String] {
    var parts: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("--!") {
        parts.append("")
      } else if let last = parts.indices.last {
        parts[last] += line + "\n"
      }
    }
    return parts
  }

  /// Errors, values and functions that Swift still holds when their state closes.
  static func closingWithErrorsPending() throws {
    var pending: [LuaError] = []
    var values: [LuaValue] = []
    for _ in 0..<200 {
      let (state, type) = try makeState()
      do throws(LuaError) { try run("error({make(), through})", in: state) } catch {
        pending.append(error)
      }
      values.append(try state.makeObject(Tracked(), as: type))
      values.append(.function(try state.makeFunction("f") { _ in }))
      try run(
        "kept = make() local co = coroutine.wrap(function() local o = make() coroutine.yield() end) co() held = co",
        in: state)
    }
    guard pending.count == 200 else { throw CheckFailed(reason: "an error is missing") }
  }
}
