import Testing

@testable import AnnalsEngine

@Suite struct FormulaMemoryTests {
  let memory = FormulaMemory()

  @Test func `a formula says the same when it is given again`() throws {
    for _ in 0..<2 {
      let (name, formula) = try memory.namedFormula("total = -n")
      #expect(name == "total")
      #expect(formula.root.kind == .negated(FormulaNode(kind: .path(["n"]), range: 9..<10)))
    }
  }

  @Test func `a text that was read with a name is no formula where none may stand`() throws {
    _ = try memory.namedFormula("a = b")
    #expect(throws: EngineError.self) { try memory.formula("a = b") }
    #expect(try memory.namedFormula("a = b").name == "a")
  }

  @Test func `a mistake is told each time`() {
    for _ in 0..<2 {
      #expect(throws: EngineError.self) { try memory.namedFormula("a +") }
    }
  }

  @Test func `ever new formulas do not push the answers astray`() throws {
    for number in 0..<1000 {
      let (_, formula) = try memory.namedFormula("x = \(number)")
      #expect(formula.root.kind == .integer(Int64(number)))
    }
  }
}
