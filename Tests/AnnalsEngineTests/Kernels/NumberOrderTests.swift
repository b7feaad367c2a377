import Testing

@testable import AnnalsEngine

@Suite struct NumberOrderTests {
  @Test func `keys compare as numbers do, and give them back`() {
    let ascending: [Double] = [
      -.infinity, -.greatestFiniteMagnitude, -1.5, -.leastNonzeroMagnitude, 0,
      .leastNonzeroMagnitude, 1.5, .greatestFiniteMagnitude, .infinity,
    ]
    for (left, right) in zip(ascending, ascending.dropFirst()) {
      #expect(NumberOrder.key(left) < NumberOrder.key(right))
    }
    for value in ascending { #expect(NumberOrder.number(NumberOrder.key(value)) == value) }
    #expect(NumberOrder.key(-0.0) == NumberOrder.key(0))
    #expect(NumberOrder.key(.nan) > NumberOrder.key(.infinity))
    #expect(NumberOrder.number(NumberOrder.key(-.nan)).isNaN)
  }
}
