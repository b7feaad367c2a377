import Glibc

/// How long something took: on the wall's clock, and of the processors' time of all threads.
package struct ProcessTimes: Hashable, Sendable {
  /// In seconds.
  package var wall: Double
  /// In seconds, of the program's own work and the system's for it.
  package var processors: Double

  /// The times up to now; only differences mean anything.
  package static var now: ProcessTimes {
    ProcessTimes(
      wall: seconds(on: CLOCK_MONOTONIC), processors: seconds(on: CLOCK_PROCESS_CPUTIME_ID))
  }

  package static func - (later: ProcessTimes, earlier: ProcessTimes) -> ProcessTimes {
    ProcessTimes(
      wall: later.wall - earlier.wall, processors: later.processors - earlier.processors)
  }
}

/// Seconds on a clock that never goes back; only differences mean anything.
package func monotonicSeconds() -> Double { seconds(on: CLOCK_MONOTONIC) }

private func seconds(on clock: clockid_t) -> Double {
  var time = timespec()
  // SAFETY: `time` is ours.
  _ = unsafe clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
