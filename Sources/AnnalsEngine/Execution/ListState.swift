/// `list`: the known texts of a group in the order of the rows.
final class ListState: AggregateState {
  private struct Entry: BitwiseCopyable {
    let row: Int64
    let word: UInt64
  }

  private let encoder: WordEncoder
  private let collected: CollectedValues<Entry>
  private let budget: MemoryBudget

  init(budget: MemoryBudget) throws(EngineError) {
    self.budget = budget
    encoder = WordEncoder(type: .text, budget: budget)
    collected = try CollectedValues(budget: budget)
  }

  func grow(to groups: Int) {}

  func add(
    _ values: Vector?, _ keys: Vector?, groups: Buffer<Int32>, batch: Batch
  ) throws(EngineError) {
    guard let values else { return }
    for row in 0..<batch.count where values.isValid(row) {
      let entry = Entry(row: Int64(batch.sourceRow(row)), word: try encoder.word(values, row))
      try collected.append(entry, group: Int(groups[row]))
    }
  }

  func merge(_ other: any AggregateState, mapping: Buffer<Int32>) throws(EngineError) {
    guard let other = other as? ListState else { return }
    let translation = try encoder.translation(from: other.encoder)
    try collected.merge(other.collected, mapping: mapping) { entry in
      Entry(row: entry.row, word: translation.map { $0[Int(entry.word)] } ?? entry.word)
    }
  }

  func finished(_ order: GroupOrder) throws(EngineError) -> Column {
    let grouped = try collected.byGroup(count: order.groupCount)
    let entries = grouped.values
    let texts = try encoder.column(count: entries.count, target: nil) { entries[$0].word }
    let offsets = try Buffer<Int64>(count: order.count + 1, budget: budget)
    let known = try Bitmap(count: order.count, budget: budget)
    let output = try TextBlockBuilder(budget: budget)
    for position in 0..<order.count {
      let range = grouped.range(Int(order[position]))
      if !range.isEmpty { known.set(position) }
      let inOrder = try sorted(range, entries)
      for index in 0..<inOrder.count {
        if index & 0xFFF == 0 { try budget.checkStop() }
        guard let text = texts.textLocation(Int(inOrder[index])) else { continue }
        try output.append(text.block[text.index])
      }
      offsets[position + 1] = Int64(output.count)
    }
    return Column(
      type: .list, count: order.count, storage: .list(offsets: offsets, try output.finished()),
      validity: known)
  }

  /// The numbers of a group's entries by row. Each thread has seen rows in ascending order, but what
  /// several have seen stands one after another.
  private func sorted(
    _ range: Range<Int>, _ entries: Buffer<Entry>
  ) throws(EngineError) -> Buffer<Int32> {
    let numbers = try Buffer<Int32>(count: range.count, budget: budget)
    var isSorted = true
    for (position, index) in range.enumerated() {
      if index & 0xFFFF == 0 { try budget.checkStop() }
      numbers[position] = Int32(index)
      isSorted = isSorted && (position == 0 || entries[index - 1].row < entries[index].row)
    }
    guard !isSorted else { return numbers }
    try MergeSort.sort(numbers, budget: budget) { left, right in
      entries[left].row < entries[right].row
    }
    return numbers
  }
}
