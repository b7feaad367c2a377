internal import CLuaShim

/// One Lua interpreter with its limits.
///
/// Only the thread that made it may use it, and it must be closed or released there. Calls into Lua
/// may nest: a host function may run a script that calls a host function. Every function here leaves
/// Lua's stack as it found it.
@safe
package final class LuaState {
  /// The limits of the present run.
  package private(set) var limits: LuaLimits
  package private(set) var settings: LuaSettings
  let slots = LuaSlots()
  private var context: OpaquePointer?
  private let output: (Span<UInt8>) -> Void

  /// Makes a state with the libraries that scripts may use, and starts a run.
  ///
  /// - Parameter isTrusted: The script is one's own: it gets all of Lua's libraries, unchanged. The
  ///   limits then stop what goes wrong, but a script that wants to can get around them.
  /// - Parameter output: Receives what scripts print, in pieces; the bytes need not be UTF-8.
  /// - Throws: `memory` if the heap is too small even for the libraries, `closed` if the Lua that was
  ///   found is not 5.4.
  package init(
    limits: LuaLimits = LuaLimits(), settings: LuaSettings = LuaSettings(),
    isTrusted: Bool = false,
    output: @escaping (Span<UInt8>) -> Void
  ) throws(LuaError) {
    self.limits = limits
    self.settings = settings
    self.output = output
    var failure = annals_kind.ANNALS_KIND_NONE
    let host = unsafe annals_host(
      owner: Unmanaged.passUnretained(self).toOpaque(), call: callFunction, release: releaseObject,
      output: writeOutput)
    unsafe context = annals_open(host, annals_limits(limits, settings), isTrusted, &failure)
    guard unsafe context == nil else { return }
    if failure == .ANNALS_KIND_MEMORY {
      throw LuaError(kind: .memory, message: LuaError.Kind.memory.sentence(limits))
    }
    throw LuaError(kind: .closed, message: "this program needs Lua 5.4", fix: "install Lua 5.4")
  }

  deinit { close() }

  /// Ends the state: every Swift object that it holds is released. Closing twice does nothing.
  package func close() {
    guard let open = unsafe context else { return }
    precondition(unsafe annals_depth(open) == 0, "a state can't be closed by what it runs")
    unsafe context = nil
    unsafe annals_close(open)
  }

  package var isClosed: Bool { unsafe context == nil }

  /// Starts a new run in the same state: all budgets start anew, and a limit that ended the last run
  /// is forgotten.
  package func beginRun(limits: LuaLimits? = nil, settings: LuaSettings? = nil) throws(LuaError) {
    let context = unsafe try opened()
    self.limits = limits ?? self.limits
    self.settings = settings ?? self.settings
    unsafe annals_begin(context, annals_limits(self.limits, self.settings))
  }

  /// What ends the run from elsewhere.
  package func makeInterrupter() throws(LuaError) -> LuaInterrupter {
    unsafe LuaInterrupter(sharing: try opened())
  }

  /// Throws if the run is to stop, for host functions that work long. Costs an atomic read.
  package func checkLimits() throws(LuaError) {
    let context = unsafe try opened()
    let stopped = unsafe annals_stopped(context)
    guard stopped != .ANNALS_KIND_NONE else { return }
    let kind = LuaError.Kind(stopped, name: nil)
    throw LuaError(kind: kind, message: kind.sentence(limits))
  }

  /// Bytes that Lua's heap holds now; 0 once closed.
  package var heapByteCount: Int {
    if let context = unsafe context { unsafe Int(annals_heap_bytes(context)) } else { 0 }
  }

  /// Bytes that are held outside Lua's heap and leave it less while they are, where that is more than
  /// what the script's own objects hold; 0 once closed.
  package var lentByteCount: Int {
    get { if let context = unsafe context { unsafe Int(annals_lent(context)) } else { 0 } }
    set { if let context = unsafe context { unsafe annals_lend(context, max(newValue, 0)) } }
  }

  /// Has Lua release the objects that no script can reach any more. It does so by itself, but by the
  /// size of its own heap; to be called when what objects hold elsewhere grows scarce.
  package func collectGarbage() {
    guard let context = unsafe context else { return }
    unsafe dropReferences(context)
    unsafe annals_collect(context)
  }

  /// Writes text where `print` writes, within the same budget.
  package func write(_ text: LuaText) throws(LuaError) {
    let context = unsafe try opened()
    let written = unsafe text.bytes.withUnsafeBufferPointer {
      unsafe annals_write(context, $0.baseAddress, $0.count)
    }
    if !written { throw unsafe takeFailure(context) }
  }

  /// Counts bytes that reach the output in another way than by ``write(_:)``.
  package func chargeOutput(_ byteCount: Int) throws(LuaError) {
    let context = unsafe try opened()
    guard unsafe annals_charge_output(context, byteCount) else {
      throw unsafe takeFailure(context)
    }
  }

  // MARK: What the other files stand on

  func opened() throws(LuaError) -> OpaquePointer {
    guard let context = unsafe context else { throw .closed }
    return unsafe context
  }

  func takeFailure(_ context: OpaquePointer) -> LuaError {
    unsafe LuaError(annals_last_failure(context), limits: limits, slots: slots)
  }

  func receive(_ bytes: Span<UInt8>) { output(bytes) }

  /// Lets go of what references kept that are gone. A value that waits in the buffer may be all that
  /// is left of one.
  private func dropReferences(_ context: OpaquePointer) {
    guard unsafe annals_get_mark(context).values == 0 else { return }
    for slot in slots.takeAll() { unsafe annals_drop(context, slot) }
  }

  /// Makes one protected call: pushes values, runs it, and reads what it left above the old top.
  @safe
  func protected<Result>(
    _ push: (OpaquePointer) -> Void, run: (OpaquePointer, annals_mark) -> Bool,
    read: (OpaquePointer, _ base: Int32, _ count: Int32) throws(LuaError) -> Result
  ) throws(LuaError) -> Result {
    let context = unsafe try opened()
    let mark = unsafe annals_get_mark(context)
    let top = unsafe annals_top(context)
    defer {
      unsafe annals_set_mark(context, mark)
      unsafe annals_set_top(context, top)
    }
    unsafe dropReferences(context)
    unsafe push(context)
    guard unsafe run(context, mark) else { throw unsafe takeFailure(context) }
    return unsafe try read(context, top, annals_top(context) - top)
  }
}
