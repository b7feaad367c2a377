/// What makes a row fail, in the twin's words: the names of the engine's row problems.
struct TwinFailure: Error {
  enum Kind: String {
    case integerOverflow, dayOutOfRange, notConvertible, notWhole, differsWithinKey
    /// Not the engine's: the plan makes more rows than the twin wants to work with.
    case tooLarge
  }

  let kind: Kind
  /// Counts from 1; nil while the row is not known.
  var row: Int?

  init(_ kind: Kind, row: Int? = nil) {
    self.kind = kind
    self.row = row
  }

  /// Whether it is the one to report: keys are checked before anything is added, then the lowest row
  /// counts.
  func comesBefore(_ other: TwinFailure?) -> Bool {
    guard let other else { return true }
    if (kind == .differsWithinKey) != (other.kind == .differsWithinKey) {
      return kind == .differsWithinKey
    }
    return (row ?? 0) < (other.row ?? 0)
  }
}
