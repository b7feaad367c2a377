import Testing

@testable import AnnalsEngine

@Suite struct EvaluatorListsTests {
  @Test func `a list passes through choices`() throws {
    let lists: [Value] = [.list(["a", "b"]), .null, .list([])]
    let bindings = Bindings(["none": .value(.list(["none", ""]))])
    #expect(
      try Formulas.values("coalesce(x, $none)", over: .list, lists, nil, bindings)
        == [.list(["a", "b"]), .list(["none", ""]), .list([])])
    #expect(
      try Formulas.values("if_else(x == nil, $none, nil)", over: .list, lists, nil, bindings)
        == [.null, .list(["none", ""]), .null])
  }
}
