import Annals
import AnnalsPlatform
import Synchronization

/// How long the plans of a run took, as lines of JSON.
///
/// A line has the script `line` (null where none is known), `wall_ms`, `cpu_ms` (the processors' time of
/// all threads), `rows_in` of the tables that the plan reads, and `rows_out`. A plan that a function of
/// another plan ran stands before that, and its time is counted in both.
final class PlanTimings: Sendable {
  private struct State {
    var starts: [ProcessTimes] = []
    var lines = ""
  }

  private let state = Mutex(State())

  /// Takes note of a plan's beginning or end.
  func take(_ event: PlanEvent, at line: String?) {
    let now = ProcessTimes.now
    state.withLock { state in
      switch event {
      case .begins: state.starts.append(now)
      case .fails: _ = state.starts.popLast()
      case .ends(let rowsIn, let rowsOut):
        guard let start = state.starts.popLast() else { return }
        state.lines += Self.line(now - start, line, rowsIn, rowsOut) + "\n"
      }
    }
  }

  /// Writes the file, whole or not at all.
  func write(to file: AtomicFile) throws(CommandError) {
    let lines = state.withLock { $0.lines }
    do throws(PlatformError) {
      try file.write(Array(lines.utf8).span)
      try file.finish()
    } catch {
      throw .writing(error.description)
    }
  }

  private static func line(
    _ times: ProcessTimes, _ line: String?, _ rowsIn: Int, _ rowsOut: Int
  ) -> String {
    let place = line.map { "\"" + $0.flatMap(escaped) + "\"" } ?? "null"
    let parts = [
      "\"line\":" + place, "\"wall_ms\":" + milliseconds(times.wall),
      "\"cpu_ms\":" + milliseconds(times.processors),
      "\"rows_in\":\(rowsIn)", "\"rows_out\":\(rowsOut)",
    ]
    return "{" + parts.joined(separator: ",") + "}"
  }

  /// A character of a file's name within a JSON text.
  private static func escaped(_ character: Character) -> [Character] {
    switch character {
    case "\"", "\\": ["\\", character]
    case _ where character.unicodeScalars.contains { $0.value < 0x20 }: ["?"]
    default: [character]
    }
  }

  /// With three digits behind the point.
  private static func milliseconds(_ seconds: Double) -> String {
    let microseconds = Int((max(seconds, 0) * 1e6).rounded())
    let rest = String(microseconds % 1000)
    return "\(microseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }
}
