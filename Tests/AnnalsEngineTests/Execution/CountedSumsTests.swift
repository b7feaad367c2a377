import AnnalsTwin
import Testing

@testable import AnnalsEngine
import SeededRandom

@Suite struct CountedSumsTests {
  private let budget = SmallDataset.budget

  /// Counts and sums of values by group, given in batches, or why one was refused.
  private func totals(
    _ lanes: IntegerLanes, _ known: Bitmap?, groups: [Int32], rows: [Int32]?, batch: Int,
    groupCount: Int
  ) throws -> (counts: [Int64], sums: [Int], refused: Int) {
    let counted = try CountedSums(budget: budget)
    let counts = try GrowingBuffer<Int64>(budget: budget)
    let sums = try WholeSums(budget: budget)
    try counts.append(repeating: 0, count: groupCount)
    try sums.grow(to: groupCount)
    var refused = 0
    for start in stride(from: 0, to: groups.count, by: batch) {
      let part = start..<min(start + batch, groups.count)
      let input = AggregateInput(
        groups: try Buffer(groups[part], budget: budget),
        batch: Batch(
          count: part.count, firstRow: start,
          rows: try rows.map { try Buffer($0[part], budget: budget) }))
      if try !counted.add(lanes, known, input, to: counts, sums) { refused += 1 }
    }
    try counted.empty(into: counts, sums)
    return ((0..<groupCount).map { counts[$0] }, (0..<groupCount).map { Int(sums[$0]) }, refused)
  }

  @Test func `counts and sums are those of a plain loop, also of more rows than a word counts`()
    throws
  {
    var random = SeededRandom(seed: 5)
    for count in [0, 1, 63, 64, 65, 2_047, 2_048, 2_049, 65_535, 65_536, 140_000] {
      let groups = (0..<count).map { _ in Int32(random.below(3) == 0 ? random.below(5) : 1) }
      let rows = (0..<count).map { Int32(count - 1 - $0) }
      let known = try Bitmap(count: count, budget: budget)
      for row in 0..<count where random.below(4) > 0 { known.set(row) }
      let narrow = (0..<count).map { _ in Int8(truncatingIfNeeded: random.below(256)) }
      let wide = (0..<count).map { _ in
        [Int64(Int32.min), Int64(Int32.max), 0, -1][random.below(4)]
      }
      // The ends of 16 bits, and in the second half a step beyond.
      let growing = (0..<count).map {
        Int32($0 < count / 2 ? 32_767 : 32_768) * ($0 % 3 == 0 ? 1 : -1)
      }
      let all: [(IntegerLanes, [Int])] = [
        (.signed8(try Buffer(narrow, budget: budget)), narrow.map(Int.init)),
        (.signed64(try Buffer(wide, budget: budget)), wide.map(Int.init)),
        (.signed32(try Buffer(growing, budget: budget)), growing.map(Int.init)),
      ]
      for (lanes, values) in all {
        for validity in [nil, known] {
          for order in [nil, rows] {
            var counts: [Int64] = [0, 0, 0, 0, 0]
            var sums = [0, 0, 0, 0, 0]
            for index in 0..<count {
              let row = order.map { Int($0[index]) } ?? index
              guard validity.map({ $0[row] }) ?? true else { continue }
              counts[Int(groups[index])] += 1
              sums[Int(groups[index])] += values[row]
            }
            let found = try totals(
              lanes, validity, groups: groups, rows: order, batch: 2_048, groupCount: 5)
            #expect(found.counts == counts)
            #expect(found.sums == sums)
            #expect(found.refused == 0)
          }
        }
      }
    }
  }

