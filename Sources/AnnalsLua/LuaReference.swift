/// Keeps one Lua value alive for Swift, until the reference or its state ends.
///
/// It is only a name for the value: all use goes through the state that made it. Holding one from a
/// Swift object that Lua holds makes a cycle that no collection finds; tie the value instead (see
/// ``LuaCall/push(_:as:tiedTo:)``).
package final class LuaReference: Sendable {
  let slot: Int32
  let slots: LuaSlots

  init(slot: Int32, slots: LuaSlots) {
    self.slot = slot
    self.slots = slots
  }

  deinit { slots.leave(slot) }
}
