import AnnalsEngine

extension UCDPFile {
  private static let parts = [
    Cast.Part(role: "party", side: "a"), Cast.Part(role: "party", side: "b"),
    Cast.Part(role: "agent", side: "a"), Cast.Part(role: "target", side: "b"),
  ]

  /// Both sides of each event: parties, or agent and target of one-sided violence (type 3).
  static func cast(_ file: FlatFile, _ rows: EventRows) throws(EngineError) -> Cast {
    let cast = try CastBuilder(file, parts: parts)
    let type = try file.column("type_of_violence")
    let sides = try ["a", "b"].enumerated().map { place, side throws(EngineError) in
      try Side(file, side, place, cast)
    }
    let original = try file.column("source_original")
    try file.forEach(rows.count) { event throws(EngineError) in
      let row = rows.list[event]
      let isOneSided = type.integer(row) == 3
      for side in sides {
        guard let actor = try side.actor(row, in: cast) else { continue }
        try cast.add(actor, in: event, as: (isOneSided ? 2 : 0) + side.place)
      }
      if let asserter = asserter(original, row) {
        _ = try cast.actor(named: asserter) { "source" }
      }
    }
    return try cast.finished()
  }

  /// The columns of a side.
  private struct Side {
    let place: Int
    let id: FlatColumn
    let name: FlatColumn
    /// The state's number in the Gleditsch and Ward list.
    let state: FlatColumn
    let key: ThingKey

    init(_ file: FlatFile, _ side: String, _ place: Int, _ cast: CastBuilder) throws(EngineError) {
      self.place = place
      id = try file.column("side_\(side)_new_id", "side_\(side)_dset_id")
      name = try file.column("side_\(side)")
      state = try file.column("gwno\(side)")
      key = try cast.key([id.column == nil ? name : id])
    }

    func actor(_ row: Int, in cast: CastBuilder) throws(EngineError) -> Int? {
      let actor = try cast.actor(
        row, by: key, id: { id.text(row) }, name: { name.text(row) }, kind: { kind(row) })
      if let actor { return actor }
      guard let name = name.text(row) else { return nil }
      return try cast.actor(named: name)
    }

    private func kind(_ row: Int) -> String {
      if !state.isNull(row) { return "state" }
      return name.text(row) == "Civilians" ? "civilians" : "group"
    }
  }

  /// Who first said it (`source_original`), where that is one.
  private static func asserter(_ original: FlatColumn, _ row: Int) -> String? {
    let names = original.list(row)
    return names.count == 1 ? names[0] : nil
  }

  /// The column `asserted_by` of the figures.
  static func asserter(
    _ tolls: Once<TollClaims>, _ cast: Once<Cast>, _ rows: Once<EventRows>, _ file: FlatFile
  ) -> DerivedTable.DerivedColumn {
    .init("asserted_by", .reference(table: "actors")) { () throws(EngineError) in
      let (tolls, cast, rows) = (try tolls.get(), try cast.get(), try rows.get())
      let original = try file.column("source_original")
      let actors = try KeyIndex([cast.ids], rowCount: cast.ids.count, budget: file.budget) { _, _ in
      }
      let numbers = try Buffer<Int32>(count: tolls.events.count, budget: file.budget)
      try file.forEach(numbers.count) { toll throws(EngineError) in
        let row = rows.list[Int(tolls.events[toll])]
        let name = asserter(original, row).map { Array($0.utf8) } ?? []
        let actor = name.isEmpty ? nil : try actors.row(of: name.span)
        numbers[toll] = Int32(actor ?? -1)
      }
      return try Making.references(numbers, to: "actors", keys: cast.ids, file)
    }
  }

  /// What tells where an event was. Names of administrative units come with the kind of unit, as
  /// published.
  static func places(_ file: FlatFile) throws(EngineError) -> Places.Columns {
    Places.Columns(
      name: try file.column("where_coordinates"), country: try file.column("country"),
      admin1: try file.column("adm_1"), admin2: try file.column("adm_2"),
      latitude: try file.column("latitude"), longitude: try file.column("longitude"),
      precision: try file.column("where_prec"))
  }

  /// The sources of each event: the lists of offices, dates and headlines element by element where
  /// they are of one length, else the text of `source_article`.
  static func sources(_ file: FlatFile, _ rows: EventRows) throws(EngineError) -> Sources {
    let builder = try SourcesBuilder(file, eventCount: rows.count)
    let article = try file.column("source_article")
    let offices = try file.column("source_office")
    let dates = try file.column("source_date")
    let headlines = try file.column("source_headline")
    try file.forEach(rows.count) { event throws(EngineError) in
      let row = rows.list[event]
      let lists = [offices, dates, headlines].map { parallel($0, row) }
      let count = lists[0].count
      if count > 0, lists.allSatisfy({ $0.count == count }) {
        let sources = (0..<count).map { place in
          SourcesBuilder.Source(
            name: given(lists[2][place]) ?? given(lists[0][place]),
            publisher: given(lists[0][place]), date: DayText.day(lists[1][place]))
        }
        try builder.add(sources, of: event)
      } else if let text = article.text(row) {
        try builder.add(
          [SourcesBuilder.Source(name: text, publisher: offices.text(row))], of: event)
      }
    }
    return try builder.finished()
  }

  /// The elements of a list that stands beside others, empty ones too.
  static func parallel(_ column: FlatColumn, _ row: Int) -> [String] {
    guard let text = column.text(row) else { return [] }
    return text.split(separator: ";", omittingEmptySubsequences: false).map(FlatColumn.trimmed)
  }

  private static func given(_ text: String) -> String? { text.isEmpty ? nil : text }
}
