/// Why a column of a file can't be used. It is found when the column is first read.
public struct ColumnProblem: Error, Hashable, Sendable {
  /// What can be wrong with its values.
  public enum Reason: Hashable, Sendable {
    /// A dictionary-encoded value has no entry in its dictionary.
    case codeOutsideDictionary
    /// Where texts or lists begin and end is not ascending, or lies outside of their bytes.
    case wrongOffsets
    case notUTF8
    case dayOutOfRange
    case timeOutOfRange
    /// A time of nanoseconds that are no whole microseconds.
    case timeTooFine
    /// A date of milliseconds that are no whole days.
    case dayNotWhole
    case integerTooLarge
    case nullInList
  }

  /// As the user gave it.
  public let file: String
  public let column: String
  /// Counts from 1; nil where it is about the column as a whole.
  public let row: Int?
  public let reason: Reason

  package init(file: String, column: String, row: Int? = nil, reason: Reason) {
    self.file = file
    self.column = column
    self.row = row
    self.reason = reason
  }

  /// What is wrong, in one line.
  public var summary: String {
    "the column `\(column.shortened)` of `\(file)` can't be used: " + what
      + (row.map { " in row \($0)" } ?? "")
  }

  private var what: String {
    switch reason {
    case .codeOutsideDictionary: "a code has no text in the dictionary"
    case .wrongOffsets: "a text or list begins or ends where there is none"
    case .notUTF8: "a text is not UTF-8"
    case .dayOutOfRange: "a day lies outside the years -9999 to 9999"
    case .timeOutOfRange: "a time lies outside the years -9999 to 9999"
    case .timeTooFine: "a time is finer than a microsecond"
    case .dayNotWhole: "a date has a time of day"
    case .integerTooLarge: "an integer passes 64 bits"
    case .nullInList: "a list has a null element"
    }
  }

  /// What to do about it.
  public var fix: String {
    switch reason {
    case .codeOutsideDictionary, .wrongOffsets, .notUTF8:
      "the file is damaged: write it anew, or fetch it again"
    case .dayOutOfRange, .timeOutOfRange: "correct it where the file was made, or make it null"
    case .timeTooFine: "write the column as microseconds, or as a text"
    case .dayNotWhole: "write the column as a timestamp, or as date32"
    case .integerTooLarge: "write the column as a float64 or a text"
    case .nullInList: "leave out such elements, or write an empty text"
    }
  }
}
