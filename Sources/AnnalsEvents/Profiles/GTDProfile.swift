import AnnalsEngine
import AnnalsFormats

extension Profile {
  /// The Global Terrorism Database, of which an event is an attack.
  ///
  /// Source: GTD Codebook of 2021.
  static let gtd = Profile(
    name: "gtd", title: "the Global Terrorism Database",
    marks: ["eventid", "iyear", "imonth", "iday", "gname", "nkill"],
    sentinels: [-9, -99].map {
      Sentinel(value: $0, meaning: "unknown", columns: GTDLayout.sentinelColumns)
    }, dayOrders: ["resolution": .monthFirst], layout: GTDLayout.layout,
    categories: [
      ("attacktype1", { GTDLayout.types[$0] != nil }),
      ("specificity", { ["1", "2", "3", "4", "5"].contains($0) }),
    ],
    check: { findings, file, _ throws(EngineError) in
      try GTDLayout.check(&findings, file)
    })
}

/// A row of the Global Terrorism Database is an attack, of which day and month may be unknown.
enum GTDLayout {
  static let layout = EventLayout(
    id: ["eventid"],
    dates: [
      .madeDays("date") { file throws(EngineError) in
        let span = try span(file)
        return { row in span(row)?.first }
      },
      .madeDays("date_end") { file throws(EngineError) in
        let span = try span(file)
        return { row in span(row)?.last }
      },
      .made("date_precision") { file throws(EngineError) in
        let span = try span(file)
        return { row in span(row)?.precision }
      },
    ],
    columns: [
      .made("type", type),
      .made("title", RowRules.title("gname", "target1", type)), .same("status", "asserted"),
    ], members: (1...3).map(group) + (1...3).map(target),
    places: PlaceLayout(
      name: ["city", "provstate", "country_txt"], country: "country_txt", admin1: "provstate",
      precisionColumns: ["specificity", "vicinity"], precision: precision),
    sources: { file throws(EngineError) in
      let columns = try file.columns(["scite1", "scite2", "scite3"])
      return { row in
        columns.compactMap { $0.text(row) }.map { SourcesBuilder.Source(name: $0) }
      }
    }, figures: [.exact("nkill", killed), .exact("nwound", wounded)],
    parts: [
      .exact("nkillter", TollClaims.Count(measure: "killed", population: "perpetrators")),
      .exact(
        "nwoundte", TollClaims.Count(measure: "wounded", population: "perpetrators"), whole: 1),
    ])

  private static let killed = TollClaims.Count(measure: "killed")
  private static let wounded = TollClaims.Count(measure: "wounded")

  /// Columns in which the codebook has -9 or -99 for what is unknown.
  static let sentinelColumns: Set<String> = [
    "vicinity", "doubtterr", "claimed", "claim2", "claim3", "compclaim", "nperps", "nperpcap",
    "property", "propvalue", "ishostkid", "nhostkid", "nhostkidus", "nhours", "ndays", "ransom",
    "ransomamt", "ransomamtus", "ransompaid", "ransompaidus", "nreleased", "int_log", "int_ideo",
    "int_misc", "int_any", "nkill", "nkillus", "nkillter", "nwound", "nwoundus", "nwoundte",
  ]

  /// Codebook, `attacktype1`.
  static let types = [
    "1": "Assassination", "2": "Armed Assault", "3": "Bombing/Explosion", "4": "Hijacking",
    "5": "Hostage Taking (Barricade Incident)", "6": "Hostage Taking (Kidnapping)",
    "7": "Facility/Infrastructure Attack", "8": "Unarmed Assault", "9": "Unknown",
  ]

  private static let type: RowRule<String?> = { file throws(EngineError) in
    let (text, code) = (try file.column("attacktype1_txt"), try file.column("attacktype1"))
    return { row in text.text(row) ?? code.text(row).map { types[$0] ?? $0 } }
  }

  private typealias Span = (first: Day, last: Day, precision: String)

