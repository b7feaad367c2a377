/// Numbers the groups of the rows that it is given, on one thread.
protocol GroupAssigner: AnyObject {
  /// How many numbers are in use.
  var count: Int { get }

  /// Writes the group of each row of a batch.
  func assign(
    _ batch: Batch, _ evaluator: Evaluator, into groups: Buffer<Int32>
  ) throws(EngineError)

  /// The one key whose numbers are the groups' own, if there is such; then `count` is there from the start.
  var directKey: DirectKey? { get }

  /// Makes the one group that a table without keys has, also over no rows.
  func addEmptyGroup() throws(EngineError)

  /// Takes in the groups of another worker, and gives the number here of each number there.
  func merge(_ other: any GroupAssigner) throws(EngineError) -> Buffer<Int32>

  /// The groups in ascending order of their keys, nulls last, and the keys in that order.
  ///
  /// - Parameter rowCounts: How many rows each number has; one without any is of no group.
  func finished(
    targets: [ReferenceTarget?], rowCounts: Buffer<Int64>
  ) throws(EngineError) -> (order: Buffer<Int32>, keys: [Column])
}

extension GroupAssigner {
  var directKey: DirectKey? { nil }
}

/// A key whose number in a row is its lane's distance from the origin, unless it is null.
struct DirectKey {
  enum Lanes {
    case unsigned8(Buffer<UInt8>)
    case unsigned16(Buffer<UInt16>)
    case signed32(Buffer<Int32>)
  }

  let code: KeyCode
  let lanes: Lanes

  init?(_ code: KeyCode) {
    guard code.map == nil else { return nil }
    self.code = code
    switch code.lanes {
    case .unsigned8(let values): lanes = .unsigned8(values)
    case .unsigned16(let values): lanes = .unsigned16(values)
    case .signed32(let values): lanes = .signed32(values)
    case .signed8, .signed16, .signed64: return nil
    }
  }
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
    targets: [ReferenceTarget?], rowCounts: Buffer<Int64>
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
/// With few addresses, or where what is kept of them all is little beside the rows, they are the groups'
/// numbers; with more, groups get numbers as they appear, so that what is kept of them lies close together:
/// from a place for each address, or if these would be many, from a hash table.
final class AddressedGroups: GroupAssigner {
  /// So many addresses are the groups' numbers themselves.
  private static let directLimit = 1 << 14
  /// So many are too if four words are kept of each and the rows are as many; the more words, the fewer
  /// addresses.
  private static let denseLimit = 1 << 20
  /// So many addresses have a place of their own, if the rows are not much fewer: a place is found without
  /// guessing, where a slot of a hash table is not (q5 takes 26 ms of user time instead of 47).
  private static let placeLimit = 1 << 22

  private let keys: [KeyCode]
  /// The key whose null makes no group.
  private let knownKey: Int?
  private let addressCount: Int
  private let codes: Buffer<Int32>
  private let numbering: Numbering
  /// The address of each number; empty where addresses are numbers.
  private let addresses: GrowingBuffer<Int32>
  let directKey: DirectKey?
  private let context: RunContext

  private enum Numbering {
    /// Addresses are numbers.
    case none
    /// The number + 1 at each address that was seen.
    case places(Buffer<Int32>)
    case table(AddressTable)
  }

  /// The keys by number; nil where they have too many combinations for their rows.
  static func codes(
    of keys: [(PreparedExpression, ValueType)], rowCount: Int, context: RunContext
  ) throws(EngineError) -> [KeyCode]? {
    guard !keys.isEmpty else { return nil }
    let limit = min(KeyCode.numberLimit, max(rowCount, Self.directLimit) * 8)
    var codes: [KeyCode] = []
    var total = 1
    for (key, type) in keys {
      guard let code = try KeyCode(key, type: type, context: context), code.count < limit else {
        return nil
      }
      total *= code.count + 1
      guard total <= Int(Int32.max) else { return nil }
      codes.append(code)
    }
    return codes
  }

