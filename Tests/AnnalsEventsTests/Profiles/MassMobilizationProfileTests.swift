import AnnalsEngine
import AnnalsEvents
import Testing

/// `mass-mobilization.csv` is made up: fourteen protests, one of them on 31 February, and a year without
/// one.
@Suite struct MassMobilizationProfileTests {
  func file() throws -> ProfiledFixture { try ProfiledFixture("mass-mobilization.csv") }

  @Test func `a year without a protest is no event`() throws {
    #expect(try file().dataset.table("events")?.foundRowCount() == 14)
    let lines = try file().lines("original", "id", "event")
    #expect(lines.suffix(2) == ["3451990014 | 3451990014", "3451991000 | -"])
  }

  @Test func `days are put together, and what is no day is unknown`() throws {
    let lines = try file().lines("events", "date", "date_end", "date_precision", "subtype")
    #expect(
      [lines[0], lines[1], lines[13]] == [
        "1990-01-15 | 1990-01-18 | days | protesters not violent",
        "1990-01-20 | 1990-01-20 | day | protesters violent", "- | - | - | protesters not violent",
      ])
  }

  @Test func `the words for a crowd become bounds, else its class does`() throws {
    #expect(
      try file().lines("figures", "event", "value", "stated", "qualifier", "basis") == [
        "3451990001 | ≥1001 | >1000 | more_than | literal",
        "3451990002 | ≥100 | 100s | vague | convention",
        "3451990003 | ≥50 | 50+ | at_least | literal",
        "3451990004 | 100–999 | 100-999 | range | literal",
        "3451990005 | ~500 | about 500 | about | literal",
        "3451990006 | ≥10000 | tens of thousands | vague | convention",
        "3451990007 | 1200 | 1,200 | exact | literal",
        "3451990008 | ≥100 | several hundred people | vague | convention",
        "3451990009 | ≥24 | dozens | vague | convention",
        "3451990010 | 100–999 | a crowd | range | convention",
        "3451990011 | ≥10001 | >10000 | more_than | convention",
        "3451990013 | ≤99 | less than 100 | less_than | literal",
        "3451990014 | 100 | 100 | exact | literal",
      ])
    #expect(
      try file().lines("figures", "measure", "accumulation")[0] == "participants | snapshot")
  }

  @Test func `demands and responses are tables, without what is not known`() throws {
    #expect(
      try file().lines("protester_demands", "event", "demand").prefix(3) == [
        "3451990001 | political behavior, process", "3451990001 | labor wage dispute",
        "3451990002 | political behavior, process",
      ])
    #expect(
      try file().lines("state_responses", "event", "response").prefix(3) == [
        "3451990001 | crowd dispersal", "3451990001 | arrests", "3451990002 | ignore",
      ])
    #expect(try file().dataset.table("state_responses")?.foundRowCount() == 14)
  }

  @Test func `a protest all over the country is exact to the country alone`() throws {
    #expect(
      try file().lines("places", "name", "country", "precision") == [
        "Strelsau | Ruritania | -", "Zenda | Ruritania | -", "national | Ruritania | 6",
        "Hofbau – castle | Ruritania | -",
      ])
  }

  @Test func `what is odd is told, with the first row`() throws {
    #expect(
      try file().findings() == [
        "original: 1 row, the first is row 15: about no event, in `original` alone",
        "original.participants: 1 row, the first is row 10: no number that can be read; the class"
          + " counts instead",
        "original.startday: 1 row, the first is row 14: no day",
        "original.endday: 1 row, the first is row 14: no day",
      ])
  }
}
