import Testing

@testable import AnnalsEngine

@Suite struct EvaluatorPlacesTests {
  @Test func `places outside of a globe's degrees are null`() throws {
    let degrees: [Value] = [.number(43.25), .number(90.5), .null, .number(-90), .number(.nan)]
    #expect(
      try Formulas.values("priogrid(x, 180)", over: .number, degrees)
        == [.integer(192_240), .null, .null, .integer(720), .null])
    #expect(
      try Formulas.values("distance(x, 0, x, 0)", over: .number, degrees)
        == [.number(0), .null, .null, .number(0), .null])
    #expect(try Formulas.value("distance(0, 181, 0, 0)") == .null)
  }

  @Test func `integers are degrees too`() throws {
    #expect(try Formulas.value("priogrid(0, 0)") == .integer(129_961))
    #expect(try Formulas.value("round(distance(0, 0, 0, 1) * 1000)") == .integer(111_195))
  }
}
