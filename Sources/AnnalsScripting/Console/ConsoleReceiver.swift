/// An expression whose kind is wanted without running it: names, and verbs that were called on them.
///
/// Whoever reads the text finds it, and tells which arguments are nothing but literals: these alone may
/// be evaluated.
package struct ConsoleReceiver: Hashable, Sendable {
  /// Names with dots between them, such as `data`, `events`.
  package var names: [String]
  /// The calls that follow, such as `:where("…")`.
  package var calls: [Call]

  /// The call of a method.
  package struct Call: Hashable, Sendable {
    package var verb: String
    /// The arguments as Lua; nil where they hold more than literals.
    package var arguments: String?

    /// A call of a method with its arguments.
    package init(verb: String, arguments: String?) {
      self.verb = verb
      self.arguments = arguments
    }
  }

  /// An expression of names and calls.
  package init(names: [String], calls: [Call] = []) {
    self.names = names
    self.calls = calls
  }
}

/// A name that may be typed, and what to say of it.
package struct ConsoleName: Hashable, Sendable {
  package let text: String
  /// In one line, such as a type or a sentence; may be empty.
  package let note: String

  /// A name with a remark.
  package init(_ text: String, _ note: String = "") {
    self.text = text
    self.note = note
  }
}
