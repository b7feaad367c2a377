/// Numbers the groups of the rows that it is given, on one thread.
protocol GroupAssigner: AnyObject {
  /// How many numbers are in use.
  var count: Int { get }

  /// Writes the group of each row of a batch.
  func assign(
    _ batch: Batch, _ evaluator: Evaluator, into groups: Buffer<Int32>
  ) throws(EngineError)

  /// Makes the one group that a table without keys has, also over no rows.
  func addEmptyGroup() throws(EngineError)

  /// Takes in the groups of another worker, and gives the number here of each number there.
  func merge(_ other: any GroupAssigner) throws(EngineError) -> Buffer<Int32>

  /// The groups in ascending order of their keys, nulls last, and the keys in that order.
  ///
  /// - Parameter isUsed: Whether a number is one of a group that has rows.
  func finished(
    targets: [ReferenceTarget?], isUsed: (Int) -> Bool
  ) throws(EngineError) -> (order: Buffer<Int32>, keys: [Column])
}

/// Groups by any keys, through a hash table.
final class HashedGroups: GroupAssigner {
  private let keys: [PreparedExpression]
  private let encoders: [WordEncoder]
  private let groups: WordTable
  private let tuple: KeyTuple
  private let context: RunContext

  init(
    keys: [(PreparedExpression, ValueType)], context: RunContext
  ) throws(EngineError) {
    self.keys = keys.map(\.0)
    self.context = context
    encoders = keys.map { WordEncoder(type: $0.1, budget: context.budget) }
    groups = try WordTable(width: KeyTuple.width(keys.count), budget: context.budget)
    tuple = try KeyTuple(keyCount: keys.count, budget: context.budget)
  }

  var count: Int { groups.count }

  func addEmptyGroup() throws(EngineError) { _ = try groups.number(of: tuple.words) }

  func assign(
    _ batch: Batch, _ evaluator: Evaluator, into numbers: Buffer<Int32>
  ) throws(EngineError) {
    var vectors: [Vector] = []
    for key in keys { vectors.append(try evaluator.evaluate(key, batch, active: nil)) }
    for row in 0..<batch.count {
      for (index, vector) in vectors.enumerated() {
        tuple.set(index, vector.isValid(row) ? try encoders[index].word(vector, row) : nil)
      }
      numbers[row] = Int32(try groups.number(of: tuple.words).number)
    }
  }

  func merge(_ other: any GroupAssigner) throws(EngineError) -> Buffer<Int32> {
    let mapping = try Buffer<Int32>(count: other.count, budget: context.budget)
    guard let other = other as? HashedGroups else { return mapping }
    var translations: [Buffer<UInt64>?] = []
    for (index, encoder) in encoders.enumerated() {
      translations.append(try encoder.translation(from: other.encoders[index]))
    }
    for group in 0..<other.groups.count {
      for index in keys.indices {
        let word = other.tuple.key(index, of: group, in: other.groups)
        tuple.set(index, word.map { word in translations[index].map { $0[Int(word)] } ?? word })
      }
      mapping[group] = Int32(try groups.number(of: tuple.words).number)
    }
    return mapping
  }

  func finished(
    targets: [ReferenceTarget?], isUsed: (Int) -> Bool
  ) throws(EngineError) -> (order: Buffer<Int32>, keys: [Column]) {
    var columns: [Column] = []
    for (index, encoder) in encoders.enumerated() {
      columns.append(
        try encoder.column(count: groups.count, target: targets[index]) { group in
          tuple.key(index, of: group, in: groups)
        })
    }
    let order = try RowOrder(columns.map { ($0, false) }, context: context)
      .sorted(count: groups.count)
    var keys: [Column] = []
    for column in columns { keys.append(try column.gathered(order, budget: context.budget)) }
    return (order, keys)
  }
}

/// Groups by keys of few values, whose numbers together are an address.
///
/// With few addresses they are the groups' numbers; with more a table gives the groups numbers as
/// they appear, so that what is kept of them lies close together.
final class AddressedGroups: GroupAssigner {
  /// So many addresses are the groups' numbers themselves.
  private static let directLimit = 1 << 14

  private let keys: [KeyCode]
  private let addressCount: Int
  private let codes: Buffer<Int32>
  /// The number + 1 at each address that was seen; nil where addresses are numbers.
  private let numbers: Buffer<Int32>?
  /// The address of each number.
  private let addresses: GrowingBuffer<Int32>
  private let context: RunContext