  /// - Parameters:
  ///   - keys: What ``codes(of:rowCount:context:)`` gave.
  ///   - wordCount: How many words are kept of a group; nil if these are not known to be few.
  init(
    _ keys: [KeyCode], knownKey: Int? = nil, rowCount: Int, wordCount: Int?, context: RunContext
  ) throws(EngineError) {
    self.keys = keys
    self.knownKey = knownKey
    self.context = context
    addressCount = keys.reduce(1) { $0 * ($1.count + 1) }
    codes = try Buffer(count: context.batchSize, budget: context.budget)
    directKey =
      keys.count == 1 && addressCount <= Self.directLimit ? DirectKey(keys[0]) : nil
    let denseLimit = min(Self.denseLimit, rowCount) * 4 / max(wordCount ?? .max, 1)
    if addressCount <= max(Self.directLimit, denseLimit) {
      numbering = .none
    } else if addressCount <= min(Self.placeLimit, rowCount * 2) {
      numbering = .places(try Buffer(count: addressCount, budget: context.budget))
    } else {
      let table = try AddressTable(budget: context.budget)
      numbering = .table(table)
      addresses = table.addresses
      return
    }
    addresses = try GrowingBuffer(budget: context.budget)
  }

  var count: Int { if case .none = numbering { addressCount } else { addresses.count } }

  func addEmptyGroup() {}

  func assign(
    _ batch: Batch, _ evaluator: Evaluator, into groups: Buffer<Int32>
  ) throws(EngineError) {
    KeyCode.fill(groups, by: keys, digits: codes, batch)
    try number(groups, count: batch.count)
  }

  private func number(_ groups: Buffer<Int32>, count: Int) throws(EngineError) {
    switch numbering {
    case .none: break
    case .places(let numbers): try number(groups, by: numbers, count: count)
    case .table(let table): try table.number(groups, count: count)
    }
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
      mapping[group] = Int32(truncatingIfNeeded: other.address(of: group))
    }
    try number(mapping, count: other.count)
    return mapping
  }

  func finished(
    targets: [ReferenceTarget?], rowCounts: Buffer<Int64>
  ) throws(EngineError) -> (order: Buffer<Int32>, keys: [Column]) {
    if let knownKey { forgetRows(whereNull: knownKey, in: rowCounts) }
    let order =
      if case .none = numbering { try orderOfAddresses(rowCounts) } else {
        try order(try rankedAddresses(), rowCounts)
      }
    let rests = try addresses(of: order)
    var columns: [Column] = []
    for key in keys.reversed() {
      let digits = try Buffer<Int32>(count: order.count, budget: context.budget)
      CodeLoops.split(rests, radix: UInt64(key.count + 1), into: digits)
      columns.insert(try key.column(digits, budget: context.budget), at: 0)
    }
    return (order, columns)
  }

  private func forgetRows(whereNull key: Int, in rowCounts: Buffer<Int64>) {
    let radix = keys[key].count + 1
    let weight = keys[(key + 1)...].reduce(1) { $0 * ($1.count + 1) }
    for number in 0..<count where address(of: number) / weight % radix == radix - 1 {
      rowCounts[number] = 0
    }
  }

  private func address(of number: Int) -> Int {
    if case .none = numbering { number } else { Int(addresses[number]) }
  }

  /// The groups that have rows, by the ranks of their keys, where addresses are numbers.
  private func orderOfAddresses(_ rowCounts: Buffer<Int64>) throws(EngineError) -> Buffer<Int32> {
    var addresses = try Buffer<Int32>(count: 1, budget: context.budget)
    for key in keys { addresses = try self.addresses(addresses, followedBy: key) }
    let all = addresses.span
    let counts = rowCounts.span
    var groupCount = 0
    for address in 0..<all.count where counts[address] > 0 { groupCount += 1 }
    let order = try Buffer<Int32>(count: groupCount, budget: context.budget)
    var target = order.mutableSpan
    var place = 0
    for index in 0..<all.count where counts[Int(all[index])] > 0 {
      target[place] = all[index]
      place += 1
    }
    return order
  }

