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
  /// The tables of the model, but for `original`.
  let tables: @Sendable (FlatFile) -> ProfiledTables
  /// What there is to say about the values of a file, which are all read for it.
  let findings: @Sendable (FlatFile) throws(EngineError) -> [DatasetNote]

  /// All that are known, in the order in which a file is compared with them.
  package static let all: [Profile] = [.ucdpGED, .acled]

  /// The columns that a file with these names lacks.
  func missing(among names: [String]) -> [String] {
    let known = Set(names.map(FlatFile.folded))
    return marks.filter { !known.contains($0) }
  }

  /// The profile of a file with these column names; nil if no publisher's is known.
  static func recognised(by names: [String]) -> Profile? {
    all.first { $0.missing(among: names).isEmpty }
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

  /// The profile for a file with these column names, and why it is the one.
  func profile(
    for names: [String], of path: String
  ) throws(EventsError) -> (profile: Profile, reason: String)? {
    switch self {
    case .refused: return nil
    case .automatic:
      guard let profile = Profile.recognised(by: names) else { return nil }
      let marks = profile.marks.prefix(4).map { "`\($0)`" }.joined(separator: ", ")
      return (profile, "its columns are among them \(marks)")
    case .named(let name):
      guard let profile = Profile.all.first(where: { $0.name == name }) else {
        throw .unknownProfile(
          name, near: NearNames.suggestions(for: name, among: Self.names), known: Self.names)
      }
      let missing = profile.missing(among: names)
      guard missing.isEmpty else {
        throw .wrongProfile(name, path: path, missing: missing)
      }
      return (profile, "it was asked for")
    }
  }
}
