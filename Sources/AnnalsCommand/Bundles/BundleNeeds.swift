import Annals

/// What a bundle needs of the dataset and of the machine.
struct BundleNeeds {
  let manifest: Manifest

  /// Stops before a run on a dataset that lacks tables or columns, and names all of them.
  func check(_ dataset: Dataset) throws(CommandError) {
    let missing = manifest.needs.flatMap { lacks($0, in: dataset) }
    guard !missing.isEmpty else { return }
    throw .data(
      "the dataset `\(dataset.name)` lacks what the bundle needs\n"
        + missing.map { "  - " + VisibleText.line($0) }.joined(separator: "\n")
        + "\n  fix: name another dataset with `--data`; `annals inspect` shows what one has")
  }

  private func lacks(_ need: NeededTable, in dataset: Dataset) -> [String] {
    guard let table = dataset.table(need.name), table.rowCount > 0 else {
      return ["the table `\(need.name)`"]
    }
    return need.columns.compactMap { column in
      guard let field = table.schema.fields.first(where: { $0.name == column.name }) else {
        return "the column `\(column.name)` of `\(need.name)` (\(column.type))"
      }
      guard !Self.suits(field.type, column.type) else { return nil }
      return "the column `\(column.name)` of `\(need.name)` as \(column.type), which it has as"
        + " \(field.type.name)"
    }
  }

  private static func suits(_ type: ValueType, _ needed: String) -> Bool {
    switch (type, needed) {
    case (_, "any"), (.integer, "number"), (.reference, "reference"): true
    default: type.name == needed
    }
  }

  /// Lowers the limits of a run to those of the manifest. What the user says goes before it; what
  /// goes beyond the usual limits the user must say.
  func apply(to limits: inout ScriptLimits, given: LimitOptions) throws(CommandError) {
    let usual = ScriptLimits.standard
    let needed = manifest.limits
    if let seconds = needed.seconds, given.limitTime == nil {
      if let timeout = usual.timeout, .seconds(seconds) > timeout {
        throw Self.beyond("\(seconds) s", "--limit-time=\(seconds)s")
      }
      limits.timeout = .seconds(seconds)
    }
    if let memory = needed.memory, given.limitMemory == nil {
      if memory << 20 > usual.heapByteCount {
        throw Self.beyond("\(memory) MiB of memory", "--limit-memory=\(memory)MiB")
      }
      limits.heapByteCount = memory << 20
      limits.planByteCount = min(limits.planByteCount, memory << 20)
    }
    if let output = needed.output, given.limitOutput == nil {
      if output << 20 > usual.outputByteCount {
        throw Self.beyond("\(output) MiB of output", "--limit-output=\(output)MiB")
      }
      limits.outputByteCount = output << 20
    }
  }

  private static func beyond(_ amount: String, _ option: String) -> CommandError {
    .permission("the bundle asks for \(amount)", fix: "grant it with `\(option)`, if you want to")
  }
}
