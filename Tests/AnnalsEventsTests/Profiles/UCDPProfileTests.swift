import AnnalsEngine
import AnnalsEvents
import AnnalsFormats
import Foundation
import Testing

/// `ucdp-ged-23.csv` has the columns of version 23, `ucdp-ged-19.csv` those of version 19 in another
/// order and with a clock behind the days. Both are made up.
@Suite struct UCDPProfileTests {
  func file() throws -> ProfiledFixture { try ProfiledFixture("ucdp-ged-23.csv") }

  @Test func `the column names tell the publisher`() throws {
    #expect(
      try file().dataset.notes.map(\.description) == [
        "read as UCDP GED (profile `ucdp-ged`), since its columns are among them"
          + " `type_of_violence`, `side_a`, `side_b`, `date_start`",
        "`original` is the file as published; the other tables are derived from it",
      ])
  }

  @Test func `a row is an event, its days as exact as the codebook says`() throws {
    #expect(
      try file().lines("events", "id", "date", "date_end", "date_precision", "type") == [
        "101 | 2021-03-01 | 2021-03-01 | day | state-based",
        "102 | 2021-03-03 | 2021-03-05 | window | state-based",
        "103 | 2021-03-14 | 2021-03-20 | week | one-sided",
        "104 | 2021-04-01 | 2021-04-30 | month | one-sided",
        "105 | 2021-01-01 | 2021-12-31 | year | non-state",
        "106 | 2021-05-01 | 2021-05-02 | days | state-based",
        "107 | 2021-06-01 | 2021-06-01 | - | 4",
        "108 | 2021-06-04 | 2021-06-04 | day | state-based",
        "row 10 | 2021-07-01 | 2021-07-01 | day | state-based",
      ])
  }

  @Test func `published columns without a name of the model stay with the events`() throws {
    #expect(
      try file().lines("events", "conflict_new_id", "dyad_name", "best").prefix(2) == [
        "31 | Government of Ruritania - Red Hentzau | 2",
        "31 | Government of Ruritania - Red Hentzau | 14",
      ])
  }

  @Test func `the file is there as published, each row with its event`() throws {
    let original = try file().lines("original", "id", "best", "event")
    #expect(original.count == 10)
    #expect(original[0] == "101 | 2 | 101")
    #expect(original[8...] == ["101 | 3 | 101", "- | 1 | row 10"])
  }

  @Test func `both sides are parties, but agent and target in one-sided violence`() throws {
    let lines = try file().lines("participations", "event", "actor", "role", "side")
    #expect(lines.count == 18)
    #expect(
      lines[2..<8] == [
        "102 | 11 | party | a", "102 | 12 | party | b", "103 | 11 | agent | a",
        "103 | 9999 | target | b", "104 | 12 | agent | a", "104 | 9999 | target | b",
      ])
  }

  @Test func `actors are the sides and whoever alone is the original source`() throws {
    #expect(
      try file().lines("actors", "id", "name", "kind") == [
        "11 | Government of Ruritania | state", "12 | Red Hentzau | group",
        "army | army | source", "9999 | Civilians | civilians", "villagers | villagers | source",
        "13 | Black Michael | group", "envoy | envoy | source",
        "Zenda\nHerald | Zenda\nHerald | source",
      ])
  }

  @Test func `a place is one with its coordinates and how exact they are`() throws {
    #expect(
      try file().lines("places", "id", "name", "admin1", "latitude", "precision") == [
        "1 | Strelsau city | Strelsau | 50.1 | 1",
        "2 | Zenda town | Zenda province | 50.25 | 4",
        "3 | Zenda town | Zenda province | 50.25 | 2",
        "4 | Ruritania | - | 50 | 6",
        "5 | Strelsau city | Strelsau | 50.1 | 3",
        "6 | Strelsau city | Strelsau | 50.1 | -",
      ])
    #expect(
      try file().lines("events", "place") == ["1", "2", "3", "4", "1", "5", "6", "1", "1"])
  }

  @Test func `lists of sources go together where they are of one length`() throws {
    #expect(
      try file().lines("sources", "name", "publisher", "date").prefix(6) == [
        "Two killed at the bridge | Strelsau Post | 2021-03-02",
        "Battle | Strelsau Post | 2021-03-06",
        "Many dead | Zenda Herald | 2021-03-07",
        "\"Strelsau Post,2021-03-20,Clash; many dead\";\"Zenda Herald,2021-03-21,Raid\""
          + " | Strelsau Post;Zenda Herald | -",
        "Bodies found | Zenda Herald | 2021-04-30",
        "Herald 1/5/2021 \"GANGS FIGHT, SAYS ENVOY\" | - | -",
      ])
    #expect(
      try file().lines("event_sources", "event", "source").prefix(4) == [
        "101 | 1", "102 | 2", "102 | 3", "103 | 4",
      ])
  }

  @Test func `deaths are one figure for each event, as published`() throws {
    #expect(
      try file().lines(
        "figures", "event", "measure", "value", "qualifier", "asserted_by", "source", "date")
        == [
          "101 | killed | 2 | exact | army | 1 | 2021-03-01",
          "102 | killed | 14 (9–20) | range | - | - | 2021-03-03",
          "103 | killed | 7 (7–9) | range | villagers | 4 | 2021-03-14",
          "104 | killed | 7 (7–5) | range | - | 5 | 2021-04-01",
          "105 | killed | 12 | exact | envoy | 6 | 2021-01-01",
          "106 | killed | 0 (0–4) | range | army | 1 | 2021-05-01",
          "107 | killed | 1 | exact | army | 7 | 2021-06-01",
          "108 | killed | 5 (3–6) | range | Zenda\nHerald | 8 | 2021-06-04",
          "row 10 | killed | 1 | exact | army | 9 | 2021-07-01",
        ])
  }

  @Test func `deaths by side are parts of the figure, and no figures`() throws {
    let lines = try file().lines("parts", "event", "population", "value", "whole")
    #expect(lines.count == 36)
    #expect(
      lines[4..<8] == [
        "102 | side_a | 3 | 2", "102 | side_b | 10 | 2", "102 | civilians | 1 | 2",
        "102 | unknown | 0 | 2",
      ])
  }

  @Test func `what is odd is told, with the first row`() throws {
    #expect(
      try file().findings() == [
        "original.id: 1 row, the first is row 10: no id, named by the row",
        "original.id: 1 row, the first is row 9: the id of another row; the first speaks for the"
          + " event",
        "original.type_of_violence: 1 value unknown to the codebook, kept: `4` (1)",
        "original.date_prec: 1 value unknown to the codebook, kept: `7` (1)",
        "original.where_prec: 1 value unknown to the codebook, kept: `9` (1)",
        "original: 1 row, the first is row 4: not low <= best <= high, kept as published",
        "original.best: 2 rows, the first is row 8: not the sum of the deaths by side",
        "original.number_of_sources: 1 row, the first is row 5: -1, which means that nobody counted",
        "original: 1 row, the first is row 3: lists of sources of different lengths;"
          + " `source_article` is the one source",
      ])
  }

  @Test func `an older vintage in another order gives the same events`() throws {
    let old = try ProfiledFixture("ucdp-ged-19.csv")
    let columns = ("date_precision", "date", "date_end")
    #expect(
      try old.lines("events", columns.0, columns.1, columns.2)
        == file().lines("events", columns.0, columns.1, columns.2).dropLast(2))
    #expect(
      try old.lines("figures", "event", "value")
        == file().lines("figures", "event", "value").dropLast(2))
  }

  /// The sums were computed with pandas. `ANNALS_PUBLISHED` is a folder with the two files: a sample
  /// of 1,000 rows of version 23.1 (low 6,224, best 9,561, high 22,017; by side 950, 1,532, 2,690 and
  /// 4,389; 842 places, 1,292 pairs of event and source) and the export for Bangladesh with its row of
  /// tags (601 rows; low 1,309, best 1,362, high 1,824; by side 304, 371, 574 and 113).
  @Test(
    .enabled(if: ProcessInfo.processInfo.environment["ANNALS_PUBLISHED"] != nil),
    arguments: [
      (
        "ged231_sample_1000.csv", [1000, 2000, 842, 1292],
        [6224.0, 9561, 22017], [950.0, 1532, 2690, 4389]
      ),
      ("conflict_data_BGD.csv", [601, 1202, 265, 699], [1309, 1362, 1824], [304, 371, 574, 113]),
    ])
  func `published files give the counts and sums that pandas finds`(
    name: String, counts: [Int], bounds: [Double], sides: [Double]
  ) throws {
    let folder = ProcessInfo.processInfo.environment["ANNALS_PUBLISHED"] ?? ""
    let dataset = try Dataset.open(folder + "/" + name)
    func values(_ table: String, where population: String? = nil) throws -> [Figure] {
      let table = try #require(dataset.table(table)).checked()
      let value = try #require(table.schema["value"])
      let who = try #require(table.schema["population"])
      return (0..<table.rowCount).compactMap { row in
        if let population, table.value(row: row, field: who) != .text(population) { return nil }
        guard case .figure(let figure) = table.value(row: row, field: value) else { return nil }
        return figure
      }
    }
    let tables = ["events", "participations", "places", "event_sources"]
    #expect(tables.map { dataset.table($0)?.rowCount } == counts)
    let tolls = try values("figures")
    #expect(
      [\Figure.low, \.best, \.high].map { bound in
        tolls.reduce(0) { $0 + ($1[keyPath: bound] ?? 0) }
      } == bounds)
    for (side, sum) in zip(["side_a", "side_b", "civilians", "unknown"], sides) {
      let deaths = try values("parts", where: side)
      #expect(deaths.reduce(0) { $0 + ($1.best ?? 0) } == sum)
    }
  }
}
