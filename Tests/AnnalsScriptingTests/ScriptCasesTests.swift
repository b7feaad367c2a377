import AnnalsEvents
import AnnalsReports
import AnnalsScripting
import Foundation
import Testing

@Suite struct ScriptCasesTests {
  /// What a run shows to whoever started it.
  enum Outcome: Hashable {
    case output(String)
    case failure(String)
  }

  @Test(arguments: ScriptCase.all)
  func `a script gives what is written beside it, with one thread and with two`(
    _ scriptCase: ScriptCase
  ) throws {
    let outcome = try run(scriptCase, threadCount: 1)
    #expect(try run(scriptCase, threadCount: 2) == outcome, "two threads give something else")
    if Golden.isUpdated {
      try write(outcome, of: scriptCase)
    } else {
      #expect(outcome == (try expected(scriptCase)))
    }
  }

  @Test func `every expectation stands beside a script, and every script has one`() {
    let scripts = Set(ScriptCase.all.map(\.path))
    let outputs = Set(ScriptCase.paths(endingIn: "out"))
    let failures = Set(ScriptCase.paths(endingIn: "err"))
    #expect(outputs.union(failures) == scripts)
    #expect(outputs.intersection(failures) == [])
    #expect(scripts.count >= 90)
  }

  private func run(_ scriptCase: ScriptCase, threadCount: Int) throws -> Outcome {
    let source = try String(contentsOf: scriptCase.script, encoding: .utf8)
    var run = RecordedRun(dataset: try Dataset.open(scriptCase.dataset))
    run.limits.threadCount = threadCount
    run.permissions.readableFolders = [Fixture.folder]
    let script = Script(name: scriptCase.name, source: Array(source.utf8))
    do throws(ScriptError) {
      let report = try run.report(script, scriptCase.parameters(source))
      return .output(run.printed + report.text)
    } catch {
      return .failure(error.description + "\n")
    }
  }

  private func expected(_ scriptCase: ScriptCase) throws -> Outcome {
    if FileManager.default.fileExists(atPath: scriptCase.failure.path) {
      return .failure(try String(contentsOf: scriptCase.failure, encoding: .utf8))
    }
    return .output(try String(contentsOf: scriptCase.output, encoding: .utf8))
  }

  private func write(_ outcome: Outcome, of scriptCase: ScriptCase) throws {
    try? FileManager.default.removeItem(at: scriptCase.output)
    try? FileManager.default.removeItem(at: scriptCase.failure)
    switch outcome {
    case .output(let text): try Golden.write(text, to: scriptCase.output)
    case .failure(let text): try Golden.write(text, to: scriptCase.failure)
    }
  }
}