  /// Keys that start anywhere, of 32 bits, and codes of 8 and 16 bits.
  private func keys(_ numbers: [Int32], count: Int, _ known: Bitmap?) throws -> [KeyCode] {
    let builder = try TextBlockBuilder(budget: budget)
    for number in 0..<count { try builder.append(Array("\(number)".utf8).span) }
    let dictionary = TextDictionary(texts: try builder.finished())
    let storages: [(ValueType, Column.Storage)] = [
      (.integer, .int32(try Buffer(numbers.map { $0 - 1_000_000 }, budget: budget))),
      (.text, .codes8(try Buffer(numbers.map(UInt8.init), budget: budget), dictionary)),
      (.text, .codes16(try Buffer(numbers.map(UInt16.init), budget: budget), dictionary)),
    ]
    return try storages.map { type, storage in
      let column = Column(type: type, count: numbers.count, storage: storage, validity: known)
      return try #require(
        try KeyCode(.column(column), type: type, context: SmallDataset.context()))
    }
  }

  @Test(arguments: [5, 31, 32, 33, 63, 64, 65, 2_047, 2_048, 2_049, 70_000])
  func `counts and sums by the lanes of a key are those of a plain loop`(count: Int) throws {
    var random = SeededRandom(seed: UInt64(count))
    // All five numbers occur, so that those of 32 bits count from the least.
    let numbers = (0..<count).map { Int32($0 < 5 ? $0 : random.below(5)) }
    let known = try Bitmap(count: count, budget: budget)
    for row in 0..<count where random.below(3) > 0 { known.set(row) }
    let narrow = (0..<count).map { Int16($0 % 2_000 - 1_000) }
    // From the middle on more than 16 bits, and in the last batch more than 32.
    let growing = (0..<count).map {
      $0 < count / 2 ? Int64($0) : $0 < count - 2 ? 1 << 20 : 1 << 40
    }
    let all: [(IntegerLanes, [Int], sound: Int)] = [
      (.signed16(try Buffer(narrow, budget: budget)), narrow.map(Int.init), count),
      (
        .signed64(try Buffer(growing, budget: budget)), growing.map(Int.init),
        (count - 2) / 512 * 512
      ),
    ]
    for (lanes, values, sound) in all {
      for validity in [nil, known] {
        for key in try keys(numbers, count: 5, validity) {
          let counted = try CountedSums(budget: budget)
          let (counts, sums) = (
            try GrowingBuffer<Int64>(budget: budget), try WholeSums(budget: budget)
          )
          try counts.append(repeating: 0, count: 6)
          try sums.grow(to: 6)
          let direct = try #require(DirectKey(key))
          for start in stride(from: 0, to: count, by: 512) {
            let input = AggregateInput(
              groups: try Buffer(count: 512, budget: budget),
              batch: Batch(count: min(512, count - start), firstRow: start))
            let isTaken = try counted.add(lanes, nil, input, by: direct, to: counts, sums)
            #expect(isTaken == (start < sound))
          }
          try counted.empty(into: counts, sums)
          var (wantedCounts, wantedSums) = (
            Array(repeating: Int64(0), count: 6), [0, 0, 0, 0, 0, 0]
          )
          for row in 0..<sound {
            let group = validity.map { $0[row] } ?? true ? Int(numbers[row]) : 5
            wantedCounts[group] += 1
            wantedSums[group] += values[row]
          }
          #expect((0..<6).map { counts[$0] } == wantedCounts)
          #expect((0..<6).map { Int(sums[$0]) } == wantedSums)
        }
      }
    }
  }

  @Test(arguments: [Int64(Int32.max) + 1, Int64(Int32.min) - 1, .max, .min])
  func `a batch with a value of more than 32 bits is refused, with all that follow`(
    value: Int64
  ) throws {
    let values: [Int64] = [1, 2, 3, value, 5, 6]
    let lanes = IntegerLanes.signed64(try Buffer(values, budget: budget))
    let found = try totals(
      lanes, nil, groups: [0, 1, 0, 1, 0, 1], rows: nil, batch: 2, groupCount: 2)
    #expect(found.counts == [1, 1])
    #expect(found.sums == [1, 2])
    #expect(found.refused == 2)
  }

  @Test func `more groups than words of great values are worth are counted while values are small`()
    throws
  {
    let groupCount = 40_000
    let groups = (0..<2 * groupCount).map { Int32($0 % groupCount) }
    let values = groups.indices.map { Int32($0 < groups.count - 1 ? $0 % 7 : 1 << 20) }
    let found = try totals(
      .signed32(try Buffer(values, budget: budget)), nil, groups: groups, rows: nil, batch: 1_000,
      groupCount: groupCount)
    #expect(found.refused == 1)
    #expect(found.counts[38_999] == 2)
    #expect(found.sums[38_999] == 38_999 % 7 + 78_999 % 7)
    // The last batch has the great value, and is refused.
    #expect(found.counts[39_000] == 1)
    #expect(found.sums[39_000] == 39_000 % 7)
  }

  @Test func `a value of more than 32 bits under a null is no reason to refuse`() throws {
    let known = try Bitmap(count: 2, budget: budget)
    known.set(1)
    let lanes = IntegerLanes.signed64(try Buffer([Int64.max, 7], budget: budget))
    let found = try totals(lanes, known, groups: [0, 0], rows: nil, batch: 2, groupCount: 1)
    #expect(found.counts == [1])
    #expect(found.sums == [7])
    #expect(found.refused == 0)
  }

  @Test func `sums of small values, then great ones, are whole for any batches and threads`() throws
  {
    let values = (0..<640).map { Value.integer($0 < 320 ? 1 : 1 << 40) }
    let keys = (0..<640).map { Value.text($0 % 2 == 0 ? "a" : "b") }
    let query = try Query(
      try SmallDataset.table([("key", .text, keys), ("x", .integer, values)])
    ).grouped(by: ["key"]).aggregated(["n = count()", "s = sum(x)", "k = count(x)"])
    for context in EveryContext.all {
      // 160 times 1 and 160 times 2^40 each.
      #expect(
        EveryContext.lines(query, context) == [
          "a | 320 | 175921860444320 | 320", "b | 320 | 175921860444320 | 320",
        ])
    }
  }
}
