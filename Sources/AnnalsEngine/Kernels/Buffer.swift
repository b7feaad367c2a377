import AnnalsPlatform
import Glibc
import Synchronization

/// A fixed number of values in one block of memory: its own, zeroed when made, or one that is lent.
///
/// The owner that made a buffer may write it through ``mutableSpan`` until it hands the buffer on;
/// from then on nobody writes, which is what makes it `Sendable`. Scratch buffers stay with the one
/// thread that made them. Lent memory is never written.
@safe package final class Buffer<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  package let count: Int
  private let base: UnsafeMutablePointer<Element>
  private let owner: Owner
  /// See ``bounds``.
  private let knownBounds = Mutex<ClosedRange<Int64>?>(nil)

  private enum Owner {
    case budget(CountedBytes)
    case lender(SharedMemory)
  }

  /// - Throws: ``EngineError/outOfMemory(needed:limit:)`` if the budget or the system refuses.
  package init(count: Int, budget: MemoryBudget) throws(EngineError) {
    let (wanted, overflow) = Swift.max(count, 1).multipliedReportingOverflow(
      by: MemoryLayout<Element>.stride)
    guard !overflow else { throw .outOfMemory(needed: .max, limit: budget.byteLimit) }
    try budget.reserve(byteCount: wanted)
    // SAFETY: calloc gives zeroed memory aligned for every trivial type, or nil, which is checked.
    guard let memory = unsafe calloc(wanted, 1) else {
      budget.release(byteCount: wanted)
      throw .outOfMemory(needed: wanted, limit: budget.byteLimit)
    }
    unsafe LargePages.ask(for: memory, byteCount: wanted)
    self.count = count
    owner = .budget(budget.bytes)
    unsafe base = memory.bindMemory(to: Element.self, capacity: Swift.max(count, 1))
  }

  /// Values that stand in lent memory, which is not copied and takes nothing of a budget.
  ///
  /// Nil if they don't all lie within the memory, or not at an address fit for their type.
  package init?(lentBy memory: SharedMemory, at byteOffset: Int, count: Int) {
    let (wanted, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    guard count >= 0, !overflow, let start = unsafe memory.pointer(at: byteOffset, count: wanted),
      UInt(bitPattern: start) % UInt(MemoryLayout<Element>.alignment) == 0
    else { return nil }
    self.count = count
    owner = .lender(memory)
    // SAFETY: the memory holds `wanted` bytes from `start` as long as `owner` lives, any bytes are
    // values of a trivial type, and `mutableSpan` refuses to write them.
    unsafe base = UnsafeMutableRawPointer(mutating: start).assumingMemoryBound(to: Element.self)
  }

  /// Takes over memory of the C library that holds at least one value and is reserved already.
  @unsafe init(adopting base: UnsafeMutablePointer<Element>, count: Int, budget: MemoryBudget) {
    self.count = count
    owner = .budget(budget.bytes)
    unsafe self.base = base
  }

  deinit {
    guard case .budget(let bytes) = owner else { return }
    unsafe free(base)
    bytes.release(Swift.max(count, 1) * MemoryLayout<Element>.stride)
  }

  /// Where the values stand.
  @unsafe var start: UnsafeRawPointer { unsafe UnsafeRawPointer(base) }

  package var span: Span<Element> {
    @_lifetime(borrow self) get {
      // SAFETY: `base` holds `count` values as long as `self` lives, and the span borrows `self`.
      let span = unsafe Span(_unsafeStart: base, count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  package var mutableSpan: MutableSpan<Element> {
    @_lifetime(borrow self) get {
      guard case .budget = owner else { preconditionFailure("lent memory is not written") }
      // SAFETY: as above; that nobody else reads meanwhile is the rule in the type's comment.
      let span = unsafe MutableSpan(_unsafeStart: base, count: count)
      return unsafe _overrideLifetime(span, borrowing: self)
    }
  }

  /// The memory of the values, for kernels; it lives as long as the buffer.
  @unsafe package var unsafeBase: UnsafeMutablePointer<Element> {
    guard case .budget = owner else { preconditionFailure("lent memory is not written") }
    return unsafe base
  }

  package subscript(index: Int) -> Element {
    get { span[index] }
    set {
      var values = mutableSpan
      values[index] = newValue
    }
  }
}

extension Buffer where Element: FixedWidthInteger {
  /// The least and the greatest value; nil of none. Found on first use, by several threads where there
  /// are many values, and kept, so that it must not be asked while the buffer is still written.
  func bounds(threadCount: Int) -> ClosedRange<Int64>? {
    keptBounds(threadCount) { values in
      var (least, greatest) = (values[0], values[0])
      for index in values.indices {
        least = min(least, values[index])
        greatest = max(greatest, values[index])
      }
      return Int64(clamping: least)...Int64(clamping: greatest)
    }
  }

  /// - Parameter found: Finds the bounds of at least one value.
  fileprivate func keptBounds(
    _ threadCount: Int, _ found: @Sendable (Span<Element>) -> ClosedRange<Int64>
  ) -> ClosedRange<Int64>? {
    if count == 0 { return nil }
    if let known = knownBounds.withLock({ $0 }) { return known }
    // Fewer values than this are found sooner than another thread begins.
    let partCount = Swift.max(1, Swift.min(threadCount, count >> 18))
    let partSize = (count + partCount - 1) / partCount
    let all = Mutex<ClosedRange<Int64>?>(nil)
    Threads.concurrently(partCount) { part in
      let rows = span.extracting(part * partSize..<Swift.min((part + 1) * partSize, count))
      let own = found(rows)
      all.withLock { known in
        let others = known ?? own
        known =
          Swift.min(
            others.lowerBound, own.lowerBound)...Swift.max(
            others.upperBound, own.upperBound)
      }
    }
    let bounds = all.withLock { $0 }
    knownBounds.withLock { $0 = bounds }
    return bounds
  }
}

extension Buffer where Element == Int32 {
  /// As the bounds of other values.
  func bounds(threadCount: Int) -> ClosedRange<Int64>? {
    keptBounds(threadCount) { WideBounds.of($0) }
  }
}

extension Buffer where Element == Int64 {
  /// As the bounds of other values.
  func bounds(threadCount: Int) -> ClosedRange<Int64>? {
    keptBounds(threadCount) { WideBounds.of($0) }
  }
}

extension Buffer {
  /// A buffer with the values of a collection, for small data.
  package convenience init(
    _ values: some Collection<Element>, budget: MemoryBudget
  ) throws(EngineError) {
    try self.init(count: values.count, budget: budget)
    var target = mutableSpan
    var index = 0
    for value in values {
      target[index] = value
      index += 1
    }
  }

  /// Copies `count` values of another buffer to `offset`.
  package func copy(from other: Buffer<Element>, start: Int, count: Int, at offset: Int) {
    guard count > 0 else { return }
    let source = other.span.extracting(start..<start + count)
    var target = mutableSpan
    for index in 0..<count { target[offset + index] = source[index] }
  }
}
