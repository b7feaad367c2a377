import AnnalsEvents
import AnnalsReports
import AnnalsScripting

/// A run that keeps what the script prints.
struct RecordedRun {
  let dataset: Dataset
  var limits = ScriptLimits.standard
  var permissions = ScriptPermissions.none
  var interrupt = ScriptInterrupt()
  private(set) var printed = ""

  init(dataset: Dataset) {
    self.dataset = dataset
    limits.timeout = .seconds(60)
  }

  /// Runs a script; ``printed`` is then what it printed, also if it fails.
  mutating func report(
    _ script: Script, _ parameters: [(name: String, text: String)] = []
  ) throws(ScriptError) -> Report {
    let output = Output()
    defer { printed = String(decoding: output.bytes, as: UTF8.self) }
    return try ScriptRun(
      dataset: dataset, limits: limits, permissions: permissions, interrupt: interrupt
    )
    .report(script, parameters: parameters) { piece in
      for index in piece.indices { output.bytes.append(piece[index]) }
    }
  }

  private final class Output {
    var bytes: [UInt8] = []
  }
}

extension Report {
  /// The report as a pipe gets it: its parts with an empty line between them.
  var text: String {
    items.map { item in
      switch item {
      case .table(let table): TableText().render(table)
      case .text(let text): text + "\n"
      }
    }.joined(separator: "\n")
  }
}
