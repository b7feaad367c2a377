import AnnalsEngine
import AnnalsFormats

extension Profile {
  /// The Social Conflict Analysis Database, of which an event has a row for each of its locations.
  ///
  /// Source: SCAD Codebook 3.3.
  static let scad = Profile(
    name: "scad", title: "SCAD",
    marks: ["eventid", "etype", "escalation", "actor1", "target1", "npart", "ndeath", "locnum"],
    codes: [], tables: { SCADFile($0).tables },
    findings: { file throws(EngineError) in try SCADFile(file).findings() })
}

/// A file of SCAD: the rows of an event differ in their location alone, and the first speaks for it.
struct SCADFile: Sendable {
  let file: FlatFile
  private let rows: Once<EventRows>
  private let events: EventTable

  init(_ file: FlatFile) {
    self.file = file
    rows = Once { () throws(EngineError) in try EventRows(file, id: [file.column("eventid")]) }
    events = EventTable(file, id: file.field("eventid"), rows: rows)
  }

  var tables: ProfiledTables {
    let (file, rows) = (file, rows)
    let cast = Once { () throws(EngineError) in try Self.cast(file, rows.get()) }
    let places = Once { () throws(EngineError) in
      try Places(Self.places(file), of: RowList(all: file.table.foundRowCount()), in: file)
    }
    let tolls = Once { () throws(EngineError) in try Self.tolls(file, rows.get()) }
    let dates = dates
    let table = events.table(
      dates + [
        events.column("type", .text) { list throws(EngineError) in
          try file.column("etype").converted(list, to: .text, in: file) { column, row in
            column.text(row).map { .text(Self.types[$0] ?? $0) } ?? .null
          }
        },
        events.column("title", .text) { list throws(EngineError) in
          try file.column("issuenote").texts(list, in: file)
        },
        events.column("status", .text) { list throws(EngineError) in
          try Making.text("asserted", list.count, file)
        },
        Places.column(places, of: file, rows: rows),
      ])
    let figures = DerivedTable(
      "figures", budget: file.budget,
      count: { () throws(EngineError) in try tolls.get().events.count },
      filled: TollClaims.columns(tolls, basis: nil, events: events, dates: dates))
    return ProfiledTables(
      events: table, original: events.original,
      others: Cast.tables(cast, events: events, of: file)
        + [Places.table(places, of: file) { _ in nil }, figures, locations(places)])
  }

  /// The table `event_places`: every location of every event.
  private func locations(_ places: Once<Places>) -> DerivedTable {
    let (file, events) = (file, events)
    return DerivedTable(
      "event_places", budget: file.budget,
      count: { () throws(EngineError) in try file.table.foundRowCount() }, filled: [],
      more: [
        .init("event", .reference(table: "events")) { () throws(EngineError) in
          try events.references(events.numbers())
        },
        Places.column(places, of: file),
      ])
  }

  /// Codebook, `etype`.
  private static let types = [
    "1": "organized demonstration", "2": "spontaneous demonstration", "3": "organized riot",
    "4": "spontaneous riot", "5": "general strike", "6": "limited strike",
    "7": "pro-government violence", "8": "anti-government violence",
    "9": "extra-government violence", "10": "intra-government violence",
  ]

  private var dates: [DerivedTable.DerivedColumn] {
    let file = file
    func day(_ name: String, _ published: String) -> DerivedTable.DerivedColumn {
      events.column(name, .day) { list throws(EngineError) in
        try file.column(published).days(list, in: file)
      }
    }
    return [
      day("date", "startdate"), day("date_end", "enddate"),
      events.column("date_precision", .text) { list throws(EngineError) in
        let (start, end) = (try file.column("startdate"), try file.column("enddate"))
        return try start.converted(list, to: .text, in: file) { start, row in
          start.day(row).map { .text($0 == end.day(row) ? "day" : "days") } ?? .null
        }
      },
    ]
  }

  /// Up to three actors did it, to up to two targets.
  private static func cast(_ file: FlatFile, _ rows: EventRows) throws(EngineError) -> Cast {
    let cast = try CastBuilder(
      file, parts: [Cast.Part(role: "agent", side: "a"), Cast.Part(role: "target", side: "b")])
    let names = [("actor1", 0), ("actor2", 0), ("actor3", 0), ("target1", 1), ("target2", 1)]
    let columns = try names.map { name, part throws(EngineError) in (try file.column(name), part) }
    try file.forEach(rows.count) { event throws(EngineError) in
      for (column, part) in columns {
        guard let name = column.text(rows.list[event]), !isUnknown(name) else { continue }
        try cast.add(try cast.actor(named: name), in: event, as: part)
      }
    }
    return try cast.finished()
  }

  private static func isUnknown(_ text: String) -> Bool { ["-99", "-88", "-77"].contains(text) }

  private static func places(_ file: FlatFile) throws(EngineError) -> Places.Columns {
    Places.Columns(
      name: try file.column("elocal"), country: try file.column("countryname"),
      latitude: try file.column("latitude"), longitude: try file.column("longitude"))
  }

  /// `ndeath` of each event, once; -99 is unknown, -88 and -77 are words without a number.
  private static func tolls(
    _ file: FlatFile, _ rows: EventRows
  ) throws(EngineError) -> TollClaims {
    let tolls = try TollsBuilder(file, counts: [TollClaims.Count()])
    let deaths = try file.column("ndeath")
    try file.forEach(rows.count) { event throws(EngineError) in
      guard let number = deaths.number(rows.list[event]), number >= 0 else { return }
      try tolls.add(Figure(number), of: event, count: 0, .exact)
    }
    return try tolls.finished()
  }

  /// What is odd about the values of the file.
  func findings() throws(EngineError) -> [DatasetNote] {
    var findings = Findings(file)
    try findings.repeats(of: "eventid", rows.get(), speaker: "the first")
    try findings.unknown("etype") { Self.types[$0] != nil }
    let deaths = try file.column("ndeath")
    try findings.rows("ndeath", "-99, which means unknown; no figure") { deaths.number($0) == -99 }
    try findings.rows("ndeath", "-88 or -77, words without a number; no figure") {
      deaths.number($0).map { [-88, -77].contains($0) } == true
    }
    try findings.rows("ndeath", "another number below 0; no figure") {
      deaths.number($0).map { $0 < 0 && ![-99, -88, -77].contains($0) } == true
    }
    let rows = try rows.get()
    if let events = rows.events {
      try findings.rows("ndeath", "another number than in the first row of the event") { row in
        deaths.number(row) != deaths.number(rows.list[Int(events[row])])
      }
    }
    return findings.notes
  }
}
