import AnnalsEngine
import AnnalsEvents
import AnnalsFormats
import Foundation
import Testing

/// `gdelt-1.csv` mixes rows of 57 and 58 columns, `gdelt-2.export.csv` has 61. Both are made up; neither
/// names its columns.
@Suite struct GDELTProfileTests {
  func second() throws -> ProfiledFixture { try ProfiledFixture("gdelt-2.export.csv") }

  @Test func `a file without names is recognised by its first row`() throws {
    let note = "read as GDELT events (profile `gdelt`), since a row has"
    #expect(
      try second().dataset.notes.first?.description
        == note + " 61 fields that look like it, and no names")
    let first = try ProfiledFixture("gdelt-1.csv").dataset
    #expect(
      first.notes.first?.description == note + " 57 fields that look like it, and no names")
    #expect(first.problemCount == 0)
  }

  @Test func `codes stay text, and the root code says what kind of event it is`() throws {
    #expect(
      try second().lines("events", "id", "date", "type", "subtype", "EventRootCode") == [
        "900000001 | 2021-03-01 | fight | 190 | 19",
        "900000002 | 2021-03-01 | make a statement | 010 | 01",
        "900000003 | 2021-03-02 | protest | 145 | 14",
        "900000004 | 2020-03-02 | appeal | 0231 | 02",
        "900000005 | 2021-03-03 | 21 | 21 | 21",
      ])
    #expect(
      try second().lines("codes", "column", "code", "meaning").suffix(4) == [
        "QuadClass | 1 | verbal cooperation", "QuadClass | 2 | material cooperation",
        "QuadClass | 3 | verbal conflict", "QuadClass | 4 | material conflict",
      ])
  }

  @Test func `the first actor does something to the second`() throws {
    #expect(
      try second().lines("participations", "event", "actor", "role", "side") == [
        "900000001 | RURGOV RURITANIA | agent | a", "900000001 | REB RED HENTZAU | target | b",
        "900000002 | REB RED HENTZAU | agent | a", "900000002 | RURGOV RURITANIA | target | b",
        "900000003 | COP THE \"IRON\" GUARD | agent | a",
        "900000004 | RURGOV RURITANIA | target | b",
        "900000005 | NA | agent | a", "900000005 | NA | target | b",
      ])
    #expect(
      try second().lines("actors", "name", "kind", "country") == [
        "RURITANIA | GOV | RUR", "RED HENTZAU | REB | -", "THE \"IRON\" GUARD | COP | -",
        "NA | - | -",
      ])
  }

  @Test func `the place is that of the action, as exact as its type says`() throws {
    #expect(
      try second().lines("places", "name", "country", "admin2", "latitude", "precision") == [
        "Strelsau, Strelsau, Ruritania | RU | 501 | 50.1 | 1", "Ruritania | RU | - | 50 | 6",
      ])
    #expect(try second().lines("events", "place") == ["1", "2", "1", "-", "2"])
  }

  @Test func `the first report is the source, and no one is said to have died`() throws {
    #expect(
      try second().lines("sources", "id", "name", "url") == [
        "1 | news.example.org | https://news.example.org/a/1",
        "2 | herald.example | http://herald.example/2", "3 | BBC Monitoring | -",
        "4 | news.example.org | https://news.example.org/b",
      ])
    #expect(try !second().dataset.has("figures"))
  }

  @Test func `rows of version 1 with and without an address stand in one file`() throws {
    let first = try ProfiledFixture("gdelt-1.csv")
    #expect(
      try first.lines("original", "GLOBALEVENTID", "EventCode", "SOURCEURL", "event") == [
        "900000001 | 190 | - | 900000001",
        "900000002 | 010 | https://news.example.org/a/1 | 900000002",
        "900000003 | 145 | http://herald.example/2 | 900000003",
        "900000004 | 0231 | - | 900000004",
        "900000005 | 21 | https://news.example.org/b | 900000005",
      ])
    #expect(
      try first.lines("participations", "event", "actor", "role")
        == second().lines("participations", "event", "actor", "role"))
    #expect(try first.lines("events", "source") == ["-", "1", "2", "-", "3"])
  }

  @Test func `what is odd is told, with the first row`() throws {
    #expect(
      try second().findings() == [
        "original.EventRootCode: 1 value unknown to the codebook, kept: `21` (1)",
        "original.QuadClass: 1 value unknown to the codebook, kept: `5` (1)",
        "original.SQLDATE: 1 row, the first is row 4: a day in another year than that in which it"
          + " was added",
      ])
  }

  /// Counted with pandas in a sample of 100 rows of version 2.0: 167 actors in events, 78 different
  /// ones, 55 places (3 events have none), 49 addresses, 43 times root code 04.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["ANNALS_PUBLISHED"] != nil))
  func `a published file gives the counts that pandas finds`() throws {
    let folder = ProcessInfo.processInfo.environment["ANNALS_PUBLISHED"] ?? ""
    let dataset = try Dataset.open(folder + "/gdelt2_events_100.csv")
    let tables = ["events", "participations", "actors", "places", "sources"]
    #expect(tables.map { dataset.table($0)?.rowCount } == [100, 167, 78, 55, 49])
    let events = try #require(dataset.table("events")).checked()
    let (place, type) = (try #require(events.schema["place"]), try #require(events.schema["type"]))
    #expect(events.nullCount(place) == 3)
    let consultations = (0..<events.rowCount).filter {
      events.value(row: $0, field: type) == .text("consult")
    }
    #expect(consultations.count == 43)
  }
}
