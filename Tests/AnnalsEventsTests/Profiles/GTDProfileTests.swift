import AnnalsEngine
import AnnalsEvents
import AnnalsFormats
import Testing

/// `gtd.csv` is made up, with the 135 columns of the database. Two of its nine attacks lack a day, one of
/// these the month too; one was on 31 June. `gtd-windows.csv` is the same file in Windows-1252.
@Suite struct GTDProfileTests {
  func file() throws -> ProfiledFixture { try ProfiledFixture("gtd.csv") }

  @Test func `a day or month of 0 is the whole month or year, and no day stays unknown`() throws {
    #expect(
      try file().lines("events", "id", "date", "date_end", "date_precision") == [
        "201001050001 | 2010-01-05 | 2010-01-05 | day",
        "201002000001 | 2010-02-01 | 2010-02-28 | month",
        "201000000001 | 2010-01-01 | 2010-12-31 | year",
        "201003120001 | 2010-03-12 | 2010-03-12 | day",
        "201003120002 | 2010-03-12 | 2010-03-12 | day",
        "201004010001 | 2010-04-01 | 2010-04-09 | days",
        "201005310001 | 2010-05-31 | 2010-05-31 | day", "201006310001 | - | - | -",
        "201007010001 | 2010-07-01 | 2010-07-01 | day",
      ])
  }

  @Test func `types and titles are told, and an unknown type is kept`() throws {
    let lines = try file().lines("events", "type", "title")
    #expect(lines[0] == "Bombing/Explosion | Red Hentzau → Railway bridge: Bombing/Explosion")
    #expect(lines[6] == "Sorcery | Unknown → Civilians: Sorcery")
  }

  @Test func `tolls keep their fractions, and what is not known is no figure`() throws {
    #expect(
      try file().lines("figures", "event", "measure", "value") == [
        "201001050001 | killed | 3", "201001050001 | wounded | 7", "201002000001 | killed | 0",
        "201002000001 | wounded | 0", "201003120001 | killed | 2.5",
        "201003120001 | wounded | 0.33", "201003120002 | killed | 2.5",
        "201003120002 | wounded | 0.67", "201004010001 | killed | 0",
        "201004010001 | wounded | 0", "201005310001 | wounded | 1", "201006310001 | killed | 1",
        "201007010001 | killed | 120",
      ])
  }

  @Test func `dead and wounded perpetrators are parts of the tolls`() throws {
    #expect(
      try file().lines("parts", "event", "measure", "population", "value", "whole") == [
        "201001050001 | killed | perpetrators | 1 | 1",
        "201001050001 | wounded | perpetrators | 0 | 2",
      ])
  }

  @Test func `a suspicion is an allegation, and targets are told apart by nationality`() throws {
    let lines = try file().lines("participations", "event", "actor", "role", "side", "certainty")
    #expect(
      [lines[0], lines[1], lines[2], lines[11], lines[14]] == [
        "201001050001 | Red Hentzau | agent | a | -",
        "201001050001 | Railway bridge Ruritania | target | b | -",
        "201002000001 | Blue Guards | agent | a | alleged",
        "201004010001 | Black Elphberg | agent | a | alleged",
        "201005310001 | Civilians Graustark | target | b | -",
      ])
    #expect(
      try file().lines("actors", "name", "kind", "country").prefix(2) == [
        "Red Hentzau | - | -", "Railway bridge | Transportation | Ruritania",
      ])
  }

  @Test func `a place is as exact as its specificity, and less so in the vicinity`() throws {
    #expect(
      try file().lines("places", "name", "admin1", "latitude", "precision") == [
        "Zenda | Zenda | 50.25 | 1", "Zenda | Zenda | 50.25 | 3", "Unknown | Zenda | 50.3 | 4",
        "Strelsau | Strelsau | 50.1 | 2", "Ruritania | - | - | 6",
      ])
  }

  @Test func `numbers for nothing known are null, but as published in the original`() throws {
    #expect(
      try file().lines("events", "nperps", "INT_LOG") == ["2 | -"]
        + [String](repeating: "- | -", count: 8))
    #expect(try file().lines("original", "nperps", "INT_LOG")[1] == "-99 | -9")
  }

  @Test func `the file in another encoding is the same when that is said`() throws {
    var hints = FileHints()
    hints.encoding = .windows1252
    let other = try ProfiledFixture("gtd-windows.csv", hints: hints)
    for (table, column) in [("actors", "name"), ("figures", "value"), ("places", "name")] {
      #expect(try other.lines(table, column) == file().lines(table, column))
    }
    #expect(try other.lines("actors", "name").last == "Müller Group")
  }

  @Test func `what is odd is told, with the first row`() throws {
    #expect(
      try file().findings().prefix(9) == [
        "original.attacktype1: 1 value unknown to the codebook, kept: `10` (1)",
        "original.iday: 1 row, the first is row 8: no day, even where 0 means that it is unknown",
        "original.imonth: 1 row, the first is row 3: 0, the month is unknown",
        "original.iday: 2 rows, the first is row 2: 0, the day is unknown",
        "original.nkill: 2 rows, the first is row 3: not known",
        "original.nkill: 2 rows, the first is row 4: a part of a person, of a toll divided among"
          + " linked attacks",
        "original.nwound: 3 rows, the first is row 3: not known",
        "original.nwound: 2 rows, the first is row 4: a part of a person, of a toll divided among"
          + " linked attacks",
        "original.doubtterr: 1 row, the first is row 9: -9, which means unknown; null but in"
          + " `original`",
      ])
    #expect(try file().dataset.problemCount == 0)
  }
}
