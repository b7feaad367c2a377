import AnnalsEngine
import AnnalsEvents
import Testing

/// `scad.csv` is made up. Two of its five events have two rows, for two locations.
@Suite struct SCADProfileTests {
  func file() throws -> ProfiledFixture { try ProfiledFixture("scad.csv") }

  @Test func `rows of one event are one event, of which the first speaks`() throws {
    #expect(
      try file().lines("events", "id", "date", "date_end", "date_precision", "type", "place") == [
        "3450001 | 2010-01-13 | 2010-01-15 | days | organized riot | 1",
        "3450002 | 2010-02-20 | 2010-02-20 | day | general strike | 3",
        "3450003 | 2010-03-01 | 2010-03-02 | days | anti-government violence | 2",
        "3450004 | 2010-03-03 | 2010-03-03 | day | 11 | 2",
        "3450005 | 2010-03-14 | 2010-03-14 | day | extra-government violence | 1",
      ])
    #expect(
      try file().lines("original", "eventid", "locnum", "event").prefix(3) == [
        "3450001 | 1 | 3450001", "3450001 | 2 | 3450001", "3450002 | 1 | 3450002",
      ])
  }

  @Test func `deaths count once for each event, and words are no numbers`() throws {
    #expect(
      try file().lines("figures", "event", "value", "qualifier") == [
        "3450001 | 4 | exact", "3450002 | 0 | exact", "3450005 | 12 | exact",
      ])
  }

  @Test func `an event has all its locations`() throws {
    #expect(
      try file().lines("event_places", "event", "place") == [
        "3450001 | 1", "3450001 | 2", "3450002 | 3", "3450003 | 2", "3450004 | 2",
        "3450005 | 1", "3450005 | 2",
      ])
    #expect(
      try file().lines("places", "name", "country", "latitude") == [
        "Strelsau | Ruritania | 50.1", "Zenda | Ruritania | 50.25",
        "nationwide | Ruritania | -",
      ])
  }

  @Test func `actors are agents, and what is unknown is no target`() throws {
    #expect(
      try file().lines("participations", "event", "actor", "role", "side").prefix(7) == [
        "3450001 | Students | agent | a", "3450001 | Workers | agent | a",
        "3450001 | Government | target | b", "3450001 | Police | target | b",
        "3450002 | Railway union | agent | a", "3450003 | Red Hentzau | agent | a",
        "3450004 | Villagers | agent | a",
      ])
  }

  @Test func `what is odd is told, with the first row`() throws {
    #expect(
      try file().findings() == [
        "original.eventid: 2 rows, the first is row 2: the id of another row; the first speaks for"
          + " the event",
        "original.etype: 1 value unknown to the codebook, kept: `11` (1)",
        "original.ndeath: 1 row, the first is row 7: another number than in the first row of the"
          + " event",
        "original.actor2: 1 row, the first is row 4: -99, which means unknown; null but in"
          + " `original`",
        "original.ndeath: 1 row, the first is row 4: -99, which means unknown; null but in"
          + " `original`",
        "original.npart: 2 rows, the first is row 3: -99, which means unknown; null but in"
          + " `original`",
        "original.target1: 1 row, the first is row 4: -99, which means unknown; null but in"
          + " `original`",
        "original.ndeath: 1 row, the first is row 5: -77, which means a word without a number; null"
          + " but in `original`",
      ])
  }
}
