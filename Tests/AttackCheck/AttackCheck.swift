// Runs hostile scripts one after the other in one process, as a program that embeds Annals would, and
// tells for each how it ended, how long it ran past its limit and how much memory the process had.
//
//   ANNALS_CHECKS=1 swift build -c release --product AnnalsAttackCheck --scratch-path .build-checks
//   .build-checks/release/AnnalsAttackCheck 1000 128 Tests/AnnalsScriptingTests/Attacks/*.lua
//
// The arguments are a limit in milliseconds, one in MiB, and files: of one script each, or of many below
// lines `--! name: verdict`. It fails if a script runs on for more than 250 ms, takes more than twice its
// memory, or leaves the process unable to answer.

import AnnalsEvents
import AnnalsPlatform
import AnnalsReports
import AnnalsScripting
import Glibc

@main
enum AttackCheck {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.count > 2, let milliseconds = Int(arguments[0]), let size = Int(arguments[1])
    else { return print("usage: MILLISECONDS MIB FILE...") }
    let dataset = try Dataset.open("Datasets/kazakhstan-2022")
    var limits = ScriptLimits()
    limits.timeout = .milliseconds(milliseconds)
    limits.heapByteCount = size << 20
    limits.totalByteCount = size << 20
    let check = AttackRun(dataset: dataset, limits: limits, seconds: Double(milliseconds) / 1000)
    var failed = 0
    for path in arguments[2...] {
      let text = String(
        decoding: try FileReader.contents(of: path, byteLimit: 1 << 24), as: UTF8.self)
      for attack in attacks(of: text, in: path) where !check.stands(attack.name, attack.source) {
        failed += 1
      }
    }
    print("attack check: \(failed) did harm")
    exit(failed == 0 ? 0 : 1)
  }

  private static func attacks(of text: String, in path: String) -> [(name: String, source: String)]
  {
    let parts = ("\n" + text).split(separator: "\n--! ", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return [(path, text)] }
    return parts.dropFirst().map { part in
      let lines = part.split(separator: "\n", maxSplits: 1)
      return (String(lines[0]), lines.count > 1 ? String(lines[1]) : "")
    }
  }
}

/// What every attack is run with.
struct AttackRun {
  let dataset: Dataset
  let limits: ScriptLimits
  let seconds: Double

  private static let overdueSeconds = 0.25

  /// Runs one, and tells whether the walls held.
  func stands(_ name: String, _ source: String) -> Bool {
    let before = ProcessMemory.resident
    ProcessMemory.forgetPeak()
    let begin = monotonicSeconds()
    let outcome = outcome(source)
    let late = monotonicSeconds() - begin - seconds
    let grown = ProcessMemory.peak - before
    let isSmall = grown <= 2 * limits.heapByteCount
    let isRight = late <= Self.overdueSeconds && isSmall && answers()
    print(
      "\(isRight ? "ok  " : "FAIL") \(Int((late + seconds) * 1000)) ms, \(grown >> 20) MiB: \(name):"
        + " \(outcome.prefix(100))")
    return isRight
  }

  private func outcome(_ source: String) -> String {
    let script = Script(name: "attack.lua", source: Array(source.utf8))
    do throws(ScriptError) {
      let report = try ScriptRun(dataset: dataset, limits: limits).report(script) { _ in }
      return "a report of \(report.items.count)"
    } catch {
      return error.description.split(separator: "\n").first.map(String.init) ?? ""
    }
  }

  /// Whether the next run gives what it always gives.
  private func answers() -> Bool {
    let script = Script(name: "plain.lua", source: Array("return #data.events".utf8))
    let report = try? ScriptRun(dataset: dataset).report(script) { _ in }
    return report?.items.count == 1
  }
}

/// What the system says of this process.
enum ProcessMemory {
  static var resident: Int { kibibytes("VmRSS:") << 10 }
  static var peak: Int { kibibytes("VmHWM:") << 10 }

  /// Has the peak begin anew.
  static func forgetPeak() {
    let file = unsafe open("/proc/self/clear_refs", O_WRONLY)
    guard file >= 0 else { return }
    _ = unsafe write(file, [UInt8(ascii: "5")], 1)
    close(file)
  }

  private static func kibibytes(_ name: String) -> Int {
    guard let bytes = try? FileReader.contents(of: "/proc/self/status", byteLimit: 1 << 16) else {
      return 0
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let line = lines.first { $0.hasPrefix(name) } ?? ""
    return line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
      .flatMap { Int($0) } ?? 0
  }
}
