import AnnalsEngine
import AnnalsEvents
import AnnalsFormats
import Testing

/// Files of the same publishers in other dress: older names of columns, fewer or further columns,
/// semicolons with decimal commas, an unnamed column of row numbers, clocks at midnight. All are made up.
@Suite struct VintageTests {
  static let deaths = [
    "101 | 2021-03-01 | day | 2", "102 | 2021-03-03 | window | 14 (9–20)",
    "104 | 2021-04-01 | month | 7 (7–5)", "105 | 2021-01-01 | year | 12",
  ]

  @Test(arguments: ["ucdp-ged-5.csv", "ucdp-ged-candidate.csv"])
  func `old and candidate releases of GED give the same figures`(name: String) throws {
    let file = try ProfiledFixture(name)
    #expect(try file.lines("figures", "event", "date", "date_precision", "value") == Self.deaths)
    #expect(
      try file.lines("places", "name", "latitude", "precision") == [
        "Strelsau city | 50.1 | 1", "Zenda town | 50.25 | 4", "Ruritania | 50 | 6",
      ])
    #expect(try file.lines("parts", "value").count == 16)
  }

  @Test func `ACLED is known without types of actors and by semicolons`() throws {
    let file = try ProfiledFixture("acled-29.csv")
    #expect(
      try file.lines("figures", "event", "value") == [
        "RUR1 | 3+", "RUR2 | 0+", "RUR3 | 10+", "RUR4 | 1+", "RUR5 | 0+", "RUR6 | 0+",
      ])
    #expect(try file.lines("actors", "id", "kind")[1] == "Red Hentzau | -")
    #expect(try file.dataset.table("tags") == nil || !file.dataset.has("tags"))
  }

  @Test func `version 8 of ACLED has numbers of its own beside the ids of events`() throws {
    let file = try ProfiledFixture("acled-8.csv")
    #expect(
      try file.lines("events", "id", "data_id", "iso")[0] == "RUR1 | 900 | 51")
    #expect(try file.lines("actors", "id", "kind")[1] == "Red Hentzau | Rebel group")
    #expect(try file.lines("figures", "event", "value")[2] == "RUR3 | 10+")
  }

  @Test func `SCAD is known by names in other letters, and dates from their parts`() throws {
    let file = try ProfiledFixture("scad-latin-america.csv")
    #expect(
      try file.lines("events", "id", "date", "date_end", "date_precision").prefix(2) == [
        "3450001 | 2010-01-13 | 2010-01-15 | days", "3450002 | 2010-02-20 | 2010-02-20 | day",
      ])
    #expect(try file.lines("figures", "event", "value").count == 3)
  }

  func notes(_ name: String) throws -> [String] {
    try ProfiledFixture(name).dataset.notes.map(\.description)
  }

  @Test func `a publisher's file of something else says that its rows are no events`() throws {
    #expect(
      try notes("acled-month.csv").contains(
        "its rows are no events: it looks like ACLED's numbers of events by month and place"))
    #expect(
      try notes("gdelt-mentions.CSV").contains(
        "its rows are no events: it looks like GDELT's mentions of events"))
    #expect(try !ProfiledFixture("acled-month.csv").dataset.has("figures"))
  }

  @Test func `a file that nearly fits a profile says what it lacks`() throws {
    #expect(
      try notes("near-acled.csv").contains(
        "not read as ACLED (profile `acled`), since it lacks `fatalities`"))
    #expect(try !notes("plain.csv").contains { $0.hasPrefix("not read as") })
  }

  @Test func `degrees off the globe and the point 0, 0 are told and kept`() throws {
    let file = try ProfiledFixture("acled-off-globe.csv")
    #expect(
      try file.lines("places", "latitude", "longitude") == [
        "95 | 14.7", "50.1 | -180.5", "0 | 0", "-90 | 180", "-90.5 | 200",
      ])
    let off = "no degrees of the globe, kept; `distance` and `priogrid` give null"
    let told = try file.findings().filter { $0.hasPrefix("original.L") }
    #expect(
      told == [
        "original.LATITUDE: 2 rows, the first is row 1: \(off)",
        "original.LONGITUDE: 2 rows, the first is row 2: \(off)",
        "original.LATITUDE: 1 row, the first is row 3: 0, 0, a point at sea, where some files mean "
          + "no place; kept",
      ])
  }

  @Test func `some columns of ACLED are enough`() throws {
    let file = try ProfiledFixture("acled-few.csv")
    #expect(try file.lines("figures", "event", "value") == ["RUR1 | 3+", "RUR2 | 0+"])
    #expect(
      try file.lines("events", "id", "date", "type", "title") == [
        "RUR1 | 2022-01-03 | Battles | Battles", "RUR2 | 2022-01-05 | Protests | Protests",
      ])
    #expect(try file.lines("participations", "actor").isEmpty)
    #expect(try file.lines("places", "name").isEmpty)
  }

  @Test func `a release of GED without names of columns is known by its first row`() throws {
    let file = try ProfiledFixture("ucdp-ged-nameless.csv")
    let named = try ProfiledFixture("ucdp-ged-23.csv")
    for (table, columns) in [
      ("figures", "value"), ("places", "name"), ("parts", "value"), ("actors", "name"),
      ("events", "date"), ("sources", "name"),
    ] {
      #expect(try file.lines(table, columns) == named.lines(table, columns))
    }
    #expect(try file.lines("figures", "value").count > 5)
    #expect(try file.findings() == named.findings())
  }
}
