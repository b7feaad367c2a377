internal import CLuaShim

/// What a run may use. Once over a limit it is over: no script can catch that.
package struct LuaLimits: Sendable {
  /// Bytes of Lua's own heap. Memory of Swift objects is not counted.
  package var heapByteCount = 1 << 30
  /// Wall clock time from the start of the run; nil is without end.
  package var timeout: Duration? = .seconds(60)
  /// Bytes that `print` may write.
  package var outputByteCount = 64 << 20
  /// Instructions of Lua's machine, checked every 1,000; nil does not count them. Counting makes plain
  /// loops about 1.5 times slower.
  package var instructionCount: Int64?

  package init() {}
}

/// What scripts are told about the world. The same settings give the same results.
package struct LuaSettings: Sendable {
  /// What `os.time()` says, in seconds since 1970.
  package var clockStart: Int64 = 1_640_995_200
  /// Whether the clock of scripts goes on from there; otherwise it stands still.
  package var clockRuns = false
  /// Where `math.random` starts.
  package var seed: Int64 = 1

  package init() {}
}

extension annals_limits {
  init(_ limits: LuaLimits, _ settings: LuaSettings) {
    self.init(
      heap_bytes: max(limits.heapByteCount, 0), output_bytes: max(limits.outputByteCount, 0),
      nanoseconds: limits.timeout.map(\.nanosecondCount) ?? 0,
      instructions: limits.instructionCount.map { max($0, 1) } ?? 0,
      clock_start: settings.clockStart, seed: settings.seed, clock_runs: settings.clockRuns)
  }
}

extension Duration {
  /// At least 1 and at most about a hundred years, so that adding it to a clock can't overflow.
  fileprivate var nanosecondCount: Int64 {
    let (seconds, attoseconds) = components
    if seconds < 0 { return 1 }
    if seconds > 3_000_000_000 { return 3_000_000_000 * 1_000_000_000 }
    return max(1, seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
  }
}
