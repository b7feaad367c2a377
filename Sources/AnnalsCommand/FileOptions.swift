import Annals
import ArgumentParser

/// How a single CSV or TSV file is read, where it does not show that itself.
struct FileOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What it is written in: utf-8, utf-16, windows-1252 or latin-1. Without it UTF-8.",
      valueName: "encoding"))
  var encoding: String?

  @Option(
    help: ArgumentHelp(
      "What stands between fields: comma, tab, semicolon, pipe or a character. Without it found out.",
      valueName: "character"))
  var delimiter: String?

  @Flag(
    inversion: .prefixedNo,
    help: "Whether quotes keep fields together. Without it found out; `--no-quotes` where not.")
  var quotes: Bool?

  @Flag(
    inversion: .prefixedNo,
    help: "Whether the first line names the columns; else they get numbers. Without it found out.")
  var header: Bool?

  @Flag(help: "Refuse a file with any problem, instead of telling how many there are.")
  var strict = false

  /// What a parameter of a script can't be called.
  static let optionNames = [
    "encoding", "delimiter", "quotes", "no-quotes", "header", "no-header", "strict",
  ]

  func hints() throws(CommandError) -> FileHints {
    var hints = FileHints()
    hints.encoding = try encoding.map(Self.encoding)
    hints.delimiter = try delimiter.map(Self.byte)
    hints.hasQuotes = quotes
    if let header { hints.header = header ? .inFile : .absent }
    hints.isStrict = strict
    return hints
  }

  private static func encoding(_ name: String) throws(CommandError) -> TextEncoding {
    if let encoding = TextEncoding(rawValue: name.lowercased()) { return encoding }
    let names = TextEncoding.allCases.map(\.rawValue)
    let near = NearNames.suggestions(for: name, among: names)
    throw .usage(
      "`--encoding` can't be `\(name.shortened)`",
      fix: "write \((near.isEmpty ? names : near).quotedAlternatives)")
  }

  private static let delimiterNames: [String: UInt8] = [
    "comma": 0x2C, "tab": 0x09, "semicolon": 0x3B, "pipe": 0x7C, "space": 0x20,
  ]

  private static func byte(_ text: String) throws(CommandError) -> UInt8 {
    if let byte = delimiterNames[text] { return byte }
    let bytes = Array(text.utf8)
    guard bytes.count == 1, bytes[0] < 0x80, ![0, 0x0A, 0x0D, 0x22].contains(bytes[0]) else {
      throw .usage(
        "`--delimiter` can't be `\(text.shortened)`",
        fix: "write `comma`, `tab`, `semicolon`, `pipe` or one ASCII character")
    }
    return bytes[0]
  }
}
