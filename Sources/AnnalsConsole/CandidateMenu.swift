import AnnalsReports

/// Several completions, one of which may stand in the text already.
struct CandidateMenu {
  let candidates: [Completions.Candidate]
  /// Where the candidates stand in the text, in bytes.
  let start: Int
  /// What stood there before.
  let original: String
  /// Where the cursor was before.
  let cursorBefore: Int
  /// Wide enough for the titles, as far as that leaves room for notes.
  private let titleWidth: Int
  /// The one that stands in the text; nil for what was typed.
  private(set) var selected: Int?

  /// The text of the one that is selected.
  var chosen: String { selected.map { candidates[$0].text } ?? original }

  init(_ candidates: [Completions.Candidate], start: Int, original: String, cursorBefore: Int) {
    self.candidates = candidates
    self.start = start
    self.original = original
    self.cursorBefore = cursorBefore
    titleWidth = min(
      40, candidates.prefix(1_000).map { DisplayWidth.of(Self.title($0)) }.max() ?? 0)
  }

  /// Goes on by one candidate, around at the ends.
  mutating func step(_ direction: Int) {
    let last = candidates.count - 1
    guard let before = selected else { return selected = direction > 0 ? 0 : last }
    let next = before + direction
    selected = next < 0 ? last : next > last ? 0 : next
  }

  /// The rows of the menu: candidates around the selected one, and how many there are if not all fit.
  func rows(columns: Int, count: Int) -> [[Cell]] {
    guard candidates.count > count else { return candidates.indices.map { row($0, columns) } }
    let shown = max(1, count - 1)
    let first = max(0, min((selected ?? 0) - shown / 2, candidates.count - shown))
    let rows = (first..<first + shown).map { row($0, columns) }
    guard count > 1 else { return rows }
    let place =
      selected.map { "\($0 + 1) of \(candidates.count)" } ?? "\(candidates.count) candidates"
    var cells: [Cell] = []
    cells.append(" " + place, .note, upTo: columns)
    return rows + [cells]
  }

  private func row(_ index: Int, _ columns: Int) -> [Cell] {
    let candidate = candidates[index]
    let title = DisplayWidth.cut(Self.title(candidate), to: max(1, columns - 2))
    var cells: [Cell] = []
    cells.append(" " + title + " ", index == selected ? .selected : .item, upTo: columns)
    let noteStart = max(cells.count, titleWidth + 2) + 1
    let room = columns - noteStart
    // Less says nothing.
    guard !candidate.note.isEmpty, room > 3 else { return cells }
    while cells.count < noteStart { cells.append(.blank) }
    cells.append(MenuText.line(candidate.note, columns: room), .note, upTo: columns)
    return cells
  }

  private static func title(_ candidate: Completions.Candidate) -> String {
    MenuText.line(candidate.title ?? candidate.text, columns: 200)
  }
}
