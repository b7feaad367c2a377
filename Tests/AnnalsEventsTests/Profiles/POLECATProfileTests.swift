import AnnalsEngine
import AnnalsEvents
import Testing

/// `polecat.txt` is made up, with the 40 columns of the files, tabs, and `None` for nothing known.
@Suite struct POLECATProfileTests {
  func file() throws -> ProfiledFixture { try ProfiledFixture("polecat.txt") }

  @Test func `types and modes stay as published, and None is nothing`() throws {
    #expect(
      try file().lines("events", "id", "date", "type", "subtype", "source") == [
        "P-1 | 2023-03-01 | PROTEST | demo | 1", "P-2 | 2023-03-01 | ASSAULT | beat | 1",
        "P-3 | 2023-03-02 | CONSULT | visit | 2", "P-4 | 2023-03-02 | ENCHANT | - | -",
      ])
    #expect(try file().lines("events", "Latitude")[3] == "-")
  }

  @Test func `lists of actors and recipients are divided, and nobody stands twice`() throws {
    #expect(
      try file().lines("participations", "event", "actor", "role", "side") == [
        "P-1 | Students | agent | a", "P-1 | Railway Union | agent | a",
        "P-1 | Government of Ruritania | target | b", "P-2 | Royal Police | agent | a",
        "P-2 | Students | target | b", "P-2 | Graustark Consul | target | b",
        "P-3 | Rudolf Elphberg | agent | a", "P-4 | Black Michael | agent | a",
        "P-4 | Rudolf Elphberg | target | b",
      ])
    #expect(
      try file().lines("actors", "name", "kind", "country") == [
        "Students | - | RUR", "Railway Union | - | RUR", "Government of Ruritania | GOV | RUR",
        "Royal Police | COP | RUR", "Graustark Consul | - | -", "Rudolf Elphberg | GOV | RUR",
        "Black Michael | - | -",
      ])
  }

  @Test func `contexts are a table of their own`() throws {
    #expect(
      try file().lines("contexts", "event", "context") == [
        "P-1 | economic", "P-1 | labor_rights", "P-2 | repression",
      ])
  }

  @Test func `a place is as exact as its feature`() throws {
    #expect(
      try file().lines("places", "name", "country", "precision") == [
        "Strelsau | RUR | 1", "Zenda | RUR | 4", "Ruritania | RUR | 6",
      ])
  }

  @Test func `a report has a day`() throws {
    #expect(
      try file().lines("sources", "name", "date") == [
        "Strelsau Post | 2023-03-02", "Zenda Herald | 2023-03-03",
      ])
  }

  @Test func `what is odd is told, with the first row`() throws {
    #expect(
      try file().findings() == [
        "original.Event ID: 1 row, the first is row 5: the id of another row; the first speaks for"
          + " the event",
        "original.Event Type: 1 value unknown to the codebook, kept: `ENCHANT` (1)",
      ])
  }
}
