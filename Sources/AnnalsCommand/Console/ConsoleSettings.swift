import Annals

/// What somebody at the console has chosen.
struct ConsoleSettings {
  var mode = ConsoleMode.table
  /// How many cells a line may take; nil is the terminal's width, and no bound where there is none.
  var width: Int?
  /// Whether the time of each answer is told.
  var isTimed = false
}

/// How tables are shown.
enum ConsoleMode: String, CaseIterable {
  case table, records, csv, tsv, json, ndjson, markdown

  /// The format for other programs; nil for the two that are for people.
  var format: TableFormat? { TableFormat(rawValue: rawValue) }
}
