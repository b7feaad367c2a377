import AnnalsEngine
import AnnalsEvents
import Testing

@Suite struct ModelTests {
  @Test func `the model has eight tables`() {
    #expect(
      Model.tables.map(\.name) == [
        "events", "participations", "actors", "places", "sources", "figures", "parts", "original",
      ])
  }

  @Test func `every reference of the model leads to a table of the model with an id`() {
    for column in Model.tables.flatMap(\.columns) {
      guard case .reference(let table) = column.type else { continue }
      #expect(Model.table(table)?.column("id")?.type == .text)
    }
  }

  @Test func `parts have the columns of figures and the figure that they are part of`() throws {
    let figures = try #require(Model.table("figures"))
    let parts = try #require(Model.table("parts"))
    #expect(parts.columns.dropLast() == figures.columns[...])
    #expect(parts.columns.last?.type == .reference(table: "figures"))
  }

  @Test func `closed lists tell all their texts`() {
    #expect(
      Model.table("participations")?.column("certainty")?.choices == [
        "explicit", "implied", "alleged", "ambiguous",
      ])
    #expect(Model.table("participations")?.column("role")?.choices == [])
  }
}
