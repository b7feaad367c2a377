/// What was cut, to be put in again; the newest first to come.
struct KillRing {
  private var entries: [String] = []
  private var position = 0

  private static let limit = 32

  /// What a yank puts in; nil if nothing was cut yet.
  var current: String? { entries.indices.contains(position) ? entries[position] : nil }

  /// Keeps what was cut as the newest.
  mutating func push(_ text: String) {
    guard !text.isEmpty else { return }
    entries.append(text)
    if entries.count > Self.limit { entries.removeFirst() }
    position = entries.count - 1
  }

  /// Joins what was cut right after the newest to it.
  mutating func extend(_ text: String, before: Bool) {
    guard let last = entries.popLast() else { return push(text) }
    push(before ? text + last : last + text)
  }

  /// Goes on to the next older one, from the oldest to the newest.
  mutating func rotate() {
    guard !entries.isEmpty else { return }
    position = position == 0 ? entries.count - 1 : position - 1
  }
}
