import AnnalsEvents
import AnnalsScripting
import Foundation
import Testing

/// Hostile scripts, one after the other in one process; the host answers a query after each.
@Suite(.serialized) struct AttackTests {
  private static let areas = ["crash", "escape", "memory", "output", "time"]

  @Test(arguments: areas)
  func `no attack gets further than its verdict says`(area: String) throws {
    let dataset = try Dataset.open(Fixture.shipped)
    let attacks = try Attack.all(in: area)
    #expect(attacks.count >= 15)
    for attack in attacks {
      #expect(attack.outcome(on: dataset) == attack.verdict, "\(area): \(attack.name)")
      var run = RecordedRun(dataset: dataset)
      let check = Script(name: "check.lua", source: Array("return #data.events".utf8))
      let report = try run.report(check)
      #expect(report.text == "26\n", "after \(area): \(attack.name)")
    }
  }

  @Test func `there are enough attacks`() throws {
    let counts = try Self.areas.map { try Attack.all(in: $0).count }
    #expect(counts.reduce(0, +) >= 150)
  }
}

/// One script of `Attacks/`, and how it must end: `time`, `memory`, `plans` or `output` for the limit
/// that stops it, `holds` if it ends by itself, or `error` with a part of the message.
private struct Attack {
  let name: String
  let verdict: String
  let source: String

  /// A file holds many, each below a line of the form `--! name: verdict`.
  static func all(in area: String) throws -> [Attack] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Attacks")
    let text = try String(contentsOf: folder.appending(path: area + ".lua"), encoding: .utf8)
    return text.components(separatedBy: "\n--! ").dropFirst().map { part in
      let lines = part.split(separator: "\n", maxSplits: 1)
      let head = lines[0].components(separatedBy: ": ")
      let source = lines.count > 1 ? String(lines[1]) : ""
      return Attack(name: head[0], verdict: head[1], source: source)
    }
  }

  /// What happens, in the words of the verdict where it agrees. A script prints `!` where it must
  /// never come.
  func outcome(on dataset: Dataset) -> String {
    var run = RecordedRun(dataset: dataset)
    run.limits.timeout = verdict == "time" ? .milliseconds(150) : .seconds(60)
    run.limits.heapByteCount = verdict == "memory" ? 16 << 20 : 512 << 20
    run.limits.totalByteCount = 16 << 20
    run.limits.outputByteCount = 1 << 16
    do throws(ScriptError) {
      _ = try run.report(Script(name: "attack.lua", source: Array(source.utf8)))
      return "holds"
    } catch {
      if run.printed.contains("!") { return "it went on: \(run.printed.prefix(120))" }
      return words(for: error)
    }
  }

  private func words(for error: ScriptError) -> String {
    switch error {
    case .limit(let message, _, _) where message.contains("ran longer"): return "time"
    case .limit(let message, _, _) where message.contains("MiB of memory"): return "memory"
    case .limit(let message, _, _) where message.contains("for plans and datasets"): return "plans"
    case .limit(let message, _, _) where message.contains("printed more"): return "output"
    case .failed(_, let message, _, _, _):
      let isExpected =
        verdict.hasPrefix("error") && message.contains(verdict.dropFirst("error ".count))
      return isExpected ? verdict : "error \(message.prefix(120))"
    default: return "\(error)"
    }
  }
}
