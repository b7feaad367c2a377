import AnnalsTwin
import Testing

@testable import AnnalsEngine
import SeededRandom

@Suite struct ExactSumsTests {
  let budget = MemoryBudget(byteLimit: 1 << 26)

  func sum(_ values: [Double]) throws -> Double {
    var sums = try ExactSums(budget: budget)
    try sums.grow(to: 1)
    for value in values { sums.add(value, to: 0) }
    return sums.sum(0)
  }

  func twin(_ values: [Double]) -> Double {
    var sum = BitSum()
    for value in values { sum.add(value) }
    return sum.rounded
  }

  @Test(
    arguments: [
      ([], 0),
      ([0], 0),
      ([1e100, 1, -1e100, 1e-100, 1e50, -1, -1e50], 1e-100),
      ([0x1p53, -0.5, -0x1p-54], 0x1p53 - 1),
      ([0x1p53, 1, 0x1p-100], 0x1p53 + 2),
      ([0x1p53 + 10, 1, 0x1p-100], 0x1p53 + 12),
      ([0x1p53 - 4, 0.5, 0x1p-54], 0x1p53 - 3),
      ([1e16, 1, 1e-16], 10_000_000_000_000_002),
      ([1e16 - 2, 1 - 0x1p-53, -(1e16 - 2), -(1 - 0x1p-53)], 0),
      ([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1], 1),
    ] as [([Double], Double)])
  func `the sum is what fsum of Python gives`(values: [Double], expected: Double) throws {
    #expect(try sum(values) == expected)
  }

  @Test func `the harmonic sums of Python's tests come out to the last bit`() throws {
    let plain = (1...1000).map { 1 / Double($0) }
    let alternating = (1...1000).map { ($0 % 2 == 0 ? 1 : -1) / Double($0) }
    #expect(try sum(plain) == 0x1.df11f45f4e61ap+2)
    #expect(try sum(alternating) == -0x1.62a2af1bd3624p-1)
  }

  @Test(
    arguments: [
      ([0x1p53, 1], 0x1p53),
      ([0x1p53, 1, 2], 0x1p53 + 4),
      ([0x1p53, 3], 0x1p53 + 4),
      ([0x1p53, 1, 0x1p-64], 0x1p53 + 2),
      ([0x1p53, 1, -0x1p-64], 0x1p53),
      ([0x1p53, 1, 0x1p-1074], 0x1p53 + 2),
      ([0x1p53, 1, -0x1p-1074], 0x1p53),
      ([-0x1p53, -1], -0x1p53),
      ([-0x1p53, -3], -0x1p53 - 4),
      ([1, 0x1p-53], 1),
      ([1, 0x1p-53, 0x1p-1074], 1 + 0x1p-52),
      ([1 + 0x1p-52, 0x1p-53], 1 + 0x1p-51),
    ] as [([Double], Double)])
  func `a half goes to the even neighbour, and what is just past it does not`(
    values: [Double], expected: Double
  ) throws {
    #expect(try sum(values) == expected)
  }

  @Test(
    arguments: [
      ([0x1p-1074, 0x1p-1074], 0x1p-1073),
      ([0x1p-1022, -0x1p-1074], Double(bitPattern: 0xF_FFFF_FFFF_FFFF)),
      ([1e300, 0x1p-1074, -1e300], 0x1p-1074),
      ([-0x1p-1074], -0x1p-1074),
      ([0x1p-1074, 1, -1], 0x1p-1074),
      ([0x1p-1022, 0x1p-1074], 0x1.0000000000001p-1022),
    ] as [([Double], Double)])
  func `the smallest doubles are not lost`(values: [Double], expected: Double) throws {
    #expect(try sum(values) == expected)
  }

  @Test func `a sum between may pass every double if the end does not`() throws {
    let most = Double.greatestFiniteMagnitude
    #expect(try sum([most, most, most, -most, -most]) == most)
    #expect(try sum([most, most]) == .infinity)
    #expect(try sum([-most, -most]) == -.infinity)
    #expect(try sum([most, 0x1p969]) == most)
    #expect(try sum([most, 0x1p970]) == .infinity)
  }

