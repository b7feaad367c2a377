import AnnalsEngine
import AnnalsEvents
import AnnalsFormats
import Testing

@Suite struct DatasetTests {
  func harbour() throws(EventsError) -> Dataset { try Dataset.open(Fixture.path("harbour")) }

  func cells(_ table: Table?, _ name: String) -> [String] {
    guard let table, let field = table.schema[name] else { return [] }
    return (0..<table.rowCount).map { table.value(row: $0, field: field).text }
  }

  func message(_ path: String) -> String {
    do throws(EventsError) {
      _ = try Dataset.open(path)
      return "nothing was thrown"
    } catch {
      return error.description
    }
  }

  @Test func `a folder and its description open the same dataset`() throws {
    let names = ["events", "places", "figures", "remarks", "participations"]
    for path in ["harbour", "harbour/", "harbour/datapackage.json"] {
      let dataset = try Dataset.open(Fixture.path(path))
      #expect(dataset.name == "harbour")
      #expect(dataset.catalog.entries.prefix(5).map(\.name) == names)
    }
  }

  @Test func `a foreign key to a key column becomes a column of references`() throws {
    let dataset = try harbour()
    let events = try #require(dataset.table("events"))
    #expect(events.schema["place"]?.type == .reference(table: "places"))
    #expect(events.schema["parent"]?.type == .reference(table: "events"))
    #expect(cells(events, "place") == ["7", "7", ""])
    #expect(cells(events, "parent") == ["", "e1", ""])
    #expect(dataset.catalog["figures"]?.key == ["event", "number"])
    #expect(cells(dataset.table("figures"), "event") == ["e1", "e1", "e2", "e2"])
  }

  @Test func `a foreign key of two columns is checked and leaves them as they are`() throws {
    let remarks = try #require(try harbour().table("remarks"))
    #expect(remarks.schema.names == ["event", "number", "text"])
    #expect(remarks.schema["event"]?.type == .text)
    #expect(cells(remarks, "number") == ["2", ""])
  }

  @Test func `figures stand where their first part stood`() throws {
    let figures = try #require(try harbour().table("figures"))
    #expect(
      figures.schema.names == ["event", "number", "measure", "value", "stated", "arrests"])
    #expect(cells(figures, "value") == ["≥1001", "", "4 (3–9)", "~40"])
    #expect(cells(figures, "arrests") == ["", "≥12", "", "≥0"])
  }

  @Test func `a table of the model that the package lacks is there and empty`() throws {
    let dataset = try harbour()
    let parts = try #require(dataset.table("parts"))
    #expect(parts.rowCount == 0)
    #expect(parts.schema["value"]?.type == .figure)
    #expect(parts.schema["whole"]?.type == .reference(table: "figures"))
    #expect(try !dataset.has("parts"))
    #expect(try dataset.has("figures"))
    #expect(dataset.table("weather") == nil)
  }

  @Test func `a package that declares the model is told where it departs from it`() throws {
    #expect(
      try harbour().notes.map(\.description) == [
        "events.weather: the type `any` is read as text",
        "events.date_precision: holds `decade`, which the model does not know",
        "events.locater: unknown to the model; is `locator` meant?",
      ])
    #expect(try Dataset.open(Fixture.path("harbour/places.tsv")).declaresModel == false)
  }

  @Test func `quoted line breaks, a byte order mark and CR LF are read`() throws {
    #expect(
      cells(try harbour().table("events"), "title")[0]
        == "Strike of the \"Dockers' League\", first day\r\n(second line)")
  }

  @Test func `a single file is events and original at once`() throws {
    let dataset = try Dataset.open(Fixture.path("harbour/places.tsv"))
    #expect(dataset.name == "places")
    #expect(dataset.table("events") === dataset.table("original"))
    #expect(dataset.table("events")?.schema["latitude"]?.type == .number)
    #expect(cells(dataset.table("events"), "name") == ["Old Pier", "Gate\t2"])
    #expect(dataset.table("figures")?.rowCount == 0)
    #expect(try dataset.has("events") && !dataset.has("actors"))
  }

  @Test func `what is no dataset is refused with the path as it was given`() {
    #expect(message("no/such").hasPrefix("there is no file or folder `no/such`"))
    let folder = Fixture.path("")
    #expect(message(folder).hasPrefix("the folder `\(folder)` has no `datapackage.json`"))
    let readme = Fixture.path("README.md")
    #expect(message(readme).hasPrefix("the file `\(readme)` is of no kind that can be opened"))
  }

  @Test func `memory beyond the budget is an error`() {
    do throws(EventsError) {
      _ = try Dataset.open(Fixture.path("harbour"), budget: MemoryBudget(byteLimit: 1000))
      Issue.record("nothing was thrown")
    } catch {
      #expect(error.description.hasSuffix("fix: open a part of the data, or give it more memory"))
    }
  }
}