  /// The keys by number; nil where they have too many combinations for their rows.
  static func codes(
    of keys: [(PreparedExpression, ValueType)], rowCount: Int, context: RunContext
  ) throws(EngineError) -> [KeyCode]? {
    guard !keys.isEmpty else { return nil }
    let limit = min(KeyCode.numberLimit, max(rowCount, Self.directLimit) * 4)
    var codes: [KeyCode] = []
    var total = 1
    for (key, type) in keys {
      guard let code = try KeyCode(key, type: type, context: context) else { return nil }
      total *= code.count + 1
      guard total <= limit else { return nil }
      codes.append(code)
    }
    return codes
  }

  /// - Parameter keys: What ``codes(of:rowCount:context:)`` gave.
  init(_ keys: [KeyCode], context: RunContext) throws(EngineError) {
    self.keys = keys
    self.context = context
    addressCount = keys.reduce(1) { $0 * ($1.count + 1) }
    codes = try Buffer(count: context.batchSize, budget: context.budget)
    let isDirect = addressCount <= Self.directLimit
    numbers = isDirect ? nil : try Buffer(count: addressCount, budget: context.budget)
    addresses = try GrowingBuffer(budget: context.budget)
  }

  var count: Int { numbers == nil ? addressCount : addresses.count }

  func addEmptyGroup() {}

  func assign(
    _ batch: Batch, _ evaluator: Evaluator, into groups: Buffer<Int32>
  ) throws(EngineError) {
    for (index, key) in keys.enumerated() {
      guard index > 0 else {
        key.fill(groups, batch)
        continue
      }
      key.fill(codes, batch)
      CodeLoops.combine(groups, radix: Int32(key.count + 1), codes, count: batch.count)
    }
    if let numbers { try number(groups, by: numbers, count: batch.count) }
  }

  /// Replaces addresses by numbers, with new ones for those that were not seen.
  private func number(
    _ groups: Buffer<Int32>, by numbers: Buffer<Int32>, count: Int
  ) throws(EngineError) {
    var known = numbers.mutableSpan
    var target = groups.mutableSpan
    for row in 0..<count {
      let address = target[row]
      var number = known[Int(address)]
      if number == 0 {
        try addresses.append(address)
        number = Int32(addresses.count)
        known[Int(address)] = number
      }
      target[row] = number &- 1
    }
  }

  func merge(_ other: any GroupAssigner) throws(EngineError) -> Buffer<Int32> {
    let mapping = try Buffer<Int32>(count: other.count, budget: context.budget)
    guard let other = other as? AddressedGroups else { return mapping }
    for group in 0..<other.count {
      mapping[group] = numbers == nil ? Int32(group) : other.addresses[group]
    }
    if let numbers { try number(mapping, by: numbers, count: other.count) }
    return mapping
  }

  func finished(
    targets: [ReferenceTarget?], isUsed: (Int) -> Bool
  ) throws(EngineError) -> (order: Buffer<Int32>, keys: [Column]) {
    let order = try GrowingBuffer<Int32>(budget: context.budget)
    let parts = try keys.map { _ throws(EngineError) in
      try GrowingBuffer<Int32>(budget: context.budget)
    }
    var orders: [Buffer<Int32>] = []
    for key in keys { orders.append(try key.order(context)) }
    try eachAddress(orders) { address, digits throws(EngineError) in
      let number = numbers.map { Int($0[address]) - 1 } ?? address
      guard number >= 0, isUsed(number) else { return }
      try order.append(Int32(number))
      for (part, digit) in zip(parts, digits) { try part.append(digit) }
    }
    var columns: [Column] = []
    for (key, part) in zip(keys, parts) {
      columns.append(try key.column(try part.finished(), budget: context.budget))
    }
    return (try order.finished(), columns)
  }

  /// Calls `body` for all addresses, in the order of the keys' values.
  private func eachAddress(
    _ orders: [Buffer<Int32>],
    _ body: (_ address: Int, _ digits: [Int32]) throws(EngineError) -> Void
  ) throws(EngineError) {
    var places = Array(repeating: 0, count: keys.count)
    var digits = orders.map { $0[0] }
    while true {
      var address = 0
      for (key, digit) in zip(keys, digits) { address = address * (key.count + 1) + Int(digit) }
      try body(address, digits)
      var index = keys.count - 1
      while index >= 0 {
        places[index] += 1
        if places[index] < orders[index].count {
          digits[index] = orders[index][places[index]]
          break
        }
        places[index] = 0
        digits[index] = orders[index][0]
        index -= 1
      }
      if index < 0 { return }
    }
  }
}
