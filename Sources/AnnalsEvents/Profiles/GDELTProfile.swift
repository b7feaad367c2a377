import AnnalsEngine
import AnnalsFormats

extension Profile {
  /// The events of the Global Database of Events, Language and Tone: version 1.0 with 57 or 58 columns,
  /// also mixed, and version 2.0 with 61. The files have no names of columns, and tabs in spite of
  /// their ending.
  ///
  /// Source: GDELT Event Codebook 1.03 and 2.0.
  static let gdelt = Profile(
    name: "gdelt", title: "GDELT events",
    marks: ["globaleventid", "sqldate", "actor1code", "eventcode", "eventrootcode", "quadclass"],
    codes: Set(GDELTLayout.codes.map(FlatFile.folded)),
    layout: { GDELTLayout.layout(of: $0) },
    tables: { GDELTFile($0).tables },
    findings: { file throws(EngineError) in try GDELTFile(file).findings() })
}

/// The columns of GDELT's event files.
enum GDELTLayout {
  /// The columns for a first row; nil if it does not look like one of an event.
  static func layout(of row: [String]) -> NamelessLayout? {
    guard [57, 58, 61].contains(row.count), Int(row[0]) != nil, row[1].utf8.count == 8,
      Int(row[1]) != nil, row[2] == row[1].prefix(6), row[3] == row[1].prefix(4)
    else { return nil }
    let isSecond = row.count == 61
    return NamelessLayout(names: names(isSecond: isSecond), optionalCount: isSecond ? 0 : 1)
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
