import AnnalsEngine
import AnnalsEvents
import Testing

/// `acled-31.csv` has the columns of today's files, `acled-32.csv` also the population, with numbers for
/// types of actors and long dates; `acled-25.csv` has the columns and upper-case names of version 7. All
/// are made up.
@Suite struct ACLEDProfileTests {
  func file() throws -> ProfiledFixture { try ProfiledFixture("acled-31.csv") }

  @Test func `an event has a day that is as exact as the codebook says`() throws {
    #expect(
      try file().lines(
        "events", "id", "date", "date_end", "date_precision", "date_basis", "type", "subtype") == [
          "RUR1 | 2022-01-03 | 2022-01-03 | day | stated | Battles | Armed clash",
          "RUR2 | 2022-01-05 | 2022-01-05 | day | stated | Protests | Peaceful protest",
          "RUR3 | 2022-01-12 | 2022-01-12 | week | imputed | Violence against civilians | Attack",
          "RUR4 | 2022-01-15 | 2022-01-15 | month | imputed | Protests"
            + " | Excessive force against protesters",
          "RUR5 | 2022-02-01 | 2022-02-01 | day | stated | Strategic developments"
            + " | Looting/property destruction",
          "RUR6 | 2022-02-02 | 2022-02-02 | day | stated | Riots | Mob violence",
          "RUR7 | 0025-02-03 | 0025-02-03 | day | stated | Explosions/Remote violence"
            + " | Balloon strike",
        ])
  }

  @Test func `fatalities are the lowest number, and 0 says nothing`() throws {
    #expect(
      try file().lines("figures", "event", "value", "qualifier", "basis", "accumulation", "source")
        == [
          "RUR1 | 3+ | at_least | convention | increment | -",
          "RUR2 | 0+ | none_or_unknown | convention | increment | 1",
          "RUR3 | 10+ | at_least | convention | increment | 2",
          "RUR4 | 1+ | at_least | convention | increment | -",
          "RUR5 | 0+ | none_or_unknown | convention | increment | 3",
          "RUR6 | 0+ | none_or_unknown | convention | increment | 3",
        ])
  }

  @Test func `of rows with one id the one that was edited last speaks`() throws {
    let lines = try file().lines("original", "event_id_cnty", "fatalities", "event")
    #expect([lines[2], lines[6]] == ["RUR3 | 12 | RUR3", "RUR3 | 10 | RUR3"])
    #expect(try file().lines("events", "fatalities")[2] == "10")
  }

  @Test func `lists of associated actors are divided, and violence against civilians has a target`()
    throws
  {
    #expect(
      try file().lines("participations", "event", "actor", "role", "side").prefix(10) == [
        "RUR1 | Military Forces of Ruritania (2016-) | party | a",
        "RUR1 | Red Hentzau | party | b",
        "RUR1 | Black Elphberg | associated | b",
        "RUR1 | Zenda Volunteers | associated | b",
        "RUR2 | Protesters (Ruritania) | party | a",
        "RUR2 | Students (Ruritania) | associated | a",
        "RUR2 | Women (Ruritania) | associated | a",
        "RUR3 | Red Hentzau | agent | a",
        "RUR3 | Civilians (Ruritania) | target | b",
        "RUR3 | Women (Ruritania) | associated | b",
      ])
  }

  @Test func `types of actors bear the names of the codebook, as text or number`() throws {
    let kinds = [
      "Military Forces of Ruritania (2016-) | State forces", "Red Hentzau | Rebel group",
      "Black Elphberg | -", "Zenda Volunteers | -", "Protesters (Ruritania) | Protesters",
      "Students (Ruritania) | -", "Women (Ruritania) | -", "Civilians (Ruritania) | Civilians",
      "Unidentified Armed Group (Ruritania) | Political militia", "Rioters (Ruritania) | Rioters",
    ]
    #expect(try file().lines("actors", "id", "kind") == kinds)
    #expect(try ProfiledFixture("acled-32.csv").lines("actors", "id", "kind") == kinds)
    #expect(
      try ProfiledFixture("acled-25.csv").lines("actors", "id", "kind") == Array(kinds.prefix(9)))
  }

  @Test func `tags are keys and values`() throws {
    #expect(
      try file().lines("tags", "event", "key", "value") == [
        "RUR2 | crowd size | about 500", "RUR2 | women targeted: students | -",
        "RUR5 | armed presence | -",
      ])
  }

  @Test func `sources are divided, and an event refers to its first`() throws {
    #expect(
      try file().lines("sources", "id", "name") == [
        "1 | Strelsau Post", "2 | Zenda Herald", "3 | Radio Strelsau",
      ])
    #expect(try file().lines("events", "source") == ["1", "1", "2", "-", "3", "3", "2"])
    #expect(
      try file().lines("event_sources", "event", "source") == [
        "RUR1 | 1", "RUR1 | 2", "RUR2 | 1", "RUR3 | 2", "RUR5 | 3", "RUR6 | 3", "RUR7 | 2",
      ])
  }

  @Test func `places keep the name as published, with how exact they are`() throws {
    #expect(
      try file().lines("places", "name", "admin1", "latitude", "precision") == [
        "Zenda | Zenda | 50.25 | 1", "Strelsau - Old Town | Strelsau | 50.1 | 1",
        "Hofbau | Zenda | 50.3 | 4", "Strelsau | Strelsau | 50.1 | 2",
      ])
  }

  @Test func `all vintages give the same days and figures`() throws {
    let days = try file().lines("events", "id", "date", "date_precision", "place")
    let tolls = [
      "RUR1 | 3+ | at_least", "RUR2 | 0+ | none_or_unknown", "RUR3 | 12+ | at_least",
      "RUR4 | 1+ | at_least", "RUR5 | 0+ | none_or_unknown", "RUR6 | 0+ | none_or_unknown",
    ]
    let late = try ProfiledFixture("acled-32.csv")
    #expect(
      try late.lines("events", "id", "date", "date_precision", "place") == Array(days.dropLast()))
    #expect(try late.lines("figures", "event", "value", "qualifier") == tolls)
    let early = try ProfiledFixture("acled-25.csv")
    #expect(
      try early.lines("events", "id", "date", "date_precision", "place") == Array(days.prefix(5)))
    #expect(try early.lines("figures", "event", "value", "qualifier") == Array(tolls.prefix(5)))
    #expect(try early.lines("participations", "actor").count == 13)
  }

  @Test func `what is odd is told, with the first row`() throws {
    #expect(
      try file().findings() == [
        "original.event_id_cnty: 1 row, the first is row 3: the id of another row; the one edited"
          + " last speaks for the event",
        "original.disorder_type: 1 value unknown to the codebook, kept: `Demostrations` (1)",
        "original.sub_event_type: 1 value unknown to the codebook, kept: `Balloon strike` (1)",
        "original.year: 1 row, the first is row 8: not the year of `event_date`",
        "original.fatalities: 3 rows, the first is row 2: 0, which means none or unknown",
        "original.fatalities: 3 rows, the first is row 1: 3, 10, 12 or 100, which may stand for"
          + " several, tens, dozens and hundreds",
      ])
  }
}
