import AnnalsEngine
import AnnalsFormats

/// What a publisher's file means: how it is recognised, and how the tables of the model follow from it.
package struct Profile: Sendable {
  /// How users name it: `ucdp-ged`.
  package let name: String
  /// What it is called in sentences.
  package let title: String
  /// Columns that every vintage has and no other publisher's file has together, with the names folded
  /// as ``FlatFile/folded(_:)`` does it.
  let marks: [String]
  /// What older files call a column, by its name of today; both folded.
  var aliases: [String: String] = [:]
  /// Columns of codes, which stay text though they may look like numbers; their names folded.
  var codes: Set<String> = []
  /// Numbers that stand for nothing known. `original` has them; all else has null.
  var sentinels: [Sentinel] = []
  /// Which of day and month the publisher writes first in columns of days, where the file does not show
  /// it; their names folded.
  var dayOrders: [String: DayOrder] = [:]
  /// Texts that stand for nothing known, as an empty field does.
  var missingTexts: [String] = []
  /// Gives names to the columns of a file that has none, by its first row; nil where all files have
  /// them.
  var nameless: (@Sendable ([String]) -> NamelessLayout?)?
  /// What the columns mean.
  let layout: EventLayout
  /// Columns of categories, and whether the codebook has a value.
  var categories: [(column: String, isKnown: @Sendable (String) -> Bool)] = []
  /// Gathers what else there is to say about the values of a file.
  var check: (@Sendable (inout Findings, FlatFile, EventRows) throws(EngineError) -> Void)?

  /// All that are known, in the order in which a file is compared with them.
  package static let all: [Profile] = [
    .ucdpGED, .acled, .gdelt, .scad, .gtd, .icews, .polecat, .massMobilization,
  ]

  /// The columns that a file with these names lacks.
  ///
  /// - Parameter known: The names of its columns, folded.
  func missing(among known: Set<String>) -> [String] {
    marks.filter { name in
      !known.contains(name) && !(aliases[name].map { known.contains($0) } ?? false)
    }
  }

  /// How the profile fits a file whose first line has these fields; nil if it does not.
  ///
  /// - Parameter folded: The fields, folded.
  func match(_ firstRecord: [String], folded: Set<String>) -> ProfileMatch? {
    if let layout = nameless?(firstRecord) {
      let reason = "a row has \(firstRecord.count) fields that look like it, and no names"
      return ProfileMatch(profile: self, reason: reason, layout: layout)
    }
    guard missing(among: folded).isEmpty else { return nil }
    let shown = marks.prefix(4).map { "`\($0)`" }.joined(separator: ", ")
    return ProfileMatch(
      profile: self, reason: "its columns are among them \(shown)", layout: nil)
  }
}

/// The columns of a file without names.
struct NamelessLayout: Sendable {
  let names: [String]
  /// How many of the last fields a row may lack.
  var optionalCount = 0
  /// Whether quotes keep fields together; nil where the file shows it.
  var hasQuotes: Bool?
}

/// A profile, and why a file is read by it.
struct ProfileMatch: Sendable {
  let profile: Profile
  let reason: String
  /// The columns, where the file does not name them.
  let layout: NamelessLayout?

  /// What is said of the file by the user, and then by the publisher.
  ///
  /// - Parameter columns: The names in the file's first line.
  func hints(adding given: FileHints, columns: [String]) -> FileHints {
    var hints = given
    if let layout {
      hints.header = .names(layout.names, optional: layout.optionalCount)
      hints.hasQuotes = given.hasQuotes ?? layout.hasQuotes
    }
    if given.missingTexts == FileHints().missingTexts {
      hints.missingTexts += profile.missingTexts
    }
    for name in columns {
      let order = profile.dayOrders[FlatFile.folded(name)]
      if hints.dayOrders[name] == nil { hints.dayOrders[name] = order }
    }
    for name in layout?.names ?? columns where profile.codes.contains(FlatFile.folded(name)) {
      guard hints.fields[name] == nil else { continue }
      var field = FieldDefinition(name: name, type: .text)
      // A code may well be `NA`.
      field.missingValues = [""]
      hints.fields[name] = field
    }
    return hints
  }
}

/// What a profile makes of a file.
struct ProfiledTables: Sendable {
  let events: DerivedTable
  let original: Catalog.Entry
  /// In any order.
  let others: [DerivedTable]
}

/// Which profile a file is read by.
public enum ProfileChoice: Hashable, Sendable {
  /// The one that recognises its columns, if any does.
  case automatic
  /// None: the file is `events` as it is.
  case refused
  /// The one of this name, whatever the columns.
  case named(String)

  /// What a user wrote: a profile's name, or `none`.
  public init(_ text: String) { self = text == "none" ? .refused : .named(text) }

  /// All names of profiles, in order.
  public static var names: [String] { Profile.all.map(\.name) }

  /// - Throws: ``EventsError/needlessProfile(_:path:)`` if a profile was asked for a file that says itself
  ///   what it holds.
  func refuse(for path: String) throws(EventsError) {
    if case .named(let name) = self { throw .needlessProfile(name, path: path) }
  }

  /// The profile for a file whose first line has these fields; nil if it is read as it is.
  func match(_ firstRecord: [String], of path: String) throws(EventsError) -> ProfileMatch? {
    switch self {
    case .refused: return nil
    case .automatic:
      let folded = FlatFile.folded(firstRecord)
      return Profile.all.lazy.compactMap { $0.match(firstRecord, folded: folded) }.first
    case .named(let name):
      guard let profile = Profile.all.first(where: { $0.name == name }) else {
        throw .unknownProfile(
          name, near: NearNames.suggestions(for: name, among: Self.names), known: Self.names)
      }
      let folded = FlatFile.folded(firstRecord)
      guard let match = profile.match(firstRecord, folded: folded) else {
        throw .wrongProfile(name, path: path, missing: profile.missing(among: folded))
      }
      return ProfileMatch(profile: profile, reason: "it was asked for", layout: match.layout)
    }
  }
}
