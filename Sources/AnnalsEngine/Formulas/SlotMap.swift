/// Where the slots of a query are found in another.
struct SlotMap {
  private var places: [Int]

  /// None is found yet, of so many.
  init(count: Int) { places = Array(repeating: -1, count: count) }

  /// So many slots that all stand further back by an offset.
  init(count: Int, shiftedBy offset: Int) { places = (0..<count).map { $0 + offset } }

  /// Nil of a slot that is gone.
  subscript(slot: Int) -> Int? {
    get { places.indices.contains(slot) && places[slot] >= 0 ? places[slot] : nil }
    set { places[slot] = newValue ?? -1 }
  }
}
