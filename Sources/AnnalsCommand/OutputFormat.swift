import Annals
import ArgumentParser

/// A form in which a report is written.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  case text, csv, tsv, json, ndjson, markdown, arrow

  /// What the option may be. The library's own way, by key paths, lengthens each short run.
  static var allValueStrings: [String] { allCases.map { $0.rawValue } }
  static var allValueDescriptions: [String: String] { [:] }

  /// The format that a file's ending stands for.
  init?(path: String) {
    if let table = TableFormat(path: path) {
      self.init(rawValue: table.rawValue)
    } else if path.hasSuffix(".txt") {
      self = .text
    } else {
      return nil
    }
  }

  /// How tables are written; nil for text.
  var tableFormat: TableFormat? { TableFormat(rawValue: rawValue) }

  /// Whether a file of it holds several tables and texts.
  var holdsDocument: Bool { self == .text || self == .markdown }
}
