import Synchronization

/// The slots that references have left behind. They are given back to Lua at the next call from
/// Swift, since a reference may end where no Lua call is allowed: in a finaliser, or on another
/// thread after its state was closed.
final class LuaSlots: Sendable {
  private let left = Mutex<[Int32]>([])

  func leave(_ slot: Int32) { left.withLock { $0.append(slot) } }

  func takeAll() -> [Int32] {
    left.withLock { slots in
      guard !slots.isEmpty else { return [] }
      defer { slots.removeAll(keepingCapacity: true) }
      return slots
    }
  }
}
