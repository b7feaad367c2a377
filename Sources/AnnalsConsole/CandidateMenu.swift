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
  /// The one that stands in the text; nil for what was typed.
  private(set) var selected: Int?

  /// The text of the one that is selected.
  var chosen: String { selected.map { candidates[$0].text } ?? original }

  init(_ candidates: [Completions.Candidate], start: Int, original: String, cursorBefore: Int) {
    self.candidates = candidates
    self.start = start
    self.original = original
    self.cursorBefore = cursorBefore
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
    guard candidates.count > count else {
      return candidates.indices.map { row($0, columns, titleWidth) }
    }
    let shown = max(1, count - 1)
    let first = max(0, min((selected ?? 0) - shown / 2, candidates.count - shown))
    var rows = (first..<first + shown).map { row($0, columns, titleWidth) }
    if count > 1 {
      var cells: [Cell] = []
      let place = selected.map { "\($0 + 1) of \(candidates.count)" } ?? "\(candidates.count) fit"
      cells.append(" " + place, .note, upTo: columns)
      rows.append(cells)
    }
    return rows
  }

  /// Wide enough for the titles, as far as that leaves room for notes.
  private var titleWidth: Int {
    min(40, candidates.prefix(1_000).map { DisplayWidth.of(title($0)) }.max() ?? 0)
  }

  private func title(_ candidate: Completions.Candidate) -> String {
    MenuText.line(candidate.title ?? candidate.text, columns: 200)
  }

  private func row(_ index: Int, _ columns: Int, _ width: Int) -> [Cell] {
    let candidate = candidates[index]
    let isSelected = index == selected
    var cells: [Cell] = []
    let title = DisplayWidth.cut(title(candidate), to: max(width, columns - 2))
    cells.append(
      " " + DisplayWidth.cut(title, to: max(1, columns - 2)) + " ", isSelected ? .selected : .item,
      upTo: columns)
    guard !candidate.note.isEmpty else { return cells }
    let noteStart = max(cells.count, width + 2) + 1
    let room = columns - noteStart
    guard room > 3 else { return cells }
    while cells.count < noteStart { cells.append(.blank) }
    cells.append(MenuText.line(candidate.note, columns: room), .note, upTo: columns)
    return cells
  }
}
