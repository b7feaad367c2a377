import Annals

/// What somebody sees who has just come: the dataset, and at first something to try.
struct ConsoleGreeting {
  let session: ConsoleSession
  /// How many cells a line may take.
  let width: Int

  /// Larger tables are not computed to see whether what is offered works; its columns are looked at.
  private static let rowLimit = 1_000_000
  private static let count = 3

  /// - Parameter isFirst: Nobody has typed anything before.
  func text(isFirst: Bool) -> String {
    let dataset = session.dataset
    var lines = [dataset.metadata.title.map { dataset.name + ": " + $0 } ?? dataset.name]
    // Tables that are still to be derived are there, and are not counted for a greeting.
    let filled = dataset.catalog.entries.filter { $0.table.knownRowCount != 0 }
    lines += wrapped(
      filled.map { entry in
        entry.table.knownRowCount.map { "\(entry.name) \($0)" } ?? entry.name
      })
    if let span { lines.append(span) }
    if isFirst {
      let examples = examples(filled.map(\.name)).lazy
        .compactMap { alternatives in alternatives.first(where: works) }.prefix(Self.count)
      lines += ["", "to try:"] + examples.map { "  " + $0 }
    }
    lines += ["", "`.help` lists the commands, Tab completes, Ctrl-D leaves."]
    return VisibleText.lines(lines.joined(separator: "\n")) + "\n"
  }

  /// The first and last day of the events; nil if none is known.
  private var span: String? {
    let lua = "data.events:aggregate(\"first = min(date)\", \"last = max(date)\")"
    guard let table = try? table(of: lua)?.whole(), table.rowCount == 1 else { return nil }
    let days = table.values(row: 0).map(\.text)
    guard let first = days.first, let last = days.last, !first.isEmpty else { return nil }
    return first == last ? first : first + " to " + last
  }

  /// Entries with commas between them, on lines that fit.
  private func wrapped(_ entries: [String]) -> [String] {
    var lines: [String] = []
    var line = ""
    for (index, entry) in entries.enumerated() {
      let piece = entry + (index < entries.count - 1 ? "," : "")
      if !line.isEmpty, DisplayWidth.of(line) + 1 + DisplayWidth.of(piece) > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + piece
    }
    return line.isEmpty ? lines : lines + [line]
  }

  /// Whether a table is too large to be looked at before anybody has asked.
  private var isLarge: Bool {
    session.dataset.catalog.entries.contains { $0.table.rowCount > Self.rowLimit }
  }

  /// What may be offered, the best first, each with what may take its place where it does not fit the
  /// dataset. A description is computed at once, and so is none of a large dataset.
  private func examples(_ tables: [String]) -> [[String]] {
    let toll = "data.figures:resolve(\"highest\"):group(\"date\", "
    let sum = "):aggregate(\"toll = sum(value)\")"
    let known: [(String, [String])] = [
      (
        "figures",
        [
          toll + "\"measure\"" + sum, toll + "\"measure\", \"unit\", \"accumulation\"" + sum,
        ]
      ),
      ("participations", ["data.participations:count(\"actor.name\"):take(5)"]),
      ("figures", ["data.figures:select(\"measure\", \"value\", \"stated\", \"source.name\")"]),
      ("events", ["data.events:count(\"type\")"]),
      ("events", ["data.events:where(\"date ~= nil\"):count(\"date\"):sort(\"date\")"]),
      ("events", ["data.events:take(5)"]),
    ]
    // A table whose name is none of Lua's is left to `.tables`.
    let others = tables.filter { name in
      name != "events" && name.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x5F }
    }
    return known.filter { tables.contains($0.0) }.map(\.1)
      + others.map { ["data." + $0 + ":take(5)"] }
      + (isLarge ? [] : others.map { ["data." + $0 + ":describe()"] })
  }

  private func works(_ lua: String) -> Bool {
    guard let table = try? table(of: lua) else { return false }
    return isLarge || (try? table.whole()) != nil
  }

  private func table(of lua: String) throws(ScriptError) -> ConsoleTable? {
    guard
      case .table(let table) = try session.evaluate(lua, name: "greeting").first?
        .content(width: 80)
    else { return nil }
    return table
  }
}
