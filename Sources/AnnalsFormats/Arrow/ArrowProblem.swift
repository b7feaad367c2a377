/// Why an Arrow file can't be read at all. What is wrong with the values of a column is found when
/// the column is used (`ColumnProblem`).
public enum ArrowProblem: Error, Hashable, Sendable {
  /// It doesn't begin as an Arrow file.
  case notArrow
  /// Arrow's stream format, which has no directory.
  case stream
  /// It doesn't end as an Arrow file.
  case cutOff
  /// Something that it says of itself can't be; `what` is a sentence.
  case damaged(what: String)
  /// A column of a type that tables here don't have.
  case unsupportedType(column: String, type: String, fix: String)
  case compressed(codec: String)
  case bigEndian
  case tooManyColumns(limit: Int)
  case duplicateColumn(name: String)
  /// The columns are not those that the dataset's description says.
  case missingColumn(name: String, near: [String])
  case unexpectedColumn(name: String, near: [String])
  case otherType(column: String, found: String, declared: String)
}

extension ArrowProblem: CustomStringConvertible {
  /// What is wrong, without the file.
  public var description: String {
    switch self {
    case .notArrow: "it is no Arrow file"
    case .stream: "it is in Arrow's stream format"
    case .cutOff: "the end of the Arrow file is missing"
    case .damaged(let what): "the Arrow file is damaged: " + what
    case .unsupportedType(let column, let type, _):
      "the column \(ShownText.quoted(column)) is of Arrow's type `\(type)`, which is not read here"
    case .compressed(let codec): "its columns are compressed with \(codec)"
    case .bigEndian: "its numbers have their bytes in big-endian order"
    case .tooManyColumns(let limit): "it has more than \(limit) columns"
    case .duplicateColumn(let name): "two columns are called \(ShownText.quoted(name))"
    case .missingColumn(let name, _): "it has no column \(ShownText.quoted(name))"
    case .unexpectedColumn(let name, _):
      "it has a column \(ShownText.quoted(name)), which is not in the schema"
    case .otherType(let column, let found, let declared):
      "its column \(ShownText.quoted(column)) is \(found), but declared as \(declared)"
    }
  }

  /// How to mend it.
  public var fix: String {
    switch self {
    case .notArrow: "check that it is the right file"
    case .stream: "write it in the file format, also called Feather version 2"
    case .cutOff: "fetch or write it again; it may still be in the making"
    case .damaged: "fetch or write it again"
    case .unsupportedType(_, _, let fix): fix
    case .compressed: "write it without compression"
    case .bigEndian: "write it on a little-endian machine"
    case .tooManyColumns: "leave some out"
    case .duplicateColumn: "rename one"
    case .missingColumn(_, let near), .unexpectedColumn(_, let near):
      near.isEmpty
        ? "correct the schema or the file" : "did you mean \(ShownText.alternatives(near))?"
    case .otherType(_, let found, _): "declare it as \(found)"
    }
  }
}
