import AnnalsEngine
import AnnalsEvents
import Testing

/// `icews.tab` is made up. One id stands for two events, one row stands twice, and a text has a quote that
/// does not end. `icews-slashes.tab` has the same rows with days such as `1/9/2014`.
@Suite struct ICEWSProfileTests {
  func file() throws -> ProfiledFixture { try ProfiledFixture("icews.tab") }

  @Test func `an event is named by its id and its day`() throws {
    #expect(
      try file().lines("events", "id", "date", "type", "subtype", "locator") == [
        "501 2014-01-02 | 2014-01-02 | make a statement | 010 | story 3001, sentence 4",
        "502 2014-01-02 | 2014-01-02 | protest | 145 | story 3002, sentence 1",
        "502 2014-01-03 | 2014-01-03 | coerce | 173 | story 3003, sentence 2",
        "503 2014-01-05 | 2014-01-05 | express intent to cooperate | 036 | story 3004, sentence 1",
        "504 2014-01-09 | 2014-01-09 | fight | 190 | story 3005, sentence 7",
        "505 2014-01-09 | 2014-01-09 | threaten | 13y | story 3005, sentence 8",
        "506 2014-01-10 | 2014-01-10 | 9910 | 9910 | story 3006, sentence 1",
      ])
  }

  @Test func `a title says who did what to whom, quotes and all`() throws {
    #expect(
      try file().lines("events", "title")[5]
        == "Unspecified → Graustark: Deny responsibility for \"the raid")
  }

  @Test func `the source of an event is its agent, and its publisher the source of the report`()
    throws
  {
    #expect(
      try file().lines("participations", "event", "actor", "role", "side").prefix(4) == [
        "501 2014-01-02 | Rudolf Elphberg | agent | a",
        "501 2014-01-02 | Citizen (Ruritania) | target | b",
        "502 2014-01-02 | Protester (Ruritania) | agent | a",
        "502 2014-01-02 | Police (Ruritania) | target | b",
      ])
    #expect(try file().lines("sources", "name") == ["Strelsau Post", "Zenda Herald"])
    #expect(try file().lines("events", "source") == ["1", "2", "2", "2", "1", "1", "1"])
  }

  @Test func `a place is as exact as the least unit that is named`() throws {
    #expect(
      try file().lines("places", "name", "admin1", "admin2", "precision") == [
        "Strelsau | Strelsau | - | 1", "Zenda | Zenda | Zenda district | 1",
        "Zenda district | Zenda | Zenda district | 3", "Ruritania | - | - | 6",
        "Zenda | Zenda | - | 4",
      ])
    #expect(try file().lines("events", "place") == ["1", "2", "3", "4", "-", "5", "1"])
  }

  @Test func `days with slashes that could be either have the month first`() throws {
    let other = try ProfiledFixture("icews-slashes.tab")
    #expect(try other.lines("events", "id", "date") == file().lines("events", "id", "date"))
    #expect(other.dataset.problemCount == 0)
  }

  @Test func `what is odd is told, with the first row`() throws {
    #expect(
      try file().findings() == [
        "original.Event ID: 1 row, the first is row 5: the id of another row; the first speaks for"
          + " the event",
        "original.CAMEO Code: 1 value unknown to the codebook, kept: `9910` (1)",
      ])
  }
}
