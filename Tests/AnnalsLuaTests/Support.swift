import AnnalsLua
import Testing

/// A state, and what its scripts print.
final class Host {
  private(set) var printed = ""
  private var bytes: [UInt8] = []
  private var state: LuaState?

  init() {}

  /// Runs `body` with a new state, and closes the state.
  static func with<Result>(
    _ change: (inout LuaLimits) -> Void = { _ in }, settings: LuaSettings = LuaSettings(),
    _ body: (LuaState, Host) throws -> Result
  ) throws -> Result {
    var limits = LuaLimits()
    change(&limits)
    let host = Host()
    let state = try LuaState(limits: limits, settings: settings) { host.receive($0) }
    defer { state.close() }
    return try body(state, host)
  }

  private func receive(_ span: Span<UInt8>) {
    for index in span.indices { bytes.append(span[index]) }
    printed = String(decoding: bytes, as: UTF8.self)
  }
}

extension LuaState {
  /// Runs a script named `script.lua`.
  @discardableResult
  func run(_ source: String, _ arguments: LuaValue...) throws(LuaError) -> [LuaValue] {
    try run(LuaText(source), chunkName: "script.lua", arguments)
  }

  /// Runs a script and gives its first result as text.
  func text(_ source: String) throws(LuaError) -> String {
    try string(from: run(source).first ?? .nil)
  }

  /// The error that a script ends with.
  func failure(_ source: String) throws -> LuaError {
    try #require(throws: LuaError.self) { try self.run(source) }
  }

  func define(_ name: String, _ body: @escaping LuaBody) throws(LuaError) {
    try setGlobal(name, to: .function(makeFunction(name, body)))
  }
}

/// Counts how many of its kind are alive.
final class Counter {
  var alive = 0
  var ended = 0
}

final class Counted {
  let counter: Counter
  var label: String

  init(_ counter: Counter, _ label: String = "") {
    self.counter = counter
    self.label = label
    counter.alive += 1
  }

  deinit {
    counter.alive -= 1
    counter.ended += 1
  }
}
