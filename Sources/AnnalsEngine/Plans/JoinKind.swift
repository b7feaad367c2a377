/// Which rows a join gives.
public enum JoinKind: String, CaseIterable, Hashable, Sendable {
  /// A row for each pair that matches.
  case inner
  /// The same, and each row of the left without a match once.
  case left
  /// The same, and each row of the right without a match once, at the end.
  case full
  /// The rows of the left that have a match, once each.
  case semi
  /// The rows of the left that have none.
  case anti
  /// A row for every pair.
  case cross

  /// Whether the columns of the right come too.
  var hasRight: Bool { self != .semi && self != .anti }
}

/// Two values that must be equal for rows to match; null equals nothing.
package struct JoinKey: Hashable, Sendable {
  package let left: Expression
  package let right: Expression
}
