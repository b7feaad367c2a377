import Testing

@testable import AnnalsEngine

@Suite struct NumberFunctionsTests {
  @Test(
    arguments: [
      (0.125, 100, 0.13), (-0.125, 100, -0.13), (0.5, 1, 1), (-1.5, 1, -2),
      // Stored a little below and above the half that is written.
      (2.675, 100, 2.67), (1.115, 100, 1.11), (1.005, 100, 1), (2.665, 100, 2.67),
      (0.1 + 0.2, 1e15, 0.3), (0x1p52 + 1, 10, 0x1p52 + 1), (1e300, 100, 1e300),
      // Times 100 more than 2^52, where a double has no fraction left.
      (61402762666485.875, 100, 61402762666485.88),
      (45035996273704.9921875, 100, 45035996273704.99),
      (-50000000000000.0078125, 100, -50000000000000.01), (0x1p52 - 0.5, 1, 0x1p52),
      (.infinity, 100, .infinity), (.leastNonzeroMagnitude, 1e15, 0), (999.9995, 1000, 1000),
    ] as [(Double, Double, Double)])
  func `a number is rounded by its own value, and halves go away from zero`(
    value: Double, scale: Double, expected: Double
  ) {
    #expect(NumberFunctions.rounded(value, scale: scale) == expected)
  }

  @Test func `what is rounded to nothing has no sign, and NaN stays`() {
    #expect(NumberFunctions.rounded(-0.001, scale: 100).sign == .plus)
    #expect(NumberFunctions.rounded(.nan, scale: 100).isNaN)
  }
}
