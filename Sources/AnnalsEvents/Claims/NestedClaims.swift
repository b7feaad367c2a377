import AnnalsEngine

/// Finds claims of which one may count people of the other: same measure and population, and the event
/// of the one lies inside the event of the other. Claims that both state a quantity do not.
///
/// Claims go in the order of their events' intervals, so that the events around the one at hand are
/// those on a stack: the time does not depend on how deep events lie.
struct NestedClaims {
  /// The claims of the events around the one at hand that others may be at odds with: the first one,
  /// and the first with another value; of all, and of those that state no quantity. -1 is none.
  private struct Around: BitwiseCopyable {
    var last: Int32 = -1
    var any: (Int32, Int32) = (-1, -1)
    var unstated: (Int32, Int32) = (-1, -1)
  }

  private let codes: ClaimCodes
  private let nesting: EventNesting
  private let added: AddedRows
  private let budget: MemoryBudget

  init(
    _ codes: ClaimCodes, _ nesting: EventNesting, _ added: AddedRows, _ budget: MemoryBudget
  ) {
    self.codes = codes
    self.nesting = nesting
    self.added = added
    self.budget = budget
  }

  /// Two entries, the outer claim first, of which the inner one is the lowest; nil if there are none.
  func conflict() throws(EngineError) -> (outer: Int, inner: Int)? {
    let order = try sorted()
    let stack = try GrowingBuffer<Around>(budget: budget)
    var found: (outer: Int, inner: Int)?
    var start = 0
    while start < order.count {
      let first = Int(order[start])
      var end = start + 1
      while end < order.count, isSamePlace(first, Int(order[end])) { end += 1 }
      if start == 0 || !isSameClass(first, Int(order[start - 1])) { stack.removeAll() }
      let event = Int(codes.event[added.row(first)])
      while stack.count > 0, Int(stack[stack.count - 1].last) < nesting.first(event) {
        stack.removeLast()
      }
      var around = stack.count > 0 ? stack[stack.count - 1] : Around()
      for index in start..<end {
        let entry = Int(order[index])
        guard found.map({ entry < $0.inner }) ?? true else { continue }
        if let outer = opponent(of: entry, around) { found = (outer, entry) }
      }
      for index in start..<end { note(Int(order[index]), &around) }
      around.last = Int32(nesting.last(event))
      try stack.append(around)
      start = end
    }
    return found
  }

  private func opponent(of entry: Int, _ around: Around) -> Int? {
    let candidates = isStated(entry) ? around.unstated : around.any
    for candidate in [Int(candidates.0), Int(candidates.1)] where candidate >= 0 {
      if added.value(candidate) != added.value(entry) { return candidate }
    }
    return nil
  }

  private func note(_ entry: Int, _ around: inout Around) {
    func noted(_ pair: (Int32, Int32)) -> (Int32, Int32) {
      if pair.0 < 0 { return (Int32(entry), -1) }
      guard pair.1 < 0, added.value(Int(pair.0)) != added.value(entry) else { return pair }
      return (pair.0, Int32(entry))
    }
    around.any = noted(around.any)
    if !isStated(entry) { around.unstated = noted(around.unstated) }
  }

  private func isStated(_ entry: Int) -> Bool { codes.quantity[added.row(entry)] >= 0 }

  private func isSameClass(_ first: Int, _ second: Int) -> Bool {
    let (left, right) = (added.row(first), added.row(second))
    return codes.measure[left] == codes.measure[right]
      && codes.population[left] == codes.population[right]
  }

  private func isSamePlace(_ first: Int, _ second: Int) -> Bool {
    isSameClass(first, second)
      && codes.event[added.row(first)] == codes.event[added.row(second)]
  }

  /// The entries with an event by class, then outer events before those inside them.
  private func sorted() throws(EngineError) -> Buffer<Int32> {
    let entries = try GrowingBuffer<Int32>(budget: budget)
    for entry in 0..<added.count where codes.event[added.row(entry)] >= 0 {
      try entries.append(Int32(entry))
    }
    let order = try entries.finished()
    try MergeSort.sort(order, budget: budget) { left, right in
      key(left).precedes(key(right))
    }
    return order
  }

  private func key(_ entry: Int) -> Key {
    let row = added.row(entry)
    let event = Int(codes.event[row])
    return Key(
      measure: codes.measure[row], population: codes.population[row],
      first: Int32(nesting.first(event)), event: Int32(event))
  }

  private struct Key {
    let measure: Int32
    let population: Int32
    let first: Int32
    let event: Int32

    func precedes(_ other: Key) -> Bool {
      (measure, population, first, event)
        < (other.measure, other.population, other.first, other.event)
    }
  }
}
