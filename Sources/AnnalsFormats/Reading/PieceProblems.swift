/// What is wrong with the rows of a piece of a file; lines count from the start of the piece.
///
/// Lines are only worked out for rows with a problem.
struct RunLines {
  /// The line of the first row.
  var line: Int
  /// How many fields had ended before each line break within quotes.
  var breaks: Lane<UInt32>
  /// Those that stand in rows of the run.
  var breakRange: Range<Int>
  /// How many fields had ended before the run, and how many a row has.
  var firstField: Int
  var stride: Int

  /// The line on which a row of the run starts.
  func line(of row: Int) -> Int {
    var (low, high) = (breakRange.lowerBound, breakRange.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if Int(breaks[middle]) < firstField + row * stride { low = middle + 1 } else { high = middle }
    }
    return line + row + low - breakRange.lowerBound
  }
}

/// Gathers what is wrong with the rows of a piece of a file.
final class PieceProblems {
  /// Lines count from 0 at the start of the piece.
  private(set) var list: ProblemList
  /// The rows that are being read.
  var lines: RunLines?
  /// The line of a record that is read alone.
  var recordLine = 0
  private let path: String
  private let fieldNames: [String]
  private let limit: Int
  private let isSilent: Bool

  /// - Parameter isSilent: Whether all that is wrong was reported by an earlier pass.
  init(path: String, fieldNames: [String], limit: Int, isSilent: Bool) {
    self.path = path
    self.fieldNames = fieldNames
    self.limit = limit
    self.isSilent = isSilent
    list = ProblemList(limit: limit)
  }

  func removeAll() { list = ProblemList(limit: limit) }

  /// Reports a field of a row of the run, or of the record that is read alone.
  func add(_ reason: DataProblem.Reason, row: Int, field: Int, value: String) {
    add(reason, line: lines?.line(of: row) ?? recordLine, field: field, value: value)
  }

  /// - Parameter field: Nil where it is about the whole row.
  func add(_ reason: DataProblem.Reason, line: Int, field: Int?, value: String?) {
    guard !isSilent else { return }
    let name = field.flatMap { $0 < fieldNames.count ? fieldNames[$0] : nil }
    list.add(
      DataProblem(
        file: path, line: line, columns: name.map { [$0] } ?? [], value: value, reason: reason),
      file: 0)
  }
}
