import Glibc

/// A buffer that grows as values are appended, within its budget.
///
/// It grows where it stands or is moved by the system, which for large blocks moves pages and copies
/// nothing: gathering values takes no more memory than they need.
@safe package final class GrowingBuffer<Element: BitwiseCopyable & Sendable> {
  // Plain form:  three variables as they are.
  // Trick:       no check at run time that nobody else is at them.
  // SAFETY:      Each is read or written in one go, never lent, so that no two accesses meet.
  // Measured:    the checks were a fifth of the instructions of reading 200,000 rows of CSV.
  // Remove when: the compiler sees that itself.
  @exclusivity(unchecked) private var usedCount = 0
  @exclusivity(unchecked) private var roomCount = 0
  @exclusivity(unchecked) private var base: UnsafeMutablePointer<Element>
  private let budget: MemoryBudget

  package init(budget: MemoryBudget, capacity: Int = 16) throws(EngineError) {
    self.budget = budget
    let capacity = Swift.max(capacity, 1)
    unsafe roomCount = capacity
    unsafe base = try Self.resized(nil, from: 0, to: capacity, budget)
  }

  deinit {
    unsafe free(base)
    budget.release(byteCount: capacity * MemoryLayout<Element>.stride)
  }

  package private(set) var count: Int {
    get { unsafe usedCount }
    set { unsafe usedCount = newValue }
  }

  /// How many values it holds room for.
  package private(set) var capacity: Int {
    get { unsafe roomCount }
    set { unsafe roomCount = newValue }
  }

  package func append(_ value: Element) throws(EngineError) {
    if count == capacity { try reserve(1) }
    // SAFETY: there is room for one more value, and `base` is the memory of `capacity` values.
    unsafe base[count] = value
    count += 1
  }

  package func append(_ values: Span<Element>) throws(EngineError) {
    try reserve(values.count)
    let (base, count) = unsafe (base, count)
    unsafe values.withUnsafeBufferPointer { values in
      guard let start = values.baseAddress else { return }
      // SAFETY: room for the values was reserved behind the `count` that are there.
      unsafe (base + count).update(from: start, count: values.count)
    }
    self.count += values.count
  }

  package func append(repeating value: Element, count added: Int) throws(EngineError) {
    try reserve(added)
    // SAFETY: room for the values was reserved behind the `count` that are there.
    unsafe (base + count).update(repeating: value, count: added)
    count += added
  }

  /// Makes sure that `added` more values have room.
  package func reserve(_ added: Int) throws(EngineError) {
    guard added > capacity - count else { return }
    let (needed, overflow) = count.addingReportingOverflow(added)
    guard !overflow else { throw .outOfMemory(needed: .max, limit: budget.byteLimit) }
    let (grown, _) = capacity.addingReportingOverflow(Swift.max(capacity / 2, 16))
    do throws(EngineError) {
      try resize(to: Swift.max(needed, grown))
    } catch {
      // The budget may still hold what is needed just now.
      try resize(to: needed)
    }
  }

  /// Counts `added` more values as there, which were written behind the last one.
  package func extend(by added: Int) {
    precondition(added <= capacity - count, "there is room for the values")
    count += added
  }

  /// The memory of the values, and the room behind them. It moves when the buffer grows.
  @unsafe package var unsafeBase: UnsafeMutablePointer<Element> { unsafe base }

  package func removeAll() { count = 0 }

  /// Keeps the first values only.
  package func truncate(to kept: Int) {
    precondition(kept >= 0 && kept <= count, "there are values to keep")
    count = kept
  }

  /// Takes the last value off, which must be there.
  package func removeLast() {
    precondition(count > 0, "there is a value to remove")
    count -= 1
  }

  package subscript(index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count, "an index lies within the appended values")
      // SAFETY: the index was checked.
      return unsafe base[index]
    }
    set {
      precondition(index >= 0 && index < count, "an index lies within the appended values")
      // SAFETY: the index was checked.
      unsafe base[index] = newValue
    }
  }

  package var span: Span<Element> {
    @_lifetime(borrow self) get {
      // SAFETY: `base` holds `count` values until the buffer grows, and the span borrows `self`.
      let span = unsafe Span(_unsafeStart: base, count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// The values, to be changed in a loop in which none is appended: that would move them.
  package var mutableSpan: MutableSpan<Element> {
    @_lifetime(borrow self) get {
      // SAFETY: as above; nothing is appended as long as the span is used, as the comment demands.
      let span = unsafe MutableSpan(_unsafeStart: base, count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// The values in a buffer of their own size; the growing buffer is used up and empty.
  package func finished() throws(EngineError) -> Buffer<Element> {
    if capacity > Swift.max(count, 1) { try resize(to: Swift.max(count, 1)) }
    let empty = unsafe try Self.resized(nil, from: 0, to: 1, budget)
    // SAFETY: `base` holds room for just these values, is reserved, and is given away here.
    let result = unsafe Buffer(adopting: base, count: count, budget: budget)
    unsafe base = empty
    capacity = 1
    count = 0
    return result
  }

  private func resize(to newCapacity: Int) throws(EngineError) {
    unsafe base = try Self.resized(base, from: capacity, to: newCapacity, budget)
    capacity = newCapacity
  }

  /// Reserves what it needs more before it is allocated, and releases what it needs less after.
  @unsafe private static func resized(
    _ base: UnsafeMutablePointer<Element>?, from old: Int, to new: Int, _ budget: MemoryBudget
  ) throws(EngineError) -> UnsafeMutablePointer<Element> {
    let stride = MemoryLayout<Element>.stride
    let (wanted, overflow) = new.multipliedReportingOverflow(by: stride)
    guard !overflow else { throw .outOfMemory(needed: .max, limit: budget.byteLimit) }
    let more = wanted - old * stride
    if more > 0 { try budget.reserve(byteCount: more) }
    // SAFETY: `base` came from here or is nil; the result is aligned for every trivial type.
    guard let memory = unsafe realloc(base, wanted) else {
      if more > 0 { budget.release(byteCount: more) }
      throw .outOfMemory(needed: wanted, limit: budget.byteLimit)
    }
    if more < 0 { budget.release(byteCount: -more) }
    return unsafe memory.bindMemory(to: Element.self, capacity: new)
  }
}