  /// The days of an attack. A day of 0 is any of the month, a month of 0 any of the year. An attack that
  /// was `extended` lasted until its `resolution`, where that is known.
  private static func span(_ file: FlatFile) throws(EngineError) -> (Int) -> Span? {
    let parts = try file.columns(["iyear", "imonth", "iday"])
    let (extended, resolution) = (try file.column("extended"), try file.column("resolution"))
    return { row in
      guard let year = parts[0].integer(row), (1...9999).contains(year),
        let month = parts[1].integer(row), (0...12).contains(month),
        let day = parts[2].integer(row), (0...31).contains(day),
        let span = span(Int(year), Int(month), Int(day))
      else { return nil }
      guard extended.integer(row) == 1, let end = resolution.day(row), end > span.first else {
        return span
      }
      return (span.first, max(end, span.last), span.precision == "day" ? "days" : span.precision)
    }
  }

  private static func span(_ year: Int, _ month: Int, _ day: Int) -> Span? {
    if month == 0 {
      guard let first = Day(year: year, month: 1, day: 1),
        let last = Day(year: year, month: 12, day: 31)
      else { return nil }
      return (first, last, "year")
    }
    if day == 0 {
      guard let first = Day(year: year, month: month, day: 1),
        let last = (28...31).reversed().lazy
          .compactMap({ Day(year: year, month: month, day: $0) }).first
      else { return nil }
      return (first, last, "month")
    }
    return Day(year: year, month: month, day: day).map { ($0, $0, "day") }
  }

  /// Who is held to have done it. `guncertain1` is 1 where that is a suspicion.
  private static func group(_ number: Int) -> CastMember {
    var member = CastMember(
      number == 1 ? "gname" : "gname\(number)", part: Cast.Part(role: "agent", side: "a"))
    member.certainty = RowRules.code("guncertain\(number)") {
      $0 == 1 ? "alleged" : nil
    }
    return member
  }

  /// Whom it hit. Names such as `Civilians` are told apart by nationality.
  private static func target(_ number: Int) -> CastMember {
    var member = CastMember("target\(number)", part: Cast.Part(role: "target", side: "b"))
    member.key = [["target\(number)"], ["natlty\(number)_txt", "natlty\(number)"]]
    member.kind = RowRules.text("targtype\(number)_txt", "targtype\(number)")
    member.country = ["natlty\(number)_txt", "natlty\(number)"]
    return member
  }

  /// Codebook, `specificity`: 1 the town itself; 2 and 3 the middle of the district, with a town that
  /// was not found or without one; 4 of the province; 5 not even that. `vicinity` is 1 near the town.
  private static let precision: RowRule<Int64?> = { file throws(EngineError) in
    let (specificity, vicinity) = (try file.column("specificity"), try file.column("vicinity"))
    return { row in
      guard let code = specificity.integer(row) else { return nil }
      return code == 1 && vicinity.integer(row) == 1 ? 2 : precisions[code]
    }
  }

  private static let precisions: [Int64: Int64] = [1: 1, 2: 3, 3: 3, 4: 4, 5: 6]

  /// What is odd about the values of a file.
  static func check(_ findings: inout Findings, _ file: FlatFile) throws(EngineError) {
    let span = try span(file)
    try findings.rows("iday", "no day, even where 0 means that it is unknown") { span($0) == nil }
    let (month, day) = (try file.column("imonth"), try file.column("iday"))
    try findings.rows("imonth", "0, the month is unknown") { month.integer($0) == 0 }
    try findings.rows("iday", "0, the day is unknown") { day.integer($0) == 0 }
    for name in ["nkill", "nwound"] {
      let toll = try file.column(name)
      try findings.rows(name, "not known") { toll.isNull($0) }
      try findings.rows(name, "a part of a person, of a toll divided among linked attacks") { row in
        toll.number(row).map { $0 != $0.rounded() } == true
      }
    }
  }
}
