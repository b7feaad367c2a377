extension DataProblem: CustomStringConvertible {
  /// Place, what is wrong, and on a second line how to mend it.
  public var description: String {
    var place = unit == .line ? "\(file):\(line)" : "\(file), row \(line)"
    if !columns.isEmpty {
      place += columns.count == 1 ? ", column " : ", columns "
      place += columns.map(ShownText.quoted).joined(separator: ", ")
    }
    return place + ": " + wrong + "\n  fix: " + fix
  }

  /// What is wrong, without the place.
  public var wrong: String {
    switch reason {
    case .strayQuote: "\(shown) has a quote, but does not start with one"
    case .textAfterQuote: "\(shown) has text after its closing quote"
    case .unterminatedQuote: "a quote is opened and never closed"
    case .recordTooLong: "the row is too long to be one; a quote may never be closed"
    case .zeroByte: "\(shown) holds a zero byte"
    case .badUTF8: "\(shown) is not UTF-8"
    case .fieldCount(let found, let expected):
      "the row has \(ShownText.counted(found, "field")), but there are"
        + " \(ShownText.counted(expected, "column"))"
    case .blankLine: "the line is empty"
    case .noHeader: "the file is empty"
    case .missingColumn: "the column is missing"
    case .unexpectedColumn: "the column is not in the schema"
    case .duplicateColumn: "two columns have this name"
    case .unnamedColumn(let name): "the column has no name and is read as \(ShownText.quoted(name))"
    case .repeatedColumn(let name):
      "two columns have this name; the second is read as \(ShownText.quoted(name))"
    case .notOfType(let type, _): "\(shown) is no \(type)"
    case .numberTooLarge: "\(shown) is too large"
    case .notExact: "\(shown) has too many digits for a figure"
    case .undecidedDayOrder:
      "\(shown) may have the day or the month first, like all of the column, which is read as text"
    case .contradictoryDayOrder:
      "\(shown) and others have the day first in some rows and the month in others, so that the"
        + " column is read as text"
    case .missingValue: "the value is missing, but required"
    case .missingKey: "the key is missing"
    case .notUnique(let firstLine): "\(shown) stands \(there) \(firstLine) already"
    case .duplicateKey(_, let firstLine):
      "the key \(shown) stands \(there) \(firstLine) already"
    case .notAllowed: "\(shown) is none of the allowed values"
    case .belowMinimum(let minimum): "\(shown) is less than \(ShownText.quoted(minimum))"
    case .aboveMaximum(let maximum): "\(shown) is more than \(ShownText.quoted(maximum))"
    case .danglingReference(let table, _, _):
      "no row of \(ShownText.quoted(table)) has the key \(shown)"
    case .figureOrder: "\(shown) is not in the order low, best, high"
    case .figureNotFinite: "\(shown) is no finite number"
    case .endBeforeStart: "\(shown) ends before it begins"
    case .circle(let keys): "the row leads back to itself: \(circle(keys))"
    }
  }

  /// How to mend it.
  public var fix: String {
    switch reason {
    case .strayQuote: "put the whole field in quotes, and write a quote within it twice"
    case .textAfterQuote: "write a quote within the field twice"
    case .unterminatedQuote, .recordTooLong: "close the quote, or write a quote within it twice"
    case .zeroByte:
      "save the file as UTF-8 text, or say what it is written in, such as `--encoding utf-16`"
    case .badUTF8:
      "save the file as UTF-8, or say what it is written in, such as `--encoding windows-1252`"
    case .fieldCount(let found, let expected):
      found < expected
        ? "add the missing fields; empty ones count"
        : "put a field that holds the delimiter in quotes"
    case .blankLine: "remove the line"
    case .noHeader: "write the column names in its first line"
    case .missingColumn(let near): suggestion(near, "add it, or remove it from the schema")
    case .unexpectedColumn(let near): suggestion(near, "remove it, or add it to the schema")
    case .duplicateColumn, .repeatedColumn: "rename one of them"
    case .unnamedColumn: "name it in the first line"
    case .notOfType(_, let examples):
      "write it like " + ShownText.alternatives(examples)
    case .numberTooLarge: "correct it, or make the column text"
    case .notExact: "use at most 15 digits"
    case .undecidedDayOrder, .contradictoryDayOrder:
      "say `--types \(columns.first ?? "")=day-first`, or `=month-first`"
    case .missingValue: "fill it in, or drop `required` from the schema"
    case .missingKey: "give the row a key of its own"
    case .notUnique: "change one of the two, or drop `unique` from the schema"
    case .duplicateKey: "change or remove one of the two rows"
    case .notAllowed(let choices, let near):
      suggestion(near, "use " + ShownText.alternatives(Array(choices.prefix(12))))
    case .belowMinimum, .aboveMaximum: "correct it, or the constraint in the schema"
    case .danglingReference(let table, let near, let mayBeUnread):
      suggestion(
        near,
        mayBeUnread
          ? "mend the problems of \(ShownText.quoted(table)) first; the row may be there"
          : "add the row to \(ShownText.quoted(table)), or leave the field empty")
    case .figureOrder: "write low <= best <= high, or leave out what is not known"
    case .figureNotFinite: "leave out what is not known"
    case .endBeforeStart: "correct one of the two days, or leave out what is not known"
    case .circle: "leave one of these fields empty"
    }
  }

  private var there: String { unit == .line ? "on line" : "in row" }

  private var shown: String { ShownText.quoted(value ?? "") }

  /// The rows of a circle; of a long one the first few.
  private func circle(_ keys: [String]) -> String {
    let shown = keys.prefix(5).map(ShownText.quoted).joined(separator: " → ")
    return shown + (keys.count > 5 ? " → … → " : " → ") + ShownText.quoted(keys.first ?? "")
  }

  private func suggestion(_ near: [String], _ otherwise: String) -> String {
    near.isEmpty ? otherwise : "did you mean " + ShownText.alternatives(near) + "?"
  }
}