  @Test func `infinities and NaN decide the sum wherever they stand`() throws {
    #expect(try sum([1, .infinity, -1e300]) == .infinity)
    #expect(try sum([-.infinity, 1e300]) == -.infinity)
    #expect(try sum([.infinity, 1, -.infinity]).isNaN)
    #expect(try sum([1, .nan, 2]).isNaN)
    #expect(try sum([.infinity, .nan]).isNaN)
  }

  @Test func `fixed point that overflows goes on without a loss`() throws {
    let large = 0x1p62 - 1024
    let values = Array(repeating: large, count: 7) + [0.5, 0x1p-64]
    #expect(try sum(values) == twin(values))
    #expect(try sum(values.map { -$0 }) == -twin(values))
    let back = values + Array(repeating: -large, count: 7)
    #expect(try sum(back) == 0.5 + 0x1p-64)
  }

  static func randomValue(_ random: inout SeededRandom) -> Double {
    switch random.below(8) {
    case 0:
      let value = Double(bitPattern: random.next())
      return value.isFinite ? value : 1
    case 1: return Double(random.below(2001) - 1000)
    case 2: return Double(random.below(200_001) - 100_000) / 100
    case 3: return Double(bitPattern: random.next() % (1 << 53))  // subnormal, or nearly
    case 4: return Double(sign: .minus, exponent: random.below(120), significand: 1.5)
    case 5: return Double(sign: .plus, exponent: random.below(120) - 60, significand: 1)
    case 6: return Double(Int64(bitPattern: random.next()))
    default: return 0.0001 * Double(random.below(100))
    }
  }

  @Test(arguments: [0, 1, 2, 63, 64, 65, 300])
  func `random sums agree with counting bits`(count: Int) throws {
    for round in 0..<40 {
      let seed = UInt64(count * 1000 + round)
      var random = SeededRandom(seed: seed)
      var values = (0..<count).map { _ in Self.randomValue(&random) }
      if round % 3 == 0 { values += values.shuffled(using: &random).dropFirst().map { -$0 } }
      #expect(try sum(values).bitPattern == twin(values).bitPattern, "seed \(seed)")
    }
  }

  @Test func `groups, threads and their order do not matter`() throws {
    let seed: UInt64 = 20_220_105
    var random = SeededRandom(seed: seed)
    let groupCount = 130
    let rows = (0..<3000).map { _ in
      (group: random.below(groupCount), value: Self.randomValue(&random))
    }
    var twins = Array(repeating: BitSum(), count: groupCount)
    for row in rows { twins[row.group].add(row.value) }
    let expected = twins.map(\.rounded)
    for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
      var total = try ExactSums(budget: budget)
      try total.grow(to: groupCount)
      for part in order {
        // Each part numbers its groups backwards, as another thread might.
        var sums = try ExactSums(budget: budget)
        try sums.grow(to: groupCount)
        for index in stride(from: part, to: rows.count, by: 3) {
          sums.add(rows[index].value, to: groupCount - 1 - rows[index].group)
        }
        let mapping = try Buffer((0..<Int32(groupCount)).reversed(), budget: budget)
        total.merge(sums, mapping: mapping)
      }
      #expect((0..<groupCount).map { total.sum($0) } == expected, "seed \(seed)")
    }
  }

  @Test func `merging keeps infinities and NaN of each group`() throws {
    var left = try ExactSums(budget: budget)
    var right = try ExactSums(budget: budget)
    try left.grow(to: 3)
    try right.grow(to: 3)
    left.add(.infinity, to: 0)
    right.add(-.infinity, to: 0)
    right.add(.nan, to: 1)
    right.add(-.infinity, to: 2)
    left.merge(right, mapping: try Buffer([0, 1, 2], budget: budget))
    #expect(left.sum(0).isNaN)
    #expect(left.sum(1).isNaN)
    #expect(left.sum(2) == -.infinity)
  }
}
