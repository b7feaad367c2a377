/// What a terminal sends for a key that stands for no character: `ESC [`, parameters, a last byte.
struct ControlSequence {
  private let parameters: [Int]
  private let last: UInt8
  /// Whether it has bytes that none of our keys has.
  private let isForeign: Bool

  init(_ bytes: [UInt8], last: UInt8) {
    self.last = last
    isForeign = bytes.contains { !(0x30...0x3B).contains($0) }
    parameters = bytes.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map {
      // A parameter's own parts, after a colon, say nothing that we use.
      Int(String(decoding: $0.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)) ?? 1
    }
  }

  /// Whether pasted text follows.
  var isPasteStart: Bool { last == UInt8(ascii: "~") && parameters == [200] && !isForeign }

  /// The key; nil if it is none of ours.
  var key: Key? {
    guard !isForeign else { return nil }
    switch last {
    case UInt8(ascii: "A"): return .named(.up, modifiers)
    case UInt8(ascii: "B"): return .named(.down, modifiers)
    case UInt8(ascii: "C"): return .named(.right, modifiers)
    case UInt8(ascii: "D"): return .named(.left, modifiers)
    case UInt8(ascii: "H"): return .named(.home, modifiers)
    case UInt8(ascii: "F"): return .named(.end, modifiers)
    case UInt8(ascii: "Z"): return .named(.tab, .shift)
    case UInt8(ascii: "u"): return Self.key(code: parameter(0), modifiers)
    case UInt8(ascii: "~"): return numbered
    default: return nil
    }
  }

  /// Keys that a number tells apart. Source: xterm's control sequences, "PC-Style Function Keys".
  private var numbered: Key? {
    switch parameter(0) {
    case 1, 7: .named(.home, modifiers)
    case 3: .named(.delete, modifiers)
    case 4, 8: .named(.end, modifiers)
    case 5: .named(.pageUp, modifiers)
    case 6: .named(.pageDown, modifiers)
    case 27: Self.key(code: parameter(2), modifiers)
    default: nil
    }
  }

  /// A key that is told by its character's number, as some terminals do.
  private static func key(code: Int, _ modifiers: Key.Modifiers) -> Key? {
    switch code {
    case 13: return .named(.enter, modifiers)
    case 9: return .named(.tab, modifiers)
    case 127, 8: return .named(.backspace, modifiers)
    case 27: return .named(.escape)
    default: break
    }
    guard code >= 0x20, let scalar = UInt32(exactly: code).flatMap(Unicode.Scalar.init) else {
      return nil
    }
    if modifiers.contains(.control) { return .control(Character(scalar)) }
    if modifiers.contains(.alt) { return .alt(Character(scalar)) }
    return .text(String(Character(scalar)))
  }

  private func parameter(_ index: Int) -> Int {
    index < parameters.count ? parameters[index] : 1
  }

  /// The second parameter, less one, has a bit for each.
  private var modifiers: Key.Modifiers {
    let value = parameter(1)
    return value > 1 && value <= 256 ? Key.Modifiers(rawValue: (value - 1) & 7) : []
  }
}
