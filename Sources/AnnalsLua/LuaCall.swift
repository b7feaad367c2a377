internal import CLuaShim

/// One call from a script into Swift: arguments in, results out.
///
/// Arguments count from 1 and are read where they stand, so an unread one costs nothing. Results are
/// pushed in order. It lives only while the host function runs.
@safe
package struct LuaCall: ~Copyable {
  package var state: LuaState { unsafe owner }
  /// What messages call the function; empty in a batch.
  package var functionName: String { unsafe function?._withUnsafeGuaranteedRef(\.name) ?? "" }
  /// How many arguments there are, without the object of a method.
  package private(set) var count: Int
  let context: OpaquePointer
  private(set) var base: Int32
  // Not counted, since both outlive the call, and millions of calls are made.
  private unowned(unsafe) let owner: LuaState
  private let function: Unmanaged<LuaFunction>?

  init(
    state: LuaState, context: OpaquePointer, function: Unmanaged<LuaFunction>?, base: Int32,
    count: Int
  ) {
    unsafe owner = state
    unsafe self.function = unsafe function
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
