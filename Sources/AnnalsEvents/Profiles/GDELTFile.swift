import AnnalsEngine
import AnnalsFormats

/// A file of GDELT: a row is an event as a program read it in the news, one doing something to another.
struct GDELTFile: Sendable {
  let file: FlatFile
  private let rows: Once<EventRows>
  private let events: EventTable

  init(_ file: FlatFile) {
    self.file = file
    rows = Once { () throws(EngineError) in try EventRows(file, id: [file.column("globaleventid")])
    }
    events = EventTable(file, id: file.field("globaleventid"), rows: rows)
  }

  var tables: ProfiledTables {
    let (file, rows) = (file, rows)
    let cast = Once { () throws(EngineError) in try Self.cast(file, rows.get()) }
    let places = Once { () throws(EngineError) in
      try Places(Self.places(file), of: rows.get().list, in: file)
    }
    let sources = Once { () throws(EngineError) in try Self.sources(file, rows.get()) }
    let day = events.column("date", .day) { list throws(EngineError) in
      try file.column("sqldate").days(list, in: file)
    }
    let table = events.table([
      day, .init(name: "date_end", type: .day, making: day.making),
      events.column("date_precision", .text) { list throws(EngineError) in
        try file.column("sqldate").converted(list, to: .text, in: file) {
          $0.day($1) == nil ? .null : .text("day")
        }
      },
      events.column("type", .text) { list throws(EngineError) in
        try file.column("eventrootcode").converted(list, to: .text, in: file) { column, row in
          column.text(row).map { .text(Self.label($0)) } ?? .null
        }
      },
      events.column("subtype", .text) { list throws(EngineError) in
        try file.column("eventcode").texts(list, in: file)
      },
      events.column("title", .text) { list throws(EngineError) in try Self.titles(file, list) },
      Places.column(places, of: file), Sources.column(sources, of: file),
    ])
    return ProfiledTables(
      events: table, original: events.original,
      others: Cast.tables(cast, events: events, of: file)
        + [Places.table(places, of: file) { Self.placePrecisions[$0] }]
        + Sources.tables(sources, events: events, of: file)
        + [
          CodeTable.table(
            [
              ("EventRootCode", Self.roots.map { ($0.code, $0.meaning) }),
              ("QuadClass", Self.quadClasses),
            ], file)
        ])
  }

  /// `ActionGeo_Type`: 1 a country; 2 a state of the USA, 5 of another country; 3 a city of the USA, 4 of
  /// another country.
  private static let placePrecisions: [Int64: Int64] = [1: 6, 2: 4, 3: 1, 4: 1, 5: 4]

  /// What a root code means; an unknown one as it is.
  private static func label(_ code: String) -> String {
    let padded = code.utf8.count == 1 ? "0" + code : code
    return roots.first { $0.code == padded }?.meaning ?? code
  }

  /// Who did what to whom: `MUMBAI → KIWI: consult`.
  private static func titles(_ file: FlatFile, _ list: RowList) throws(EngineError) -> Column {
    let (first, second) = (try file.column("actor1name"), try file.column("actor2name"))
    let root = try file.column("eventrootcode")
    let builder = try ColumnBuilder(type: .text, budget: file.budget)
    try file.forEach(list.count) { event throws(EngineError) in
      let row = list[event]
      guard let code = root.text(row) else { return try builder.appendNull() }
      var title = first.text(row) ?? ""
      if let second = second.text(row) { title += (title.isEmpty ? "→ " : " → ") + second }
      try builder.append(.text(title.isEmpty ? label(code) : title + ": " + label(code)))
    }
    return try builder.finished()
  }

  /// The first actor is the agent, the second the target. An actor is a code and a name.
  private static func cast(_ file: FlatFile, _ rows: EventRows) throws(EngineError) -> Cast {
    let cast = try CastBuilder(
      file, parts: [Cast.Part(role: "agent", side: "a"), Cast.Part(role: "target", side: "b")])
    let actors = try [1, 2].map { number throws(EngineError) in
      let (code, name) = (
        try file.column("actor\(number)code"), try file.column("actor\(number)name")
      )
      return (
        code: code, name: name, kind: try file.column("actor\(number)type1code"),
        country: try file.column("actor\(number)countrycode"), key: try cast.key([code, name])
      )
    }
    try file.forEach(rows.count) { event throws(EngineError) in
      let row = rows.list[event]
      for (part, actor) in actors.enumerated() {
        let number = try cast.actor(
          row, by: actor.key,
          id: {
            [actor.code.text(row), actor.name.text(row)].compactMap { $0 }.joined(separator: " ")
          }, name: { actor.name.text(row) ?? actor.code.text(row) },
          kind: { actor.kind.text(row) }, country: { actor.country.text(row) })
        if let number { try cast.add(number, in: event, as: part) }
      }
    }
    return try cast.finished()
  }

  /// Where it happened, and not where the actors are from. The country is a FIPS 10-4 code.
  private static func places(_ file: FlatFile) throws(EngineError) -> Places.Columns {
    Places.Columns(
      name: try file.column("actiongeo_fullname"),
      country: try file.column("actiongeo_countrycode"),
      admin1: try file.column("actiongeo_adm1code"),
      admin2: try file.column("actiongeo_adm2code"), latitude: try file.column("actiongeo_lat"),
      longitude: try file.column("actiongeo_long"), precision: try file.column("actiongeo_type"))
  }

  /// The first report of each event, published by the host of its address.
  private static func sources(
    _ file: FlatFile, _ rows: EventRows
  ) throws(EngineError) -> Sources {
    let builder = try SourcesBuilder(file, eventCount: rows.count)
    let addresses = try file.column("sourceurl")
    try file.forEach(rows.count) { event throws(EngineError) in
      guard let url = addresses.text(rows.list[event]) else { return }
      let parts = url.split(separator: "/")
      let isAddress = parts.count > 1 && parts[0].hasSuffix(":")
      let host = isAddress ? String(parts[1]) : nil
      let source = SourcesBuilder.Source(
        name: host ?? url, publisher: host, url: isAddress ? url : nil)
      try builder.add([source], of: event)
    }
    return try builder.finished()
  }

  /// What is odd about the values of the file.
  func findings() throws(EngineError) -> [DatasetNote] {
    var findings = Findings(file)
    try findings.repeats(of: "globaleventid", rows.get(), speaker: "the first")
    let day = try file.column("sqldate")
    try findings.rows("SQLDATE", "no day") { !day.isNull($0) && day.day($0) == nil }
    let added = try file.column("dateadded")
    try findings.rows("SQLDATE", "a day in another year than that in which it was added") { row in
      guard let day = day.text(row), let added = added.text(row) else { return false }
      return !day.isEmpty && day.prefix(4) != added.prefix(4)
    }
    try findings.unknown("eventrootcode") { Self.label($0) != $0 }
    try findings.unknown("quadclass") { code in Self.quadClasses.contains { $0.0 == code } }
    try findings.unknown("actiongeo_type") { ["0", "1", "2", "3", "4", "5"].contains($0) }
    return findings.notes
  }
}
