import AnnalsEngine

/// One look at the claims behind the values of a group.
///
/// Claims behind one value are not at odds with each other: it was chosen from them, or they were looked
/// at when it was added up. Two values are added only if each claim behind the one goes with each
/// behind the other.
struct ClaimCheck {
  let table: String
  let codes: ClaimCodes
  let columns: ClaimColumns
  let added: AddedRows
  let budget: MemoryBudget

  /// Why the values may not be added, or nil if they may.
  func refusal() throws(EngineError) -> AdditionRefusal? {
    guard added.count > 1, added.entry(besides: 0) != nil else { return nil }
    if let refusal = unlike() { return refusal }
    if let refusal = try sameQuantity() { return refusal }
    if let refusal = try nested() { return refusal }
    return mixedAccumulation() ?? addedAgain()
  }

  /// Where two entries of different values differ in something, two such entries; nil if all agree.
  private func differing(_ isSame: (_ row: Int, _ other: Int) -> Bool) -> (Int, Int)? {
    let first = added.row(0)
    guard let other = (1..<added.count).first(where: { !isSame(first, added.row($0)) }) else {
      return nil
    }
    guard added.value(other) == added.value(0) else { return (0, other) }
    // Both are behind one value; whatever stands behind another differs from one of them.
    guard let third = added.entry(besides: 0) else { return nil }
    return isSame(first, added.row(third)) ? (other, third) : (0, third)
  }

  private func refusal(_ reason: String, _ entries: [Int], _ fix: String) -> AdditionRefusal {
    let rows = Set(entries.map { added.row($0) }).sorted()
    return AdditionRefusal(
      reason: reason, rows: rows.map { columns.key($0) }, table: table, fix: fix)
  }

  // MARK: Claims that count different things

  private func unlike() -> AdditionRefusal? {
    let disjoint = codes.disjoint[added.row(0)]
    if disjoint >= 0,
      (1..<added.count).allSatisfy({ codes.disjoint[added.row($0)] == disjoint })
    {
      return nil
    }
    for (name, column) in [("measure", codes.measure), ("unit", codes.unit)] {
      guard let (one, other) = differing({ column[$0] == column[$1] }) else { continue }
      let entries = [one, other].sorted()
      let names = entries.map { entry in
        let value = columns.value(added.row(entry), name)
        return value == .null ? "no \(name)" : "`\(value.text)`"
      }
      return refusal(
        "figures of different \(name)s would be added, \(names[0]) and \(names[1])", entries,
        "group by `\(name)`, or keep one of them with `where`")
    }
    return nil
  }

  // MARK: Claims about one quantity

  private func sameQuantity() throws(EngineError) -> AdditionRefusal? {
    if let refusal = sameClaim() { return refusal }
    if codes.hasOneClaimPerQuantity { return nil }
    let quantities = try QuantityTable(codes, budget: budget)
    let firsts = try GrowingBuffer<Int32>(budget: budget)
    for entry in 0..<added.count {
      let (number, isNew) = try quantities.number(of: added.row(entry))
      if isNew {
        try firsts.append(Int32(entry))
        continue
      }
      let first = Int(firsts[number])
      guard added.value(first) != added.value(entry), added.row(first) != added.row(entry) else {
        continue
      }
      return refusal(
        "claims about one quantity would be added", [first, entry],
        "`:resolve(\"highest\")` or another policy leaves one claim for each quantity")
    }
    return nil
  }

  private func sameClaim() -> AdditionRefusal? {
    guard !added.mayRepeat else { return nil }
    let again = (1..<added.count).first { entry in
      added.row(entry) == added.row(entry - 1) && added.value(entry) != added.value(entry - 1)
    }
    guard let again else { return nil }
    return refusal(
      "one claim would be added several times", [again],
      "take each of these numbers once, or add up the claims themselves")
  }

  // MARK: Claims inside one another

  private func nested() throws(EngineError) -> AdditionRefusal? {
    guard let nesting = codes.nesting,
      let (outer, inner) = try NestedClaims(codes, nesting, added, budget).conflict()
    else { return nil }
    return refusal(
      "the event of one claim lies inside the event of the other, so that people may be"
        + " counted twice", [outer, inner],
      "keep one level of events, as with `where(\"event.parent == nil\")`, or group by `event`")
  }

  // MARK: Increments and running totals

  private func mixedAccumulation() -> AdditionRefusal? {
    guard let (one, other) = differing({ codes.isRunning[$0] == codes.isRunning[$1] }) else {
      return nil
    }
    return refusal(
      "an increment would be added to a running total", [one, other],
      "group by `accumulation`, or keep one kind with `where`")
  }

  private func addedAgain() -> AdditionRefusal? {
    let again = (0..<added.count).first { entry in
      added.wasAdded(entry) && codes.isRunning[added.row(entry)]
    }
    guard let again, let other = added.entry(besides: again) else { return nil }
    return refusal(
      "running totals that were added once would be added again", [again, other],
      "group by what told them apart, or take one of them with `max`, `last` or `where`")
  }
}

/// Numbers the quantities that claims are about.
struct QuantityTable {
  private let codes: ClaimCodes
  private let table: WordTable
  private let tuple: Buffer<UInt64>

  init(_ codes: ClaimCodes, budget: MemoryBudget) throws(EngineError) {
    self.codes = codes
    table = try WordTable(width: 3, budget: budget)
    tuple = try Buffer(count: 3, budget: budget)
  }

  /// The number of the quantity of a claim: the same `quantity`, and where that is null the same event,
  /// measure, unit and population.
  func number(of row: Int) throws(EngineError) -> (number: Int, isNew: Bool) {
    func word(_ high: Int32, _ low: Int32) -> UInt64 {
      UInt64(UInt32(bitPattern: high)) << 32 | UInt64(UInt32(bitPattern: low))
    }
    let quantity = codes.quantity[row]
    let isStated = quantity >= 0
    tuple[0] = word(isStated ? 1 : 0, quantity)
    tuple[1] = isStated ? 0 : word(codes.event[row], codes.measure[row])
    tuple[2] = isStated ? 0 : word(codes.unit[row], codes.population[row])
    return try table.number(of: tuple)
  }
}
