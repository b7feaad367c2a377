public import AnnalsEngine
import AnnalsFormats

/// What is wrong with a table that is to be part of a dataset.
public struct TableProblem: Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    case nullKey
    case repeatedKey(value: String, firstRow: Int)
    case danglingReference(value: String, table: String, near: [String])
    case wrongType(ValueType, wanted: ValueType)
  }

  public let table: String
  public let column: String
  /// Counts from 0; nil if it is about the whole column.
  public let row: Int?
  public let reason: Reason
}

extension TableProblem: CustomStringConvertible {
  /// What is wrong, where, and how to mend it.
  public var description: String {
    let row = row.map { "row \($0 + 1) of " } ?? ""
    let place = row + "`\(table)`"
    let name = ShownText.quoted(column)
    switch reason {
    case .nullKey:
      return
        "\(place) has no `id`\n  fix: keep only rows that have one, or name the column otherwise"
    case .repeatedKey(let value, let firstRow):
      return "\(place) has the `id` \(ShownText.quoted(value)) of row \(firstRow + 1)"
        + "\n  fix: keep each once, with `distinct(\"id\")`"
    case .danglingReference(let value, let table, let near):
      let fix =
        near.isEmpty
        ? "keep only rows whose \(name) is there, with a `semi` join"
        : "did you mean \(ShownText.alternatives(near))?"
      return "\(place) names \(ShownText.quoted(value)) in \(name), which is no row of `\(table)`"
        + "\n  fix: \(fix)"
    case .wrongType(let type, let wanted):
      return "the column \(name) of \(place) is \(type.name), but \(wanted.name) in the model"
        + "\n  fix: convert it, or give it another name"
    }
  }
}
