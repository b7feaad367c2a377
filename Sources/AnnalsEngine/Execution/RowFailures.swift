/// The failure to report of several: a key with two values before what can't be added, then the
/// lowest row, and of one row the first.
struct RowFailures {
  private var lowest: (problem: RowProblem, row: Int, place: FormulaPlace)?

  /// - Throws: What is no failure of a row, at once.
  mutating func note(_ error: EngineError) throws(EngineError) {
    guard case .row(let problem, let row, let place) = error else { throw error }
    if let known = lowest {
      guard problem.isOfKey == known.problem.isOfKey ? row < known.row : problem.isOfKey else {
        return
      }
    }
    lowest = (problem, row, place)
  }

  func check() throws(EngineError) {
    if let lowest { throw .row(lowest.problem, row: lowest.row, lowest.place) }
  }
}

extension RowProblem {
  /// Such a row is one of the rows that were added, the others are those of the result.
  fileprivate var isOfKey: Bool {
    if case .differsWithinKey = self { true } else { false }
  }
}
