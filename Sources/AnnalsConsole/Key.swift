/// One thing that somebody did at the keyboard.
enum Key: Hashable, Sendable {
  /// Characters to be put in; several if they came at once.
  case text(String)
  /// Pasted text, to be taken literally.
  case paste(String)
  /// A letter or mark with Ctrl: `a` to `z`, `@`, `\`, `]`, `^` or `_`.
  case control(Character)
  /// A character with Alt.
  case alt(Character)
  /// A key that stands for no character.
  case named(Name, Modifiers = [])

  enum Name: Hashable, Sendable {
    case enter, tab, backspace, delete, escape
    case up, down, left, right, home, end, pageUp, pageDown
  }

  /// What is held down with a key.
  struct Modifiers: OptionSet, Hashable, Sendable {
    let rawValue: Int

    static let shift = Modifiers(rawValue: 1)
    static let alt = Modifiers(rawValue: 2)
    static let control = Modifiers(rawValue: 4)
  }
}
