import AnnalsEngine
import AnnalsFormats

extension ACLEDFile {
  /// What is odd about the values of the file.
  func findings() throws(EngineError) -> [DatasetNote] {
    var findings = Findings(file)
    try findings.repeats(of: "event_id_cnty", rows.get(), speaker: "the one edited last")
    try findings.unknown("disorder_type") { text in
      text.split(separator: ";").allSatisfy { Self.disorders.contains(FlatColumn.trimmed($0)) }
    }
    try findings.unknown("event_type") { Self.types[$0] != nil }
    try findings.unknown("sub_event_type") { subtype in
      Self.types.values.contains { $0.contains(subtype) }
    }
    for name in ["inter1", "inter2"] {
      try findings.unknown(name) { $0 == "0" || Self.kinds[$0.lowercased()] != nil }
    }
    try findings.unknown("time_precision") { ["1", "2", "3"].contains($0) }
    try findings.unknown("geo_precision") { ["1", "2", "3"].contains($0) }
    let day = try file.column("event_date")
    try findings.rows("event_date", "no day") { !day.isNull($0) && day.day($0) == nil }
    let year = try file.column("year")
    try findings.rows("year", "not the year of `event_date`") { row in
      guard let year = year.integer(row), let day = day.day(row) else { return false }
      return !day.description.hasPrefix("\(year)-")
    }
    let deaths = try file.column("fatalities")
    try findings.rows("fatalities", "no number") {
      !deaths.isNull($0) && deaths.number($0) == nil
    }
    try findings.rows("fatalities", "0, which means none or unknown") { deaths.number($0) == 0 }
    try findings.rows(
      "fatalities",
      "3, 10, 12 or 100, which may stand for several, tens, dozens and"
        + " hundreds"
    ) { deaths.number($0).map { [3, 10, 12, 100].contains($0) } == true }
    return findings.notes
  }

  private static let disorders = ["Political violence", "Demonstrations", "Strategic developments"]

  /// Codebook, "Event types": 6 types with 25 sub-types.
  private static let types: [String: [String]] = [
    "Battles": [
      "Government regains territory", "Non-state actor overtakes territory", "Armed clash",
    ],
    "Protests": [
      "Excessive force against protesters", "Protest with intervention", "Peaceful protest",
    ],
    "Riots": ["Violent demonstration", "Mob violence"],
    "Explosions/Remote violence": [
      "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
      "Remote explosive/landmine/IED", "Grenade",
    ],
    "Violence against civilians": [
      "Sexual violence", "Attack", "Abduction/forced disappearance",
    ],
    "Strategic developments": [
      "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
      "Headquarters or base established", "Looting/property destruction",
      "Non-violent transfer of territory", "Other",
    ],
  ]
}
