import AnnalsEngine
import AnnalsFormats

/// Compares the events of two releases, one after the other.
struct EventComparison {
  private let old: RevisedEvents
  private let new: RevisedEvents
  private let deleted: Set<String>
  /// The columns that both have.
  private let columns: [(name: String, old: FlatColumn, new: FlatColumn)]
  private(set) var changes = ChangeRows()
  private var counts: [Int64] = [0, 0, 0, 0]

  private static let words = ["added", "changed", "removed", "unchanged"]

  init(_ old: RevisedEvents, _ new: RevisedEvents, deleted: Set<String>) {
    self.old = old
    self.new = new
    self.deleted = deleted
    columns = old.columns.compactMap { column in
      new.columns.first { $0.folded == column.folded }.map {
        (column.name, column.column, $0.column)
      }
    }
  }

  mutating func run(_ context: RunContext) throws(EngineError) {
    changes = ChangeRows()
    try changes.begin(context.budget)
    var key = KeyBytes()
    for event in 0..<old.ids.count {
      if event & 0xFFFF == 0, context.stop.isRaised { throw .stopped }
      guard key.set([old.ids], event), try old.index.row(of: key.bytes.span) == event else {
        continue
      }
      let id = old.ids.value(event).text
      if !deleted.contains(id), let other = try new.index.row(of: key.bytes.span) {
        let differs = try compare(id, old.rows[event], new.rows[other])
        counts[differs ? 1 : 3] += 1
      } else {
        counts[2] += 1
        try changes.add(id, "removed")
      }
    }
    for event in 0..<new.ids.count {
      if event & 0xFFFF == 0, context.stop.isRaised { throw .stopped }
      guard key.set([new.ids], event), try new.index.row(of: key.bytes.span) == event,
        try old.index.row(of: key.bytes.span) == nil
      else { continue }
      let id = new.ids.value(event).text
      guard !deleted.contains(id) else { continue }
      counts[0] += 1
      try changes.add(id, "added")
    }
  }

  /// Adds the columns in which two rows differ; whether any does.
  private mutating func compare(
    _ id: String, _ row: Int, _ other: Int
  ) throws(EngineError) -> Bool {
    var differs = false
    for column in columns {
      let (before, after) = (column.old.text(row), column.new.text(other))
      guard before != after else { continue }
      differs = true
      try changes.add(id, "changed", column.name, before, after)
    }
    return differs
  }

  func summary(_ budget: MemoryBudget) throws(EngineError) -> Table {
    let words = try ColumnBuilder(type: .text, budget: budget)
    let numbers = try ColumnBuilder(type: .integer, budget: budget)
    for (word, count) in zip(Self.words, counts) {
      try words.append(.text(word))
      try numbers.append(.integer(count))
    }
    return Table(
      schema: Schema(names: [("change", .text), ("events", .integer)]), rowCount: counts.count,
      columns: [try words.finished(), try numbers.finished()])
  }

  /// What could not be compared.
  var notes: [DatasetNote] {
    let names = (Set(old.columns.map(\.folded)), Set(new.columns.map(\.folded)))
    var notes: [DatasetNote] = []
    for (side, others) in [(old, names.1), (new, names.0)] {
      let only = side.columns.filter { !others.contains($0.folded) }.map { "`\($0.name)`" }
      if only.isEmpty { continue }
      notes.append(
        DatasetNote(
          "only the \(side.release) release has " + only.joined(separator: ", ")
            + ", which is not compared"))
    }
    let unknown = deleted.filter { id in
      let bytes = Array(id.utf8)
      return (try? old.index.row(of: bytes.span)) == .some(nil)
        && (try? new.index.row(of: bytes.span)) == .some(nil)
    }
    if !unknown.isEmpty {
      notes.append(
        DatasetNote("\(ShownText.counted(unknown.count, "deleted id")) in neither release"))
    }
    return notes
  }
}

/// The rows of ``DatasetRevision/changes``.
struct ChangeRows {
  static let names = ["event", "change", "column", "old", "new"]
  private var builders: [ColumnBuilder] = []
  private var count = 0

  mutating func begin(_ budget: MemoryBudget) throws(EngineError) {
    builders = []
    for _ in Self.names { builders.append(try ColumnBuilder(type: .text, budget: budget)) }
  }

  mutating func add(
    _ event: String, _ change: String, _ column: String? = nil, _ old: String? = nil,
    _ new: String? = nil
  ) throws(EngineError) {
    for (builder, text) in zip(builders, [event, change, column, old, new]) {
      try builder.append(text.map(Value.text) ?? .null)
    }
    count += 1
  }

  func finished() throws(EngineError) -> Table {
    var columns: [Column] = []
    for builder in builders { columns.append(try builder.finished()) }
    return Table(
      schema: Schema(names: Self.names.map { ($0, .text) }), rowCount: count, columns: columns)
  }
}
