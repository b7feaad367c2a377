/// What the line editor asks while somebody types. It answers at once and changes nothing.
///
/// Offsets count bytes of UTF-8 and stand between characters.
package protocol LineAssistant {
  /// What may stand where the cursor is.
  func completions(in text: String, at offset: Int) -> Completions

  /// One line of help for the place of the cursor, such as a signature with a sentence.
  func hint(for text: String, at offset: Int) -> String?

  /// Whether Enter sends the text; else it begins a new line of it.
  func isComplete(_ text: String) -> Bool
}

/// Answers to Tab.
package struct Completions: Hashable, Sendable {
  /// One of the answers.
  package struct Candidate: Hashable, Sendable {
    /// What takes the place of the range.
    package var text: String
    /// What the menu says of it, in one line: a signature or a type; empty for nothing.
    package var note: String
    /// What the menu shows for it; nil for the text itself.
    package var title: String?

    /// An answer.
    package init(_ text: String, note: String = "", title: String? = nil) {
      self.text = text
      self.note = note
      self.title = title
    }
  }

  /// The part of the text that a candidate replaces, in bytes.
  package var range: Range<Int>
  /// In the order of the menu.
  package var candidates: [Candidate]

  /// Candidates for a part of the text.
  package init(range: Range<Int>, candidates: [Candidate]) {
    self.range = range
    self.candidates = candidates
  }

  /// No answer.
  package static let none = Completions(range: 0..<0, candidates: [])
}
