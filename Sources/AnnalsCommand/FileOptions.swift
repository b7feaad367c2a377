import Annals
import ArgumentParser

/// How a single file is read, where it does not show that itself.
struct FileOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Read a single file as that of a publisher, or as it is with none: "
        + (ProfileChoice.names + ["none"]).joined(separator: ", ")
        + ". Without it the column names decide.",
      valueName: "name"),
    completion: .list(ProfileChoice.names + ["none"]))
  var profile: String?

  @Option(
    help: ArgumentHelp(
      "What it is written in: utf-8, utf-16, windows-1252 or latin-1. Without it UTF-8.",
      valueName: "encoding"),
    completion: .list(TextEncoding.allCases.map(\.rawValue)))
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

  @Option(
    help: ArgumentHelp(
      """
      The types of some columns: text, integer, number, boolean, day, day-first, month-first or time. \
      Without it found out.
      """, valueName: "column=type,..."))
  var types: [String] = []

  @Option(
    help: ArgumentHelp(
      "A Table Schema (JSON) that says types, limits and missing values of some columns.",
      valueName: "file"))
  var schema: String?

  @Option(
    help: ArgumentHelp(
      "What stands for nothing known beside an empty field. Without it NA and a point.",
      valueName: "text,..."))
  var missing: String?

  @Flag(help: "Refuse a file with any problem, instead of telling how many there are.")
  var strict = false

  /// What a parameter of a script can't be called.
  static let optionNames = [
    "profile", "encoding", "delimiter", "quotes", "no-quotes", "header", "no-header", "types",
    "schema", "missing", "strict",
  ]

  /// How a publisher's file is taken.
  var profileChoice: ProfileChoice { profile.map { ProfileChoice($0) } ?? .automatic }

  func hints() throws(CommandError) -> FileHints {
    var hints = FileHints()
    hints.encoding = try encoding.map(Self.encoding)
    hints.delimiter = try delimiter.map(Self.byte)
    hints.hasQuotes = quotes
    if let header { hints.header = header ? .inFile : .absent }
    if let missing { hints.missingTexts = missing.split(separator: ",").map(String.init) }
    if let schema {
      do throws(FormatsError) { try hints.takeSchema(from: schema) } catch {
        throw .data(error.description)
      }
    }
    for entry in types.flatMap({ $0.split(separator: ",") }) { try Self.add(entry, to: &hints) }
    hints.isStrict = strict
    return hints
  }

  /// Takes `column=type`; the name of a column may itself hold a `=`.
  private static func add(_ entry: Substring, to hints: inout FileHints) throws(CommandError) {
    guard let equals = entry.lastIndex(of: "="), equals != entry.startIndex else {
      throw .usage(
        "`--types` can't be `\(String(entry).shortened)`",
        fix: "write column=type, such as code=text")
    }
    let type = String(entry[entry.index(after: equals)...])
    guard hints.setType(type, of: String(entry[..<equals])) else {
      let near = NearNames.suggestions(for: type, among: FileHints.types)
      throw .usage(
        "`--types` knows no type `\(type.shortened)`",
        fix: "write \((near.isEmpty ? FileHints.types : near).quotedAlternatives)")
    }
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
