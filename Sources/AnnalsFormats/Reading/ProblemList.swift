/// Gathers problems from several files: the first ones by place, and how many more there are.
///
/// What is kept does not depend on the order in which problems are found: it is those that come first
/// by file (in the order of the dataset), then by line, then as they were found. Problems that follow
/// from others come after all that do not.
package struct ProblemList {
  /// The most problems that are kept.
  package let limit: Int
  private var kept: [Found] = []
  private var total = 0

  private struct Found {
    let file: Int
    let problem: DataProblem
    let isFollowUp: Bool
  }

  /// The columns with problems of each file; the empty name stands for whole rows.
  package private(set) var columns: [Int: Set<String>] = [:]

  /// - Parameter limit: From 1 to a million; others count as the nearest of these.
  package init(limit: Int = 100) { self.limit = min(max(limit, 1), 1_000_000) }

  /// How many problems were found, kept or not.
  package var count: Int { total }

  /// How many problems were found but are not kept.
  package var more: Int { max(0, total - limit) }

  /// The first problems, in order.
  package var problems: [DataProblem] { firstProblems().map(\.problem) }

  /// - Parameters:
  ///   - file: The position of the file in the dataset.
  ///   - isFollowUp: Whether it may be gone once another problem is mended.
  package mutating func add(_ problem: DataProblem, file: Int, isFollowUp: Bool = false) {
    total += 1
    columns[file, default: []].formUnion(problem.columns.isEmpty ? [""] : problem.columns)
    kept.append(Found(file: file, problem: problem, isFollowUp: isFollowUp))
    if kept.count >= 2 * limit { kept = firstProblems() }
  }

  private func firstProblems() -> [Found] {
    let order = kept.indices.sorted { left, right in
      let (one, other) = (kept[left], kept[right])
      if one.isFollowUp != other.isFollowUp { return other.isFollowUp }
      if one.file != other.file { return one.file < other.file }
      if one.problem.line != other.problem.line { return one.problem.line < other.problem.line }
      return left < right
    }
    return order.prefix(limit).map { kept[$0] }
  }
}
