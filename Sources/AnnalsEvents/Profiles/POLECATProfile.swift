import AnnalsEngine

extension Profile {
  /// The events of the Political Event Classification, Attributes and Types dataset, which uses the
  /// ontology PLOVER.
  ///
  /// Source: the manual of PLOVER and the description of the columns on the Dataverse, 2023.
  static let polecat = Profile(
    name: "polecat", title: "POLECAT",
    marks: [
      "event_id", "event_date", "event_type", "event_mode", "quad_code", "actor_name",
      "recipient_name",
    ], missingTexts: ["None"], layout: POLECATLayout.layout,
    categories: [("event_type", { POLECATLayout.types.contains($0.uppercased()) })])
}

/// A row of POLECAT is an event as a program read it in a report, with lists of actors and recipients.
enum POLECATLayout {
  static let layout = EventLayout(
    id: ["event_id"],
    dates: [
      .days("date", "event_date"), .days("date_end", "event_date"),
      .made("date_precision") { file throws(EngineError) in
        let day = try file.column("event_date")
        return { row in day.day(row) == nil ? nil : "day" }
      },
    ],
    columns: [
      .texts("type", "event_type"), .texts("subtype", "event_mode"),
      .made(
        "title", RowRules.title("actor_name", "recipient_name", RowRules.text("event_type"))),
    ], members: [member("actor", "agent", "a"), member("recipient", "target", "b")],
    places: PlaceLayout(
      name: ["placename", "city", "province", "country"], country: "country", admin1: "province",
      admin2: "district", precisionColumns: ["feature_type"], precision: precision),
    sources: { file throws(EngineError) in
      let (name, date) = (try file.column("source"), try file.column("publication_date"))
      return { row in
        name.text(row).map {
          [SourcesBuilder.Source(name: $0, publisher: $0, date: date.day(row))]
        } ?? []
      }
    }, lists: [.values("contexts", "context", of: ["contexts"])])

  /// The sixteen types of PLOVER.
  static let types: Set<String> = [
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
  ]

  private static func member(_ column: String, _ role: String, _ side: String) -> CastMember {
    var member = CastMember("\(column)_name", part: Cast.Part(role: role, side: side))
    member.kind = RowRules.text("primary_\(column)_sector")
    member.country = ["\(column)_country"]
    member.isList = true
    return member
  }

  /// `Feature Type` is a code of GeoNames: a populated place, a unit, a country.
  private static let precision: RowRule<Int64?> = { file throws(EngineError) in
    let feature = try file.column("feature_type")
    return { row in
      guard let code = feature.text(row)?.uppercased() else { return nil }
      if code.hasPrefix("PPL") { return 1 }
      if code.hasPrefix("PCL") { return 6 }
      if code.hasPrefix("ADM1") { return 4 }
      return code.hasPrefix("ADM") ? 3 : nil
    }
  }
}
