import Testing

@Suite struct InspectCommandTests {
  let annals = AnnalsProcess()
  let fixtures = "Tests/AnnalsCommandTests/Fixtures/"

  @Test func `a dataset is summed up: tables, columns, nulls and references`() async throws {
    let result = try await annals.run("inspect", fixtures + "town")
    #expect(result.status == 0)
    #expect(result.error == "")
    #expect(
      result.output == """
        town: Three days in a town (made up)

        tables
          events   3 rows  key id
          figures  2 rows  key id
          without rows: participations, actors, places, sources, parts, original

        columns of events
          id     text
          date   day      1 null, 2031-03-04 to 2031-03-05
          title  text
          crowd  integer  1 null
          share  number   1 null

        columns of figures
          id     text
          event  → events  2 of 3 events
          value  figure

        """)
  }

  @Test func `a single file says how its types were found`() async throws {
    let result = try await annals.run("inspect", fixtures + "town/events.csv")
    #expect(result.status == 0)
    #expect(
      result.output == """
        events

        tables
          events    3 rows  no key
          original  3 rows  no key
          without rows: participations, actors, places, sources, figures, parts

        columns of events
          id     text
          date   day      1 null, 2031-03-04 to 2031-03-05
          title  text
          crowd  integer  1 null
          share  number   1 null

        columns of original
          id     text
          date   day      1 null, 2031-03-04 to 2031-03-05
          title  text
          crowd  integer  1 null
          share  number   1 null

        notes
          a single file: types found from the values of each column

        """)
  }

  @Test func `the shipped dataset is inspected where none is named`() async throws {
    let result = try await annals.run("inspect")
    #expect(result.status == 0)
    #expect(result.error == "")
    #expect(result.output.hasPrefix("kazakhstan-2022: Unrest in Kazakhstan, January 2022"))
    let rows = [
      ("events", 26), ("participations", 49), ("actors", 33), ("places", 5), ("sources", 5),
      ("figures", 8), ("relations", 40), ("demands", 3), ("legal_consequences", 2), ("facts", 27),
      ("sentences", 15),
    ]
    for (table, count) in rows {
      let line = result.output.split(separator: "\n").first { $0.hasPrefix("  \(table) ") }
      #expect(line?.contains(" \(count) rows ") == true, "\(table)")
    }
    #expect(try await annals.run("inspect", "kazakhstan-2022") == result)
    #expect(try await annals.run("inspect", "Datasets/kazakhstan-2022/datapackage.json") == result)
  }

  @Test func `bad data ends with status 2 and all problems`() async throws {
    let result = try await annals.run("inspect", fixtures + "broken")
    #expect(result.status == 2)
    #expect(result.output == "")
    #expect(result.error.hasPrefix("annals: 5 problems in the data of `broken`\n"))
  }

  @Test func `what is not there ends with status 2`() async throws {
    #expect(try await annals.run("inspect", "nowhere").status == 2)
  }
}
