public import AnnalsEngine
public import AnnalsFormats

/// How the events of one release of a dataset differ from those of another, by their ids.
public struct DatasetRevision: Sendable {
  /// What became of how many events: `change: text` (added, changed, removed, unchanged), `events:
  /// integer`.
  public let summary: Table
  /// What the figures add up to: `measure, unit, population: text`, `old, new: figure`. Nothing where
  /// they may not be added, which ``notes`` tell.
  public let totals: Table
  /// What changed: `event, change, column, old, new: text`. A removed or added event has one row, a
  /// changed one a row for each column with another value; first those of the old release in its
  /// order, then what was added.
  public let changes: Table
  /// What else is to be known: ids that stand in several rows, columns that only one release has.
  public let notes: [DatasetNote]

  /// - Parameters:
  ///   - deleted: A publisher's list of deleted events, as ``deletedIDs(at:budget:)`` reads
  ///     it. These count as gone from the new release.
  ///   - context: What adds up the figures.
  /// - Throws: ``EventsError/noKey(dataset:)`` if the events of a dataset have no ids.
  public init(
    from old: Dataset, to new: Dataset, deleted: [String] = [], context: RunContext
  ) throws(EventsError) {
    let sides = (
      try RevisedEvents(old, "old", context), try RevisedEvents(new, "new", context)
    )
    do throws(EngineError) {
      var comparison = EventComparison(sides.0, sides.1, deleted: Set(deleted))
      try comparison.run(context)
      summary = try comparison.summary(context.budget)
      changes = try comparison.changes.finished()
      var notes = sides.0.notes + sides.1.notes + comparison.notes
      let totals = RevisedTotals(deleted: deleted, context: context)
      self.totals = try totals.table(
        totals.sums(of: old, "old", without: [], &notes),
        totals.sums(of: new, "new", without: deleted, &notes))
      self.notes = notes
    } catch {
      throw .engine(cause: error)
    }
  }

  /// The ids in a publisher's list of deleted events: its column `event_id_cnty`, else `id`.
  ///
  /// - Parameter path: What messages call the list.
  package static func deletedIDs(
    in table: Table, _ path: String
  ) throws(EventsError) -> [String] {
    let fields = ["event_id_cnty", "id"].compactMap { name in
      table.schema.fields.first { FlatFile.folded($0.name) == name }
    }
    guard let field = fields.first else { throw .noDeletions(path: path) }
    do throws(EngineError) {
      let column = FlatColumn(try table.column(field.slot))
      return (0..<table.rowCount).compactMap { column.text($0) }
    } catch {
      throw .engine(cause: error)
    }
  }

  /// The ids in a file of deleted events; see ``deletedIDs(in:_:)``.
  public static func deletedIDs(
    at path: String, budget: MemoryBudget
  ) throws(EventsError) -> [String] {
    try deletedIDs(in: try Dataset.table(path, access: .anywhere, budget: budget), path)
  }
}
