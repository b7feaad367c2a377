import AnnalsEngine
import AnnalsEvents
import AnnalsFormats
import Testing

/// `acled-31-later.csv` is a made-up later release of `acled-31.csv`: RUR1 has two more dead, RUR2 is gone,
/// RUR7 has another day, RUR8 is new. `acled-deletions.csv` lists RUR5 and an id that neither has.
@Suite struct DatasetRevisionTests {
  func revision(
    from old: String = "acled-31.csv", to new: String = "acled-31-later.csv", deleted: [String] = []
  ) throws -> DatasetRevision {
    let context = RunContext(threadCount: 1, budget: MemoryBudget(byteLimit: 1 << 30))
    return try DatasetRevision(
      from: ProfiledFixture(old).dataset, to: ProfiledFixture(new).dataset, deleted: deleted,
      context: context)
  }

  func lines(_ table: Table) -> [String] {
    (0..<table.rowCount).map { row in
      table.schema.fields.map { field in
        let value = table.value(row: row, field: field)
        return value == .null ? "-" : value.text
      }.joined(separator: " | ")
    }
  }

  @Test func `events are compared by id and column, those of the old release first`() throws {
    let revision = try revision()
    #expect(
      lines(revision.changes) == [
        "RUR1 | changed | fatalities | 3 | 5",
        "RUR1 | changed | timestamp | 2022-04-15T05:20:00Z | 2022-08-08T23:06:40Z",
        "RUR2 | removed | - | - | -",
        "RUR7 | changed | event_date | 0025-02-03 | 2022-02-03",
        "RUR7 | changed | timestamp | 2022-04-15T05:20:06Z | 2022-08-08T23:06:40Z",
        "RUR8 | added | - | - | -",
      ])
    #expect(
      lines(revision.summary) == ["added | 1", "changed | 2", "removed | 1", "unchanged | 4"])
  }

  @Test func `totals of both releases stand side by side`() throws {
    #expect(try lines(revision().totals) == ["killed | person | - | 14+ | 18+"])
  }

  @Test func `ids that stand twice are told`() throws {
    #expect(
      try revision().notes.map(\.description) == [
        "1 row of the old release with the id of another, such as `RUR3`; one speaks for the event"
      ])
  }

  @Test func `deleted events count as removed, and their figures are left out`() throws {
    let deleted = try DatasetRevision.deletedIDs(
      at: ProfiledFixture.path("acled-deletions.csv"), budget: MemoryBudget(byteLimit: 1 << 24))
    #expect(deleted == ["RUR5", "RUR99"])
    let revision = try revision(deleted: deleted + ["RUR1"])
    #expect(
      lines(revision.summary) == ["added | 1", "changed | 1", "removed | 3", "unchanged | 3"])
    #expect(lines(revision.totals) == ["killed | person | - | 14+ | 13+"])
    #expect(revision.notes.last?.description == "1 deleted id in neither release")
  }

  @Test func `columns that only one release has are told, and not compared`() throws {
    let notes = try revision(from: "acled-25.csv", to: "acled-31.csv").notes.map(\.description)
    #expect(notes.contains { $0.hasPrefix("only the new release has `disorder_type`") })
  }

  @Test func `events without ids can't be compared`() throws {
    #expect(throws: EventsError.self) { try revision(from: "acled-month.csv") }
    #expect(throws: EventsError.self) {
      try DatasetRevision.deletedIDs(
        at: ProfiledFixture.path("acled-month.csv"), budget: MemoryBudget(byteLimit: 1 << 24))
    }
  }
}
