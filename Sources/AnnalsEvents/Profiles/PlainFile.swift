import AnnalsFormats

/// What can be said of a file that no profile recognises.
struct PlainFile {
  /// The fields of its first line.
  let firstRecord: [String]

  /// That it is a publisher's file of something else than events, or which columns it lacks for the
  /// profiles that it nearly fits.
  var notes: [DatasetNote] {
    let names = FlatFile.folded(firstRecord)
    if let other = Self.others.first(where: { $0.isSuch(firstRecord, names) }) {
      return [DatasetNote("its rows are no events: it looks like \(other.what)")]
    }
    return Profile.all.compactMap { profile in
      let missing = profile.missing(among: names)
      guard missing.count * 2 <= profile.marks.count else { return nil }
      let shown = missing.map { "`\($0)`" }.joined(separator: ", ")
      return DatasetNote(
        "not read as \(profile.title) (profile `\(profile.name)`), since it lacks \(shown)")
    }
  }

  /// A kind of file that publishers of events hand out beside them.
  private struct Other {
    let what: String
    /// Columns that all such files have, with their names folded.
    var marks: Set<String> = []
    /// Whether a row without names is of one.
    var isRow: (@Sendable ([String]) -> Bool)?

    func isSuch(_ firstRecord: [String], _ names: Set<String>) -> Bool {
      isRow?(firstRecord) ?? marks.isSubset(of: names)
    }
  }

  private static let others = [
    Other(
      what: "ACLED's numbers of events by month and place",
      marks: ["country", "month", "year", "events"]),
    Other(
      what: "ACLED's numbers of events by week and place",
      marks: ["week", "country", "event_type", "events"]),
    Other(
      what: "ACLED's list of deleted events; `annals diff` takes it as `--deletions`",
      marks: ["event_id_cnty", "deleted_timestamp"]),
    Other(
      what: "UCDP's battle deaths by year", marks: ["conflict_id", "bd_best", "bd_low", "bd_high"]),
    Other(
      what: "UCDP's conflicts by year",
      marks: ["conflict_id", "intensity_level", "type_of_conflict"]),
    Other(what: "GDELT's mentions of events") { row in
      row.count == 16 && Int(row[0]) != nil && [row[1], row[2]].allSatisfy(Self.isTime)
    },
    Other(what: "GDELT's knowledge graph") { row in
      row.count == 27 && row[0].contains("-") && Self.isTime(row[1])
    },
  ]

  /// Whether a text is a time as GDELT writes it, `20150218230000`.
  private static func isTime(_ text: String) -> Bool { text.utf8.count == 14 && Int(text) != nil }
}
