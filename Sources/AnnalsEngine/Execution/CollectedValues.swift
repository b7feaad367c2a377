/// The values of an aggregate that must see all of a group at once, with the group of each.
final class CollectedValues<Element: BitwiseCopyable & Sendable> {
  private let groups: GrowingBuffer<Int32>
  private let values: GrowingBuffer<Element>
  private let budget: MemoryBudget

  init(budget: MemoryBudget) throws(EngineError) {
    self.budget = budget
    groups = try GrowingBuffer(budget: budget)
    values = try GrowingBuffer(budget: budget)
  }

  func append(_ value: Element, group: Int) throws(EngineError) {
    try groups.append(Int32(group))
    try values.append(value)
  }

  /// Takes in the known values of a batch, of lanes as they stand in it.
  @inline(__always)
  func append<Lane: BitwiseCopyable & Sendable>(
    _ lanes: Buffer<Lane>, of vector: Vector, groups given: Buffer<Int32>, count: Int,
    _ element: (Lane) -> Element
  ) throws(EngineError) {
    try groups.reserve(count)
    try values.reserve(count)
    let start = values.count
    groups.extend(by: count)
    values.extend(by: count)
    let (ownGroups, ownValues) = (groups, values)
    var end = start
    do {
      var groups = ownGroups.mutableSpan
      var values = ownValues.mutableSpan
      let source = lanes.span
      let numbers = given.span
      for row in 0..<count where vector.isValid(row) {
        groups[end] = numbers[row]
        values[end] = element(source[row])
        end += 1
      }
    }
    groups.truncate(to: end)
    values.truncate(to: end)
  }

  /// Takes in the values of another; group `i` there is group `mapping[i]` here.
  func merge(
    _ other: CollectedValues, mapping: Buffer<Int32>, _ translate: (Element) -> Element = { $0 }
  ) throws(EngineError) {
    for index in 0..<other.values.count {
      if index & 0xFFFF == 0 { try budget.checkStop() }
      try append(
        translate(other.values[index]), group: Int(mapping[Int(other.groups[index])]))
    }
  }

  /// The values group by group; within a group in the order in which they came.
  func byGroup(count: Int) throws(EngineError) -> ValuesByGroup<Element> {
    let starts = try Buffer<Int>(count: count + 1, budget: budget)
    let (ownGroups, ownValues) = (groups, values)
    let groups = ownGroups.span
    let values = ownValues.span
    var ends = starts.mutableSpan
    for part in Parts(below: groups.count) {
      try budget.checkStop()
      for index in part { ends[Int(groups[index]) + 1] += 1 }
    }
    for group in 0..<count { ends[group + 1] += ends[group] }
    let places = try Buffer<Int>(count: count, budget: budget)
    places.copy(from: starts, start: 0, count: count, at: 0)
    let sorted = try Buffer<Element>(count: values.count, budget: budget)
    var next = places.mutableSpan
    var target = sorted.mutableSpan
    for part in Parts(below: values.count) {
      try budget.checkStop()
      for index in part {
        let group = Int(groups[index])
        target[next[group]] = values[index]
        next[group] += 1
      }
    }
    return ValuesByGroup(values: sorted, starts: starts)
  }
}

/// The values of group `i` stand from `starts[i]` to `starts[i + 1]`.
struct ValuesByGroup<Element: BitwiseCopyable & Sendable> {
  let values: Buffer<Element>
  private let starts: Buffer<Int>

  init(values: Buffer<Element>, starts: Buffer<Int>) {
    self.values = values
    self.starts = starts
  }

  func range(_ group: Int) -> Range<Int> { starts[group]..<starts[group + 1] }
}
