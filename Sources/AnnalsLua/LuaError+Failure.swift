internal import AnnalsPlatform
internal import CLuaShim

extension String {
  /// Copies the bytes, repairing what is no UTF-8; nil if there are none.
  init?(_ text: annals_text) {
    guard let start = unsafe text.bytes, unsafe text.count > 0 else { return nil }
    self = unsafe String(
      decoding: UnsafeBufferPointer(start: start, count: text.count), as: UTF8.self)
  }
}

extension LuaError {
  /// Reads the failure that a protected call has left.
  init(_ failure: annals_failure, limits: LuaLimits, slots: LuaSlots) {
    let kind = unsafe Kind(failure.kind, name: String(failure.name))
    let slot = unsafe failure.slot
    self.init(
      kind: kind, message: unsafe String(failure.message) ?? "", at: unsafe String(failure.at),
      fix: unsafe String(failure.fix), traceback: unsafe String(failure.traceback),
      value: slot == 0 ? nil : LuaReference(slot: slot, slots: slots))
    if unsafe failure.is_text { separatePlace() }
    if kind.isLimit || message.isEmpty { message = kind.sentence(limits) }
  }

  /// Lua puts the place before the message of its own errors: `script.lua:12: attempt to …`.
  private mutating func separatePlace() {
    let bytes = Array(message.utf8)
    let line = bytes.prefix(while: { $0 != UInt8(ascii: "\n") })
    for colon in line.indices where line[colon] == UInt8(ascii: ":") {
      let digits = line[(colon + 1)...].prefix { (0x30...0x39).contains($0) }
      let rest = digits.endIndex
      guard !digits.isEmpty, rest + 1 < bytes.count, bytes[rest] == UInt8(ascii: ":"),
        bytes[rest + 1] == UInt8(ascii: " ")
      else { continue }
      at = String(decoding: bytes[..<rest], as: UTF8.self)
      message = String(decoding: bytes[(rest + 2)...], as: UTF8.self)
      return
    }
  }
}

extension LuaError.Kind {
  init(_ kind: annals_kind, name: String?) {
    self =
      switch kind {
      case .ANNALS_KIND_TIME: .time
      case .ANNALS_KIND_INTERRUPTED: .interrupted
      case .ANNALS_KIND_MEMORY: .memory
      case .ANNALS_KIND_OUTPUT: .output
      case .ANNALS_KIND_INSTRUCTIONS: .instructions
      case .ANNALS_KIND_HOST: .host(name ?? "error")
      case .ANNALS_KIND_SYNTAX: .syntax
      case .ANNALS_KIND_DEPTH: .depth
      case .ANNALS_KIND_NONE, .ANNALS_KIND_SCRIPT: .script
      @unknown default: .script
      }
  }

  /// The limit that ends a run, as the shim counts it.
  var stop: annals_kind? {
    switch self {
    case .time: .ANNALS_KIND_TIME
    case .interrupted: .ANNALS_KIND_INTERRUPTED
    case .memory: .ANNALS_KIND_MEMORY
    case .output: .ANNALS_KIND_OUTPUT
    case .instructions: .ANNALS_KIND_INSTRUCTIONS
    default: nil
    }
  }

  /// What to say where Lua says nothing, or nothing of use.
  func sentence(_ limits: LuaLimits) -> String {
    switch self {
    case .time: "the script ran longer than \(limits.timeout ?? .zero)"
    case .interrupted: "the script was interrupted"
    case .memory: "the script needs more than \(SizeText(limits.heapByteCount)) of memory"
    case .output: "the script printed more than \(SizeText(limits.outputByteCount))"
    case .instructions:
      "the script ran more than \(limits.instructionCount ?? 0) instructions"
    case .depth: "calls are nested too deep"
    default: "the error has no message"
    }
  }
}
