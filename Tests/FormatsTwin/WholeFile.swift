package import AnnalsEngine
package import AnnalsFormats

/// Reads bytes as a single file without a description is read: decoded, looked at, and read.
package enum WholeFile {
  package static func read(
    _ bytes: [UInt8], hints: FileHints = FileHints(), budget: MemoryBudget, threadCount: Int = 1,
    problems: inout ProblemList
  ) throws(FormatsError) -> RawTable {
    let text = try TextFile(
      ByteSource(bytes), path: "f.csv", encoding: hints.encoding, budget: budget)
    let look = try FirstLook(text.source, hints: hints, usual: .csv, budget: budget)
    return try TableReader.read(
      TableResource(name: "f", path: "f.csv", dialect: look.dialect), schema: nil, hints: hints,
      from: text.source, budget: budget, options: ReadingOptions(threadCount: threadCount),
      problems: &problems)
  }

  /// Reads bytes whose first one says how, all columns too; an error is an answer like any other.
  package static func tryToRead(_ input: [UInt8], budget: MemoryBudget) {
    let settings = input.first ?? 0
    var hints = FileHints()
    hints.encoding = [nil, .utf16, .windows1252, .latin1][Int(settings & 3)]
    if settings & 4 != 0 { hints.header = .absent }
    if settings & 8 != 0 { _ = hints.setType("day", of: "day") }
    var problems = ProblemList(limit: 5)
    do {
      let table = try read(
        Array(input.dropFirst()), hints: hints, budget: budget,
        threadCount: settings & 16 == 0 ? 1 : 3, problems: &problems)
      for part in table.parts { _ = try part.read() }
      _ = problems.problems.map(\.description) + table.notes.map(\.description)
    } catch {
      _ = "\(error)"
    }
  }
}
