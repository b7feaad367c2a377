/// What is said beforehand of a delimited file that comes without a description.
///
/// A user says it by options, a profile because it knows the publisher. What is not said is found out
/// from the file (``FirstLook`` and ``FoundValue``).
public struct FileHints: Hashable, Sendable {
  /// Where the names of the columns come from.
  public enum Header: Hashable, Sendable {
    /// From the first line, unless that looks like a row: some fields are empty or repeated, and a third
    /// of the others are numbers or days.
    case found
    /// From the first line.
    case inFile
    /// From nowhere: the columns are `column1`, `column2`, ….
    case absent
    /// From here; the first line is a row. A row may lack so many of the last fields, in silence.
    case names([String], optional: Int)
  }

  /// What it is written in; without it UTF-8, or UTF-16 where a byte order mark says so.
  public var encoding: TextEncoding?
  /// The byte between two fields.
  public var delimiter: UInt8?
  /// Whether quotes keep fields together.
  public var hasQuotes: Bool?
  public var header = Header.found
  /// Texts that stand for nothing known in every column, as an empty field does.
  public var missingTexts = ["NA", "."]
  /// The columns of which the type, what must hold, or what stands for nothing known is said, by name.
  package var fields: [String: FieldDefinition] = [:]
  /// Which of day and month stands first in the days of some columns.
  package var dayOrders: [String: DayOrder] = [:]
  /// Whether anything wrong with a row is an error; otherwise only that with which no row can be
  /// trusted is, and the rest is counted and told.
  public var isStrict = false

  public init() {}

  /// Nothing but that any problem is an error.
  public static var strict: FileHints {
    var hints = FileHints()
    hints.isStrict = true
    return hints
  }
}