  /// The addresses that some keys make and one more, in the order of the keys' values.
  private func addresses(
    _ shorter: Buffer<Int32>, followedBy key: KeyCode
  ) throws(EngineError) -> Buffer<Int32> {
    try context.stop.check()
    let numbers = try key.order(context)
    let longer = try Buffer<Int32>(count: shorter.count * numbers.count, budget: context.budget)
    let starts = shorter.span
    let digits = numbers.span
    var target = longer.mutableSpan
    var place = 0
    for index in 0..<starts.count {
      let start = starts[index] &* Int32(digits.count)
      for digit in 0..<digits.count {
        target[place] = start &+ digits[digit]
        place += 1
      }
    }
    return longer
  }

  /// The groups that have rows, by the address that their keys' ranks make.
  private func order(
    _ ranked: Buffer<UInt64>, _ rowCounts: Buffer<Int64>
  ) throws(EngineError) -> Buffer<Int32> {
    // A sweep over all addresses meets the groups in order. Where they are few beside these, sorting
    // them is quicker.
    if addressCount <= count * 4 {
      let places = try Buffer<Int32>(count: addressCount, budget: context.budget)
      let groupCount = Self.fill(places, at: ranked, rowCounts)
      let order = try Buffer<Int32>(count: groupCount, budget: context.budget)
      Self.gather(places, into: order)
      return order
    }
    let used = try GrowingBuffer<Int32>(budget: context.budget)
    for number in 0..<count where rowCounts[number] > 0 { try used.append(Int32(number)) }
    let order = try used.finished()
    try RadixSort.sort(
      order, by: ranked, width: RadixSort.bitCount(UInt64(addressCount)), budget: context.budget)
    return order
  }

  /// Puts the number + 1 of each group that has rows at its place; gives how many these are.
  private static func fill(
    _ places: Buffer<Int32>, at ranked: Buffer<UInt64>, _ rowCounts: Buffer<Int64>
  ) -> Int {
    var target = places.mutableSpan
    let ranked = ranked.span
    let counts = rowCounts.span
    var groupCount = 0
    for number in 0..<ranked.count where counts[number] > 0 {
      target[Int(ranked[number])] = Int32(number + 1)
      groupCount += 1
    }
    return groupCount
  }

  private static func gather(_ places: Buffer<Int32>, into order: Buffer<Int32>) {
    let source = places.span
    var target = order.mutableSpan
    var found = 0
    for place in 0..<source.count where source[place] != 0 {
      target[found] = source[place] - 1
      found += 1
    }
  }

  /// For each number the address that the ranks of its keys' values make.
  private func rankedAddresses() throws(EngineError) -> Buffer<UInt64> {
    let all = try Buffer<Int32>(count: count, budget: context.budget)
    for number in 0..<count { all[number] = Int32(number) }
    let rests = try addresses(of: all)
    let ranks = try keys.map { key throws(EngineError) in try key.ranks(context) }
    if ranks.allSatisfy({ $0 == nil }) { return rests }
    var digits: [Buffer<Int32>] = []
    for (key, ranks) in zip(keys, ranks).reversed() {
      let own = try Buffer<Int32>(count: count, budget: context.budget)
      CodeLoops.split(rests, radix: UInt64(key.count + 1), into: own)
      if let ranks { CodeLoops.map(own, by: ranks, count: count) }
      digits.insert(own, at: 0)
    }
    for (key, digits) in zip(keys, digits) {
      CodeLoops.combine(rests, radix: UInt64(key.count + 1), digits, count: count)
    }
    return rests
  }

  private func addresses(of order: Buffer<Int32>) throws(EngineError) -> Buffer<UInt64> {
    let result = try Buffer<UInt64>(count: order.count, budget: context.budget)
    let source = order.span
    var target = result.mutableSpan
    if case .none = numbering {
      for place in 0..<source.count { target[place] = UInt64(source[place]) }
      return result
    }
    let ownAddresses = addresses
    let known = ownAddresses.span
    for place in 0..<source.count { target[place] = UInt64(known[Int(source[place])]) }
    return result
  }
}
