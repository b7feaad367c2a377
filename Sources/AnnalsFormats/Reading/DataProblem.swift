/// Something wrong with one line or cell of a data file.
public struct DataProblem: Hashable, Sendable {
  /// The file, named as the data package names it.
  public let file: String
  /// Counts from 1; the line on which the row starts, or the row itself (``unit``).
  public let line: Int
  /// The columns of the cells that it is about; none where it is about the whole row.
  public let columns: [String]
  /// The value as it stands in the file, cut at 60 characters.
  public let value: String?
  public let reason: Reason

  /// What ``line`` counts.
  public let unit: Unit

  package init(
    file: String, line: Int, columns: [String], value: String?, reason: Reason, unit: Unit = .line
  ) {
    self.unit = unit
    self.file = file
    self.line = line
    self.columns = columns
    self.value = value.map(ShownText.cut)
    self.reason = reason
  }

  /// The parts of a file by which a place in it is named.
  public enum Unit: Hashable, Sendable {
    case line
    /// For files that have no lines; the first row is 1.
    case row
  }

  /// The same problem so many lines further down.
  func moved(by lines: Int) -> DataProblem { DataProblem(self, line: line + lines) }

  private init(_ other: DataProblem, line: Int) {
    unit = other.unit
    file = other.file
    self.line = line
    columns = other.columns
    value = other.value
    reason = other.reason
  }

  /// What a reader may find wrong.
  public enum Reason: Hashable, Sendable {
    case strayQuote
    case textAfterQuote
    /// The file ends within quotes. Where they open on its last line, nothing but the quote is lost.
    case unterminatedQuote(isLastLine: Bool)
    case recordTooLong
    case zeroByte
    case badUTF8
    /// The row has other than the header's number of fields.
    case fieldCount(found: Int, expected: Int)
    case blankLine
    /// The file holds no line at all, though its first should name the columns.
    case noHeader
    case missingColumn(near: [String])
    case unexpectedColumn(near: [String])
    case duplicateColumn
    /// The header has no name for the column, or one that stood before; it goes by another.
    case unnamedColumn(readAs: String)
    case repeatedColumn(readAs: String)
    /// The text is no value of the column's type; the texts are what to write instead.
    case notOfType(type: String, examples: [String])
    /// A whole number that 64 bits do not hold, or a number beyond the largest double.
    case numberTooLarge
    /// A whole number that a double would round, in a figure.
    case notExact
    /// Days of numbers, of which any may have the day or the month first, or some one and some the other.
    case undecidedDayOrder
    case contradictoryDayOrder
    case missingValue
    case missingKey
    case notUnique(firstLine: Int)
    /// The same key stands on an earlier line; `columns` are those of the key.
    case duplicateKey(columns: [String], firstLine: Int)
    case notAllowed(choices: [String], near: [String])
    case belowMinimum(String)
    case aboveMaximum(String)
    /// No row of the table has this key. Where keys of the table could not be read, it may be one
    /// of those.
    case danglingReference(table: String, near: [String], mayBeUnread: Bool)
    /// Not low <= best <= high, as far as they are known.
    case figureOrder
    /// A part of a figure is infinite or no number.
    case figureNotFinite
    /// The last day lies before the first.
    case endBeforeStart
    /// The references of a column lead from a row back to itself, over the rows with these keys.
    case circle(keys: [String])

    /// Whether rows can't be trusted: text is garbled, or rows are lost with it. What else is wrong
    /// with a file that comes without a description is told, and the file is read.
    package var isGrave: Bool {
      switch self {
      case .recordTooLong, .unterminatedQuote(isLastLine: false), .zeroByte, .badUTF8, .noHeader:
        true
      default: false
      }
    }
  }
}
