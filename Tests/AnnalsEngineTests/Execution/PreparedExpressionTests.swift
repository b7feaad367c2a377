import Testing

@testable import AnnalsEngine

@Suite struct PreparedExpressionTests {
  @Test func `a text that no wanted row has fails nothing`() throws {
    let table = try SmallDataset.table([("x", .text, [.text("7"), .text("none"), .text("8")])])
    let query = try Query(table).filtered(by: "x ~= 'none'").selecting(["n = number(x)"])
    #expect(try query.run(SmallDataset.context()).lines == ["n", "7", "8"])
  }

  @Test func `a text that fails is reported with the first row that has it`() throws {
    let texts: [Value] = [.text("7"), .null, .text("8"), .text("none"), .text("7"), .text("none")]
    #expect {
      try Formulas.values("number(x)", over: .text, texts)
    } throws: { error in
      "\(error)".hasPrefix("`none` is no number in row 4")
    }
  }
}
