/// A buffer that doubles as values are appended, within its budget.
package final class GrowingBuffer<Element: BitwiseCopyable & Sendable> {
  package private(set) var count = 0
  private var storage: Buffer<Element>
  private let budget: MemoryBudget

  package init(budget: MemoryBudget, capacity: Int = 16) throws(EngineError) {
    self.budget = budget
    storage = try Buffer(count: Swift.max(capacity, 1), budget: budget)
  }

  package func append(_ value: Element) throws(EngineError) {
    if count == storage.count { try grow(to: count + 1) }
    storage[count] = value
    count += 1
  }

  package func append(_ values: Span<Element>) throws(EngineError) {
    if count + values.count > storage.count { try grow(to: count + values.count) }
    var target = storage.mutableSpan
    for index in values.indices { target[count + index] = values[index] }
    count += values.count
  }

  package func append(repeating value: Element, count added: Int) throws(EngineError) {
    if count + added > storage.count { try grow(to: count + added) }
    var target = storage.mutableSpan
    for index in count..<count + added { target[index] = value }
    count += added
  }

  package func removeAll() { count = 0 }

  /// Takes the last value off, which must be there.
  package func removeLast() {
    precondition(count > 0, "there is a value to remove")
    count -= 1
  }

  package subscript(index: Int) -> Element {
    get {
      precondition(index < count, "an index lies within the appended values")
      return storage[index]
    }
    set {
      precondition(index < count, "an index lies within the appended values")
      storage[index] = newValue
    }
  }

  /// Where the values stand until the next one is appended, for loops over them; what is past ``count``
  /// means nothing.
  var lanes: Buffer<Element> { storage }

  /// The values in a buffer of their own size; the growing buffer is used up.
  package func finished() throws(EngineError) -> Buffer<Element> {
    if storage.count == count { return storage }
    let result = try Buffer<Element>(count: count, budget: budget)
    result.copy(from: storage, start: 0, count: count, at: 0)
    return result
  }

  private func grow(to needed: Int) throws(EngineError) {
    let larger = try Buffer<Element>(
      count: Swift.max(needed, storage.count * 2), budget: budget)
    larger.copy(from: storage, start: 0, count: count, at: 0)
    storage = larger
  }
}
