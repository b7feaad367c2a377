/// What must be watched when the numbers of a slot are added.
package struct Lineage: Hashable, Sendable {
  /// A slot that tells which rows of a dataset's table may stand behind a number. The table's rule of
  /// addition holds for the number.
  package struct Guard: Hashable, Sendable {
    package let table: String
    package let slot: Int
    /// Whether the slot holds any number of rows, as ``PackedRows``; else it holds one, a reference.
    package let holdsMany: Bool
  }

  /// Most slots need no watching, and cost nothing to copy.
  private struct Watch: Hashable, Sendable {
    var repeats: Set<String> = []
    var guards: Set<Guard> = []
    var lost: Set<String> = []
    var isDivided = false
  }

  private var watch: Watch?

  /// Tables whose rows may give their number several times here.
  package var repeats: Set<String> {
    get { watch?.repeats ?? [] }
    set { change { $0.repeats = newValue } }
  }

  package var guards: Set<Guard> {
    get { watch?.guards ?? [] }
    set { change { $0.guards = newValue } }
  }

  /// Tables with a rule of addition of which some numbers are, in rows that can't be told any more.
  package var lost: Set<String> {
    get { watch?.lost ?? [] }
    set { change { $0.lost = newValue } }
  }

  /// Whether the numbers are shares of a row's number, so that the row may stand behind several.
  package var isDivided: Bool {
    get { watch?.isDivided ?? false }
    set { change { $0.isDivided = newValue } }
  }

  /// Whether nothing must be watched.
  var isPlain: Bool { watch == nil }

  private mutating func change(_ body: (inout Watch) -> Void) {
    var changed = watch ?? Watch()
    body(&changed)
    watch = changed == Watch() ? nil : changed
  }

  package init() {}

  mutating func formUnion(_ other: Lineage) {
    if other.isPlain { return }
    repeats.formUnion(other.repeats)
    guards.formUnion(other.guards)
    lost.formUnion(other.lost)
    isDivided = isDivided || other.isDivided
  }

  /// The same where slots have moved; a guard whose slot is gone is lost.
  func moved(_ slots: SlotMap) -> Lineage {
    guard let watch, !watch.guards.isEmpty else { return self }
    var result = self
    result.guards = []
    for old in guards {
      if let slot = slots[old.slot] {
        result.guards.insert(Guard(table: old.table, slot: slot, holdsMany: old.holdsMany))
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
  package var uniqueSlots: [SlotSet]
  /// The slot that holds the row numbers of a dataset's table, by the table's name.
  package var rowSlots: [String: Int]

  package init(
    lineages: [Lineage], uniqueSlots: [SlotSet] = [], rowSlots: [String: Int] = [:]
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
    result.lineages = lineages + repeatElement(Lineage(), count: count)
    return result
  }

  /// The facts where slots have moved, with the lineages of the new slots.
  func moved(_ slots: SlotMap, lineages: [Lineage]) -> SlotFacts {
    SlotFacts(
      lineages: lineages.map { $0.moved(slots) },
      uniqueSlots: uniqueSlots.compactMap { old in
        var kept = SlotSet()
        for slot in old {
          guard let new = slots[slot] else { return nil }
          kept.insert(new)
        }
        return kept
      },
      rowSlots: rowSlots.compactMapValues { slots[$0] })
  }

  /// What is known of the values of an expression over these slots, but for its guards; those are
  /// ``rowsBehind(_:_:)``.
  func lineage(of expression: Expression, _ catalog: Catalog?) -> Lineage {
    if case .slot(let slot) = expression.kind {
      var result = lineages[slot]
      if !result.isPlain { result.guards = [] }
      return result
    }
    var result = Lineage()
    for operand in expression.operands { result.formUnion(lineage(of: operand, catalog)) }
    guard case .gather(let rows, let table, _) = expression.kind else { return result }
    guard case .slot(let rowSlot) = rows.kind, uniqueSlots.contains([rowSlot]) else {
      result.repeats.insert(table)
      return result
    }
    return result
  }
}
