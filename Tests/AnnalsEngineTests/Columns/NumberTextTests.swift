import AnnalsEngine
import Testing

@Suite struct NumberTextTests {
  @Test(
    arguments: [
      (0, "0"), (-0.0, "-0"), (1, "1"), (-2.5, "-2.5"), (0.1, "0.1"), (1e14, "100000000000000"),
      (999_999_999_999_999, "999999999999999"), (1e15, "1000000000000000"),
      (9_007_199_254_740_992, "9007199254740992"), (1e16, "1e+16"), (1e-7, "1e-07"),
      (.infinity, "inf"), (-.infinity, "-inf"), (.nan, "nan"), (.leastNonzeroMagnitude, "5e-324"),
    ] as [(Double, String)])
  func `a number is written with the fewest digits that read back`(value: Double, text: String) {
    #expect(NumberText.shortest(value) == text)
    if value.isFinite { #expect(Double(text)?.bitPattern == value.bitPattern) }
  }
}
