import Annals
import AnnalsPlatform

/// The tests of a bundle with their datasets open, so that the walls can be raised before a script runs.
struct BundleTests {
  /// What a run gave for one golden output.
  struct Output {
    let path: String
    let bytes: [UInt8]
    let state: State

    enum State: Equatable {
      case same, missing
      case differs(String)
    }
  }

  /// What a test gave.
  struct Outcome {
    let test: BundleTest
    let result: Result<[Output], CommandError>
  }

  let bundle: ReportBundle
  private let used: [ReportBundle]
  private let datasets: [TestData: Dataset]

  /// Opens the datasets of all tests.
  ///
  /// - Parameter folders: Where bundles are that it may use.
  init(
    of bundle: ReportBundle, folders: [InstalledBundles], threadCount: Int, stop: StopFlag
  ) throws(CommandError) {
    guard !bundle.manifest.tests.isEmpty else {
      throw .data(
        "the bundle has no tests\n  at:  \(bundle.name)"
          + "\n  fix: add `tests` to its manifest; Documentation/bundles.md tells how")
    }
    used = try UsedBundles(of: bundle, in: folders).all
    for bundle in [bundle] + used { try BundleFinder.checkVersion(of: bundle) }
    self.bundle = bundle
    var datasets: [TestData: Dataset] = [:]
    for test in bundle.manifest.tests where datasets[test.data] == nil {
      let opener = TestDataOpener(bundle: bundle, threadCount: threadCount, stop: stop)
      let dataset = try opener.open(test.data)
      try BundleNeeds.check(dataset, for: bundle.manifest)
      datasets[test.data] = dataset
    }
    self.datasets = datasets
  }

  /// Runs all tests, one after another.
  func run(
    limits: ScriptLimits, permissions: ScriptPermissions, interrupt: ScriptInterrupt
  ) throws(CommandError) -> [Outcome] {
    var outcomes: [Outcome] = []
    for test in bundle.manifest.tests {
      guard let dataset = datasets[test.data] else { continue }
      var run = ScriptRun(
        dataset: dataset, limits: limits, permissions: permissions, interrupt: interrupt)
      run.reservedNames = RunOptions.optionNames
      let backstop = OverdueScript.backstop(for: limits)
      defer { backstop?.cancel() }
      do throws(CommandError) {
        outcomes.append(Outcome(test: test, result: .success(try outputs(of: test, &run))))
      } catch .script(.interrupted) {
        throw .script(.interrupted)
      } catch {
        outcomes.append(Outcome(test: test, result: .failure(error)))
      }
    }
    return outcomes
  }

  private func outputs(
    of test: BundleTest, _ run: inout ScriptRun
  ) throws(CommandError) -> [Output] {
    let target = try RunTarget.script(test.script, of: bundle, at: bundle.name, used: used)
    target.addModules(to: &run)
    let printed = CollectedText()
    let report: Report
    do throws(ScriptError) {
      let parameters = test.parameters.map { ($0.name, Optional($0.text)) }
      report = try run.report(target.script, parameters: parameters) { printed.append($0) }
    } catch {
      throw .script(error)
    }
    var outputs: [Output] = []
    for path in test.goldens {
      let writer = ReportWriter(
        format: OutputFormat(path: path) ?? .text, tableNumber: nil, file: nil)
      let bytes =
        report.items.isEmpty && writer.format == .text
        ? printed.bytes : try writer.bytes(of: report)
      outputs.append(
        Output(path: path, bytes: bytes, state: state(of: bytes, path, digits: test.digits)))
    }
    return outputs
  }

  private func state(of bytes: [UInt8], _ path: String, digits: Int?) -> Output.State {
    guard let expected = bundle.contents(of: path) else { return .missing }
    let comparison = GoldenComparison(path: path, digits: digits)
    return comparison.difference(expected: expected, found: bytes).map { .differs($0) } ?? .same
  }

  /// What a script printed.
  private final class CollectedText {
    private(set) var bytes: [UInt8] = []

    func append(_ piece: Span<UInt8>) {
      for index in piece.indices { bytes.append(piece[index]) }
    }
  }
}

extension BundleTests {
  /// What all tests gave.
  ///
  /// - Throws: If a script failed.
  static func outputs(of outcomes: [Outcome]) throws(CommandError) -> [Output] {
    let failures = outcomes.compactMap(\.failure)
    guard let first = failures.first else { return outcomes.flatMap(\.outputs) }
    throw .findings(
      "\(failures.count) of \(outcomes.count) tests failed; they are shown above",
      status: first.status)
  }
}

extension BundleTests.Outcome {
  /// Why the script gave nothing; nil if it did.
  var failure: CommandError? {
    if case .failure(let error) = result { error } else { nil }
  }

  /// What it gave; empty if it failed.
  var outputs: [BundleTests.Output] {
    if case .success(let outputs) = result { outputs } else { [] }
  }

  /// A line for each output, and what differs below it.
  var text: String {
    switch result {
    case .failure(let error):
      return "failed   \(test.name)\n" + Self.indented(VisibleText.lines(error.description))
    case .success(let outputs):
      return outputs.map { output in
        let line = "  \(test.name)  \(output.path)\n"
        return switch output.state {
        case .same: "ok     " + line
        case .missing: "new    " + line
        case .differs(let lines): "differs" + line + Self.indented(VisibleText.lines(lines))
        }
      }.joined()
    }
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)\n" }.joined()
  }
}
