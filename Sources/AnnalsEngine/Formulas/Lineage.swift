/// What must be watched when the numbers of a slot are added.
package struct Lineage: Hashable, Sendable {
  /// A dataset's table whose rule of addition holds for the numbers.
  package struct Guard: Hashable, Sendable {
    package let table: String
    /// The slot with the rows of that table that the numbers are from.
    package let rowSlot: Int
  }

  /// Tables whose rows may give their number several times here.
  package var repeats: Set<String> = []
  package var guards: Set<Guard> = []
  /// Tables with a rule of addition of which some numbers are, in rows that can't be told any more.
  package var lost: Set<String> = []
  /// The slot that tells whether running totals are in a number that was added already.
  package var runningSlot: Int?

  package init() {}

  mutating func formUnion(_ other: Lineage) {
    repeats.formUnion(other.repeats)
    guards.formUnion(other.guards)
    lost.formUnion(other.lost)
    runningSlot = runningSlot ?? other.runningSlot
  }

  /// The same where slots have moved; a guard whose slot is gone is lost.
  func moved(_ slots: [Int: Int]) -> Lineage {
    var result = self
    result.runningSlot = runningSlot.flatMap { slots[$0] }
    result.guards = []
    for old in guards {
      if let slot = slots[old.rowSlot] {
        result.guards.insert(Guard(table: old.table, rowSlot: slot))
      } else {
        result.lost.insert(old.table)
      }
    }
    return result
  }
}

/// What is known of the slots of a plan beside their types.
package struct SlotFacts: Sendable {
  /// One for each slot.
  package var lineages: [Lineage]
  /// Sets of slots whose values together occur in no two rows.
  package var uniqueSlots: [Set<Int>]
  /// The slot that holds the row numbers of a dataset's table, by the table's name.
  package var rowSlots: [String: Int]

  package init(
    lineages: [Lineage], uniqueSlots: [Set<Int>] = [], rowSlots: [String: Int] = [:]
  ) {
    self.lineages = lineages
    self.uniqueSlots = uniqueSlots
    self.rowSlots = rowSlots
  }

  /// Nothing is known of so many slots.
  package init(count: Int) {
    self.init(lineages: Array(repeating: Lineage(), count: count))
  }

  /// The same with more slots, of which nothing is known.
  func adding(_ count: Int) -> SlotFacts {
    var result = self
    result.lineages += Array(repeating: Lineage(), count: count)
    return result
  }

  /// The facts where slots have moved, with the lineages of the new slots.
  func moved(_ slots: [Int: Int], lineages: [Lineage]) -> SlotFacts {
    SlotFacts(
      lineages: lineages.map { $0.moved(slots) },
      uniqueSlots: uniqueSlots.compactMap { old in
        let kept = old.compactMap { slots[$0] }
        return kept.count == old.count ? Set(kept) : nil
      },
      rowSlots: rowSlots.compactMapValues { slots[$0] })
  }

  /// What is known of the values of an expression over these slots.
  func lineage(of expression: Expression, _ catalog: Catalog?) -> Lineage {
    if case .slot(let slot) = expression.kind { return lineages[slot] }
    var result = Lineage()
    for operand in expression.operands { result.formUnion(lineage(of: operand, catalog)) }
    guard case .gather(let rows, let table, let slot) = expression.kind else { return result }
    let isGuarded = catalog?[table]?.guardedSlots.contains(slot) == true
    guard case .slot(let rowSlot) = rows.kind else {
      result.repeats.insert(table)
      if isGuarded { result.lost.insert(table) }
      return result
    }
    if !uniqueSlots.contains([rowSlot]) { result.repeats.insert(table) }
    if isGuarded {
      result.guards.insert(Lineage.Guard(table: table, rowSlot: rowSlot))
    }
    return result
  }
}
