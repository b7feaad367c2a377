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
  /// The first grave ones of all that were found, by place.
  private var keptGrave: [Found] = []
  /// How many grave problems were found, kept or not; see ``DataProblem/Reason/isGrave``.
  package private(set) var graveCount = 0

  private struct Found {
    let file: Int
    let problem: DataProblem
    let isFollowUp: Bool

    func moved(by lines: Int, file: Int) -> Found {
      Found(file: file, problem: problem.moved(by: lines), isFollowUp: isFollowUp)
    }
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
  package var problems: [DataProblem] { first(kept).map(\.problem) }

  /// The first grave problems, in order.
  package var graveProblems: [DataProblem] { first(keptGrave).map(\.problem) }

  /// - Parameters:
  ///   - file: The position of the file in the dataset.
  ///   - isFollowUp: Whether it may be gone once another problem is mended.
  package mutating func add(_ problem: DataProblem, file: Int, isFollowUp: Bool = false) {
    total += 1
    columns[file, default: []].formUnion(problem.columns.isEmpty ? [""] : problem.columns)
    let found = Found(file: file, problem: problem, isFollowUp: isFollowUp)
    keep(found, in: &kept)
    guard problem.reason.isGrave else { return }
    graveCount += 1
    keep(found, in: &keptGrave)
  }

  /// Takes over what was found in a part of a file, whose lines counted from another start.
  mutating func add(_ part: ProblemList, file: Int, linesBefore: Int) {
    for found in part.first(part.kept) {
      keep(found.moved(by: linesBefore, file: file), in: &kept)
    }
    for found in part.first(part.keptGrave) {
      keep(found.moved(by: linesBefore, file: file), in: &keptGrave)
    }
    for names in part.columns.values { columns[file, default: []].formUnion(names) }
    total += part.total
    graveCount += part.graveCount
  }

  private func keep(_ found: Found, in list: inout [Found]) {
    list.append(found)
    if list.count >= 2 * limit { list = first(list) }
  }

  /// The first of some problems, in order.
  private func first(_ found: [Found]) -> [Found] {
    let order = found.indices.sorted { left, right in
      let (one, other) = (found[left], found[right])
      if one.isFollowUp != other.isFollowUp { return other.isFollowUp }
      if one.file != other.file { return one.file < other.file }
      if one.problem.line != other.problem.line { return one.problem.line < other.problem.line }
      return left < right
    }
    return order.prefix(limit).map { found[$0] }
  }
}
