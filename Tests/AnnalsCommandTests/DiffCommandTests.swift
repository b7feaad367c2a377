import Testing

@Suite struct DiffCommandTests {
  let annals = AnnalsProcess()
  let profiles = "Tests/AnnalsEventsTests/Fixtures/profiles/"

  @Test func `two releases are compared: how many events, what they add up to, what changed`()
    async throws
  {
    let result = try await annals.run(
      "diff", profiles + "acled-31.csv", profiles + "acled-31-later.csv", "--deletions",
      profiles + "acled-deletions.csv")
    #expect(result.status == 0)
    #expect(
      result.error == """
        note: 1 row of the old release with the id of another, such as `RUR3`; one speaks for the event
        note: 1 deleted id in neither release

        """)
    #expect(
      result.output == """
        change     events
        ─────────  ──────
        added           1
        changed         2
        removed         2
        unchanged       3

        measure  unit    population  old  new
        ───────  ──────  ──────────  ───  ───
        killed   person  ·           14+  18+

        event  change   column      old                   new
        ─────  ───────  ──────────  ────────────────────  ────────────────────
        RUR1   changed  fatalities  3                     5
        RUR1   changed  timestamp   2022-04-15T05:20:00Z  2022-08-08T23:06:40Z
        RUR2   removed  ·           ·                     ·
        RUR5   removed  ·           ·                     ·
        RUR7   changed  event_date  0025-02-03            2022-02-03
        RUR7   changed  timestamp   2022-04-15T05:20:06Z  2022-08-08T23:06:40Z
        RUR8   added    ·           ·                     ·

        """)
  }

  @Test func `a format of one table needs to know which`() async throws {
    let files = [profiles + "acled-31.csv", profiles + "acled-31-later.csv"]
    let none = try await annals.run(["diff"] + files + ["--format", "csv"])
    #expect(none.status == 64)
    let one = try await annals.run(["diff"] + files + ["--format", "csv", "--table", "1"])
    #expect(one.output == "change,events\nadded,1\nchanged,2\nremoved,1\nunchanged,4\n")
  }

  @Test func `claims that may not be added are not, and that is told`() async throws {
    let result = try await annals.run("diff", "kazakhstan-2022", "kazakhstan-2022")
    #expect(result.status == 0)
    #expect(result.error.contains("note: the figures of the old release are not added, since"))
    #expect(result.output.contains("unchanged"))
  }

  @Test func `events without ids are an error of the data`() async throws {
    let file = profiles + "acled-month.csv"
    let result = try await annals.run("diff", file, file)
    #expect(result.status == 2)
    #expect(result.error.contains("the events of `acled-month` have no ids"))
  }
}
