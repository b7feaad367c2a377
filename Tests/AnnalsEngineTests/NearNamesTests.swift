import AnnalsEngine
import Testing

@Suite struct NearNamesTests {
  @Test func `a name that differs in case alone comes first`() {
    let near = NearNames.suggestions(for: "Date", among: ["dates", "date", "data"])
    #expect(near == ["date", "data", "dates"])
  }

  @Test func `a slip of the keys is found`() {
    let known = ["fatalities", "facilities", "events", "actor"]
    #expect(NearNames.suggestions(for: "fatalites", among: known) == ["fatalities", "facilities"])
    #expect(NearNames.suggestions(for: "acotr", among: known) == ["actor"])
  }

  @Test func `two swapped neighbours are one edit`() {
    #expect(NearNames.suggestions(for: "rloe", among: ["role", "rule"]) == ["role"])
  }

  @Test func `equally near names come in the order of their bytes, three at most`() {
    let near = NearNames.suggestions(for: "side", among: ["tide", "sized", "ride", "hide", "wide"])
    #expect(near == ["hide", "ride", "tide"])
  }

  @Test func `a name that is far from all has no suggestion`() {
    #expect(NearNames.suggestions(for: "weather", among: ["events", "places"]).isEmpty)
    #expect(NearNames.suggestions(for: "", among: ["a"]).isEmpty)
    #expect(NearNames.suggestions(for: "x", among: ["a"]).isEmpty)
  }
}
