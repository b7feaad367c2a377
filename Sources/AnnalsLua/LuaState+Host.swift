internal import CLuaShim

// What C calls. None of these may raise or throw, so nothing here calls Lua without protection.

/// Calls a host function, with the arguments on the Lua stack. The results, or what describes the
/// error, are in the buffer when it returns.
func callFunction(
  _ context: OpaquePointer?, _ owner: UnsafeMutableRawPointer?,
  _ function: UnsafeMutableRawPointer?, _ count: Int32
) -> Int32 {
  guard let context = unsafe context, let owner = unsafe owner, let function = unsafe function
  else {
    return Int32(ANNALS_DONE)
  }
  // The state is kept by the call that runs it, and the function by Lua's stack.
  return unsafe Unmanaged<LuaState>.fromOpaque(owner)._withUnsafeGuaranteedRef { state in
    let function = unsafe Unmanaged<LuaFunction>.fromOpaque(function)
    return unsafe function._withUnsafeGuaranteedRef { called in
      var call = unsafe LuaCall(
        state: state, context: context, function: function, base: 0, count: Int(count))
      return unsafe state.report(to: context) { () throws(LuaError) in try called.body(&call) }
    }
  }
}

/// Releases what a userdata held.
func releaseObject(_ object: UnsafeMutableRawPointer?) {
  guard let object = unsafe object else { return }
  unsafe Unmanaged<AnyObject>.fromOpaque(object).release()
}

/// Hands on what a script prints.
func writeOutput(_ owner: UnsafeMutableRawPointer?, _ bytes: UnsafePointer<UInt8>?, _ count: Int) {
  guard let owner = unsafe owner else { return }
  let state = unsafe Unmanaged<LuaState>.fromOpaque(owner).takeUnretainedValue()
  let buffer = unsafe UnsafeBufferPointer(start: bytes, count: count)
  state.receive(unsafe Span(_unsafeElements: buffer))
}

extension LuaState {
  /// Runs a body that C waits for, and leaves its error, if any, in the buffer.
  @inline(__always)
  func report(to context: OpaquePointer, _ body: () throws(LuaError) -> Void) -> Int32 {
    let mark = unsafe annals_get_mark(context)
    do throws(LuaError) {
      try body()
      return Int32(ANNALS_DONE)
    } catch {
      unsafe annals_set_mark(context, mark)
      return unsafe report(error, to: context)
    }
  }

  private func report(_ error: LuaError, to context: OpaquePointer) -> Int32 {
    if let stop = error.kind.stop {
      unsafe annals_push_integer(context, Int64(stop.rawValue))
      return Int32(ANNALS_RAISE_STOP)
    }
    if let value = error.value, value.slots === slots {
      unsafe annals_push_slot(context, value.slot)
      unsafe push(error.traceback, to: context)
      unsafe push(error.at, to: context)
      return Int32(ANNALS_RAISE_VALUE)
    }
    unsafe push(error.kind.name, to: context)
    unsafe push(error.message, to: context)
    unsafe push(error.at, to: context)
    unsafe push(error.fix, to: context)
    return Int32(ANNALS_RAISE_FIELDS)
  }
}
