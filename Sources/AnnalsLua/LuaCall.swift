internal import CLuaShim

/// One call from a script into Swift: arguments in, results out.
///
/// Arguments count from 1 and are read where they stand, so an unread one costs nothing. Results are
/// pushed in order. It lives only while the host function runs.
@safe
package struct LuaCall: ~Copyable {
  package let state: LuaState
  /// What messages call the function.
  package let functionName: String
  /// How many arguments there are, without the object of a method.
  package private(set) var count: Int
  let context: OpaquePointer
  private(set) var base: Int32

  init(
    state: LuaState, context: OpaquePointer, functionName: String, base: Int32, count: Int
  ) {
    self.state = state
    self.functionName = functionName
    self.count = count
    unsafe self.context = unsafe context
    self.base = base
  }

  /// Where the script called, as `chunk:line`; nil if no script did.
  package var position: String? { unsafe String(annals_position(context)) }

  /// The place on the stack, or one where nothing stands.
  func index(_ position: Int) -> Int32 {
    precondition(position >= 1, "arguments count from 1")
    return base + Int32(clamping: min(position, count + 1))
  }

  /// Leaves the first argument out from now on.
  mutating func skipFirst() {
    base += 1
    count = max(count - 1, 0)
  }
}
