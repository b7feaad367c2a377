/// What must be watched when the numbers of a slot are added.
package struct Lineage: Hashable, Sendable {
  /// Tables of the dataset whose rows may give their number several times here.
  package var repeats: Set<String> = []
  /// Tables of the dataset whose rule of addition holds for the numbers.
  package var guarded: Set<String> = []
  /// The slot that tells whether running totals are in a number that was added already.
  package var runningSlot: Int?

  package init() {}

  mutating func formUnion(_ other: Lineage) {
    repeats.formUnion(other.repeats)
    guarded.formUnion(other.guarded)
    runningSlot = runningSlot ?? other.runningSlot
  }
}
