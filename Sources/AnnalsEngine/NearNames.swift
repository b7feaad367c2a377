/// Finds the names that somebody may have meant by one that is unknown.
package enum NearNames {
  /// The known names nearest to a name, at most three, nearest first.
  ///
  /// Names that differ in case alone come first; then those within a third of the name's length in
  /// edits (at least one), where an edit inserts, drops or changes a character or swaps two
  /// neighbours. Equally near names come in the order of their bytes.
  package static func suggestions(for name: String, among known: [String]) -> [String] {
    let wanted = Array(name.lowercased().unicodeScalars)
    guard !wanted.isEmpty, wanted.count <= longest else { return [] }
    let most = max(1, wanted.count / 3)
    var found: [(name: String, distance: Int)] = []
    for candidate in Set(known) where candidate != name {
      let scalars = Array(candidate.lowercased().unicodeScalars)
      guard scalars.count <= longest, abs(scalars.count - wanted.count) <= most else { continue }
      let distance = distance(wanted, scalars)
      if distance <= most, distance < wanted.count { found.append((candidate, distance)) }
    }
    found.sort { left, right in
      if left.distance != right.distance { return left.distance < right.distance }
      return left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
    }
    return found.prefix(3).map(\.name)
  }

  /// Longer names are compared with nothing: the work grows with the product of the lengths.
  private static let longest = 128

  /// The Damerau-Levenshtein distance in which no part is edited twice ("optimal string
  /// alignment").
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (row, scalar) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        var best = min(last[column + 1], current[column]) + 1
        best = min(best, last[column] + (scalar == other ? 0 : 1))
        if row > 0, column > 0, scalar == right[column - 1], left[row - 1] == other {
          best = min(best, beforeLast[column - 1] + 1)
        }
        current.append(best)
      }
      (beforeLast, last) = (last, current)
    }
    return last[right.count]
  }
}
