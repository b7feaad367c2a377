import AnnalsEngine

extension Profile {
  /// The events of the Global Database of Events, Language and Tone: version 1.0 with 57 or 58 columns,
  /// also mixed, and version 2.0 with 61. The files have no names of columns, and tabs in spite of
  /// their ending.
  ///
  /// Source: GDELT Event Codebook 1.03 and 2.0.
  static let gdelt = Profile(
    name: "gdelt", title: "GDELT events",
    marks: ["globaleventid", "sqldate", "actor1code", "eventcode", "eventrootcode", "quadclass"],
    codes: Set(GDELTColumns.codes.map(FlatFile.folded)),
    nameless: { GDELTColumns.layout(of: $0) }, layout: GDELTLayout.layout,
    categories: [
      ("eventrootcode", { CAMEO.roots[CAMEO.padded($0)] != nil }),
      ("quadclass", { code in CAMEO.quadClasses.contains { $0.0 == code } }),
      ("actiongeo_type", { ["0", "1", "2", "3", "4", "5"].contains($0) }),
    ],
    check: { findings, file, _ throws(EngineError) in
      let (day, added) = (try file.column("sqldate"), try file.column("dateadded"))
      try findings.rows("sqldate", "a day in another year than that in which it was added") { row in
        guard let day = day.text(row), let added = added.text(row) else { return false }
        return !day.isEmpty && day.prefix(4) != added.prefix(4)
      }
    })
}

/// A row of GDELT is an event as a program read it in the news, one doing something to another.
enum GDELTLayout {
  static let layout = EventLayout(
    id: ["globaleventid"],
    dates: [
      .days("date", "sqldate"), .days("date_end", "sqldate"),
      .made("date_precision") { file throws(EngineError) in
        let day = try file.column("sqldate")
        return { row in day.day(row) == nil ? nil : "day" }
      },
    ],
    columns: [
      .meaning("type", "eventrootcode", CAMEO.meaning), .texts("subtype", "eventcode"),
      .made(
        "title",
        RowRules.title(
          "actor1name", "actor2name", RowRules.meaning("eventrootcode", CAMEO.meaning))),
    ], members: [member(1, "agent", "a"), member(2, "target", "b")],
    places: PlaceLayout(
      name: ["actiongeo_fullname"], country: "actiongeo_countrycode",
      admin1: "actiongeo_adm1code", admin2: "actiongeo_adm2code", latitude: "actiongeo_lat",
      longitude: "actiongeo_long", precisionColumns: ["actiongeo_type"],
      precision: RowRules.code("actiongeo_type") { placePrecisions[$0] }), sources: sources,
    codes: [
      ("EventRootCode", CAMEO.roots.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }),
      ("QuadClass", CAMEO.quadClasses),
    ])

  /// `ActionGeo_Type`: 1 a country; 2 a state of the USA, 5 of another country; 3 a city of the USA, 4 of
  /// another country.
  private static let placePrecisions: [Int64: Int64] = [1: 6, 2: 4, 3: 1, 4: 1, 5: 4]

  /// An actor is a code and a name. Its country is a CAMEO code.
  private static func member(_ number: Int, _ role: String, _ side: String) -> CastMember {
    var member = CastMember("actor\(number)name", part: Cast.Part(role: role, side: side))
    member.key = [["actor\(number)code"], ["actor\(number)name"]]
    member.kind = RowRules.text("actor\(number)type1code")
    member.country = ["actor\(number)countrycode"]
    return member
  }

  /// The first report of each event, published by the host of its address.
  private static let sources: RowRule<[SourcesBuilder.Source]> = { file throws(EngineError) in
    let addresses = try file.column("sourceurl")
    return { row in
      guard let url = addresses.text(row) else { return [] }
      let parts = url.split(separator: "/", maxSplits: 2)
      let isAddress = parts.count > 1 && parts[0].hasSuffix(":")
      let host = isAddress ? String(parts[1]) : nil
      return [
        SourcesBuilder.Source(name: host ?? url, publisher: host, url: isAddress ? url : nil)
      ]
    }
  }
}

/// The columns of GDELT's event files.
enum GDELTColumns {
  /// The columns for a first row; nil if it does not look like one of an event.
  static func layout(of row: [String]) -> NamelessLayout? {
    guard [57, 58, 61].contains(row.count), Int(row[0]) != nil, row[1].utf8.count == 8,
      Int(row[1]) != nil, row[2] == row[1].prefix(6), row[3] == row[1].prefix(4)
    else { return nil }
    let isSecond = row.count == 61
    return NamelessLayout(
      names: names(isSecond: isSecond), optionalCount: isSecond ? 0 : 1, hasQuotes: false)
  }

  private static func names(isSecond: Bool) -> [String] {
    let actors = ["Actor1", "Actor2"].flatMap { actor in actorParts.map { actor + $0 } }
    let places = ["Actor1Geo_", "Actor2Geo_", "ActionGeo_"].flatMap { place in
      placeParts.filter { isSecond || $0 != "ADM2Code" }.map { place + $0 }
    }
    return first + actors + middle + places + last
  }

  private static let first = ["GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"]

  private static let actorParts = [
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code",
    "Religion2Code", "Type1Code", "Type2Code", "Type3Code",
  ]

  private static let middle = [
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
  ]

  /// Version 1.0 has no `ADM2Code`.
  private static let placeParts = [
    "Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID",
  ]

  /// Version 1.0 had no address before April 2013.
  private static let last = ["DATEADDED", "SOURCEURL"]

  /// Columns whose values look like numbers now and then, and are none.
  static let codes: [String] =
    ["EventCode", "EventBaseCode", "EventRootCode"]
    + ["Actor1", "Actor2"].flatMap { actor in actorParts.map { actor + $0 } }
    + ["Actor1Geo_", "Actor2Geo_", "ActionGeo_"].flatMap { place in
      ["FullName", "CountryCode", "ADM1Code", "ADM2Code", "FeatureID"].map { place + $0 }
    }
}
