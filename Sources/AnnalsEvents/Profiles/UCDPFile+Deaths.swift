import AnnalsEngine
import AnnalsFormats

extension UCDPFile {
  /// The deaths of each event: `low`, `best`, `high`, as published, also where they are out of order.
  static func tolls(_ file: FlatFile, _ rows: EventRows) throws(EngineError) -> TollClaims {
    let tolls = try TollsBuilder(file, counts: [TollClaims.Count()])
    let (low, best, high) = try bounds(file)
    try file.forEach(rows.count) { event throws(EngineError) in
      let row = rows.list[event]
      let figure = Figure(low: low.number(row), best: best.number(row), high: high.number(row))
      let isExact = figure.low == figure.best && figure.best == figure.high
      try tolls.add(figure, of: event, count: 0, isExact ? .exact : .range)
    }
    return try tolls.finished()
  }

  private static func bounds(
    _ file: FlatFile
  ) throws(EngineError) -> (low: FlatColumn, best: FlatColumn, high: FlatColumn) {
    (try file.column("low"), try file.column("best"), try file.column("high"))
  }

  /// Who the dead of an event were. The four make up `best`.
  private static let populations = [
    ("deaths_a", "side_a"), ("deaths_b", "side_b"), ("deaths_civilians", "civilians"),
    ("deaths_unknown", "unknown"),
  ]

  /// The deaths by side, each part of the toll of its event.
  static func parts(
    _ file: FlatFile, _ rows: EventRows, _ tolls: TollClaims
  ) throws(EngineError) -> TollClaims {
    let parts = try TollsBuilder(
      file, counts: populations.map { TollClaims.Count(population: $0.1) })
    let columns = try populations.map { name, _ throws(EngineError) in try file.column(name) }
    var toll = 0
    try file.forEach(rows.count) { event throws(EngineError) in
      let row = rows.list[event]
      while toll < tolls.events.count, tolls.events[toll] < Int32(event) { toll += 1 }
      let hasWhole = toll < tolls.events.count && tolls.events[toll] == Int32(event)
      for (place, column) in columns.enumerated() {
        let figure = column.number(row).map { Figure($0) } ?? Figure()
        try parts.add(figure, of: event, count: place, .exact, whole: hasWhole ? toll : nil)
      }
    }
    return try parts.finished()
  }

  /// What is odd about the values of the file.
  func findings() throws(EngineError) -> [DatasetNote] {
    var findings = Findings(file)
    try findings.repeats(of: "id", rows.get(), speaker: "the first")
    try findings.unknown("type_of_violence") { ["1", "2", "3"].contains($0) }
    try findings.unknown("date_prec") { ["1", "2", "3", "4", "5"].contains($0) }
    try findings.unknown("where_prec") { ["1", "2", "3", "4", "5", "6", "7"].contains($0) }
    try findings.unknown("event_clarity") { ["1", "2"].contains($0) }
    let (low, best, high) = try Self.bounds(file)
    try findings.rows(nil, "not low <= best <= high, kept as published") { row in
      let known = [low, best, high].compactMap { $0.number(row) }
      return zip(known, known.dropFirst()).contains { $0 > $1 }
    }
    let parts = try Self.populations.map { name, _ throws(EngineError) in try file.column(name) }
    try findings.rows("best", "not the sum of the deaths by side") { row in
      let known = parts.compactMap { $0.number(row) }
      return known.count == parts.count && best.number(row).map { $0 != known.reduce(0, +) } == true
    }
    let sources = try file.column("number_of_sources")
    try findings.rows("number_of_sources", "-1, which means that nobody counted") {
      sources.integer($0) == -1
    }
    let lists = try ["source_office", "source_date", "source_headline"].map {
      name throws(EngineError) in try file.column(name)
    }
    try findings.rows(
      nil, "lists of sources of different lengths; `source_article` is the one source"
    ) { row in Set(lists.map { Self.parallel($0, row).count }).count > 1 }
    for name in ["date_start", "date_end"] {
      let days = try file.column(name)
      try findings.rows(name, "no day") { !days.isNull($0) && days.day($0) == nil }
    }
    return findings.notes
  }
}
