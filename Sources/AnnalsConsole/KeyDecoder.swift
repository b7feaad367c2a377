/// Turns a terminal's bytes into keys, however the bytes are cut into pieces.
///
/// Bytes that are no UTF-8 become U+FFFD. A sequence that means nothing to us is taken as a whole and
/// gives no key. What is pasted between the terminal's brackets is text, whatever it holds.
struct KeyDecoder {
  private enum State {
    case ground
    /// After an escape character; `isDoubled` after two.
    case escape(isDoubled: Bool)
    /// After `ESC [`, with what came since.
    case sequence([UInt8], isAlt: Bool)
    /// After `ESC O`.
    case single(isAlt: Bool)
    /// After `ESC [ [`, which the console of Linux sends for function keys.
    case function
    case paste
  }

  private var state = State.ground
  private var character = CharacterDecoder()
  private var pasted: [UInt8] = []
  private var keys: [Key] = []

  private static let escape: UInt8 = 0x1B
  private static let pasteEnd: [UInt8] = Array("\u{1B}[201~".utf8)
  /// Of longer texts no more is kept.
  private static let pasteLimit = Editor.byteLimit + 1
  /// Longer sequences are nonsense, and end here.
  private static let sequenceLimit = 64

  /// Whether bytes are held back that may mean something else alone.
  var isWaiting: Bool {
    switch state {
    case .ground: character.isWaiting
    case .paste: false
    case .escape, .sequence, .single, .function: true
    }
  }

  /// The keys that are complete with these bytes.
  mutating func keys(from bytes: Span<UInt8>) -> [Key] {
    for index in bytes.indices { take(bytes[index]) }
    return takeKeys()
  }

  /// Nothing followed for a while: what is held back stands for itself.
  mutating func flush() -> [Key] {
    switch state {
    case .ground: append(character.flush())
    case .escape: press(.escape)
    case .sequence(let bytes, _) where bytes.isEmpty: keys.append(.alt("["))
    case .single: keys.append(.alt("O"))
    case .paste: return takeKeys()
    case .sequence, .function: break
    }
    state = .ground
    return takeKeys()
  }

  private mutating func takeKeys() -> [Key] {
    let result = keys
    keys = []
    return result
  }

  private mutating func take(_ byte: UInt8) {
    switch state {
    case .ground: takePlain(byte)
    case .escape(let isDoubled): takeEscaped(byte, isDoubled: isDoubled)
    case .sequence(let bytes, let isAlt): takeSequence(byte, after: bytes, isAlt: isAlt)
    case .single(let isAlt):
      state = .ground
      takeSingle(byte, isAlt: isAlt)
    case .function: state = .ground
    case .paste: takePasted(byte)
    }
  }

  private mutating func takePlain(_ byte: UInt8) {
    if byte >= 0x80 || (byte >= 0x20 && byte < 0x7F) { return append(character.take(byte)) }
    append(character.flush())
    if byte == Self.escape {
      state = .escape(isDoubled: false)
    } else {
      takeControl(byte, [])
    }
  }

  private mutating func append(_ text: String) {
    if text.isEmpty { return }
    if case .text(let before)? = keys.last {
      keys[keys.count - 1] = .text("")
      keys[keys.count - 1] = .text(before + text)
    } else {
      keys.append(.text(text))
    }
  }

  private mutating func press(_ name: Key.Name, _ modifiers: Key.Modifiers = []) {
    keys.append(.named(name, modifiers))
  }

  private mutating func takeControl(_ byte: UInt8, _ modifiers: Key.Modifiers) {
    switch byte {
    case 0x0D, 0x0A: press(.enter, modifiers)
    case 0x09: press(.tab, modifiers)
    case 0x7F, 0x08: press(.backspace, modifiers)
    case Self.escape: press(.escape)
    default:
      keys.append(
        .control(Character(Unicode.Scalar(byte < 0x1B && byte > 0 ? byte | 0x60 : byte | 0x40))))
    }
  }

  private mutating func takeEscaped(_ byte: UInt8, isDoubled: Bool) {
    state = .ground
    switch byte {
    case Self.escape:
      if isDoubled { press(.escape) }
      state = .escape(isDoubled: true)
    case UInt8(ascii: "["): state = .sequence([], isAlt: isDoubled)
    case UInt8(ascii: "O"): state = .single(isAlt: isDoubled)
    case 0x20..<0x7F: keys.append(.alt(Character(Unicode.Scalar(byte))))
    case 0x80...: takePlain(byte)
    default: takeControl(byte, .alt)
    }
  }

  /// A sequence of parameters (`0` to `?`), marks (blank to `/`) and a last byte (`@` to `~`).
  /// Source: ECMA-48, section 5.4.
  private mutating func takeSequence(_ byte: UInt8, after bytes: [UInt8], isAlt: Bool) {
    switch byte {
    case 0x20..<0x40 where bytes.count < Self.sequenceLimit:
      state = .sequence(bytes + [byte], isAlt: isAlt)
    case UInt8(ascii: "[") where bytes.isEmpty: state = .function
    case 0x40..<0x7F:
      state = .ground
      endSequence(ControlSequence(bytes, last: byte), isAlt: isAlt)
    default:
      state = .ground
      takePlain(byte)
    }
  }

  private mutating func endSequence(_ sequence: ControlSequence, isAlt: Bool) {
    if sequence.isPasteStart {
      state = .paste
      pasted = []
    } else if var key = sequence.key {
      if isAlt, case .named(let name, let modifiers) = key {
        key = .named(name, modifiers.union(.alt))
      }
      keys.append(key)
    }
  }

  private mutating func takeSingle(_ byte: UInt8, isAlt: Bool) {
    guard byte >= 0x20 else { return takePlain(byte) }
    let modifiers: Key.Modifiers = isAlt ? .alt : []
    switch byte {
    case UInt8(ascii: "M"): press(.enter, modifiers)
    case UInt8(ascii: "a"): press(.up, [.control])
    case UInt8(ascii: "b"): press(.down, [.control])
    case UInt8(ascii: "c"): press(.right, [.control])
    case UInt8(ascii: "d"): press(.left, [.control])
    default: endSequence(ControlSequence([], last: byte), isAlt: isAlt)
    }
  }

  private mutating func takePasted(_ byte: UInt8) {
    pasted.append(byte)
    let end = Self.pasteEnd
    if pasted.count > 2 * Self.pasteLimit {
      // It stays longer than the limit, so the editor refuses it.
      pasted.removeSubrange(Self.pasteLimit..<pasted.count - end.count)
    }
    guard byte == end.last, pasted.count >= end.count, pasted.suffix(end.count) == end[...] else {
      return
    }
    pasted.removeLast(end.count)
    keys.append(.paste(String(decoding: pasted, as: UTF8.self)))
    pasted = []
    state = .ground
  }
}
