/// The type of a column or a formula.
public enum ValueType: Hashable, Sendable {
  case boolean
  /// 64 bit, signed.
  case integer
  /// IEEE double.
  case number
  case text
  /// A calendar date without a clock, proleptic Gregorian.
  case day
  /// UTC microseconds since 1970-01-01.
  case time
  /// Texts in order.
  case list
  /// `low`, `best` and `high`, each a number or unknown.
  case figure
  /// The name of a row of another table of the dataset.
  case reference(table: String)
}
