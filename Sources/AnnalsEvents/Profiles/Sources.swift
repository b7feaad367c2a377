import AnnalsEngine

/// Who reported the events of a file.
struct Sources: Sendable {
  /// The first source of each event, -1 where none is named.
  let first: Buffer<Int32>
  /// The source of each event that names just one, else -1.
  let only: Buffer<Int32>
  /// Each source of each event.
  let linkEvents: Buffer<Int32>
  let linkSources: Buffer<Int32>
  /// For each source.
  let count: Int
  let names: Column
  let publishers: Column
  let urls: Column
  let dates: Column

  /// The tables `sources` and `event_sources`, which has a row for each source of each event.
  static func tables(
    _ sources: Once<Sources>, events: EventTable, of file: FlatFile
  ) -> [DerivedTable] {
    let count: @Sendable () throws(EngineError) -> Int = { () throws(EngineError) in
      try sources.get().count
    }
    let linkCount: @Sendable () throws(EngineError) -> Int = { () throws(EngineError) in
      try sources.get().linkEvents.count
    }
    return [
      DerivedTable(
        "sources", budget: file.budget, count: count,
        filled: [
          .init("id", .integer) { () throws(EngineError) in try Making.numbered(count(), file) },
          .init("name", .text) { () throws(EngineError) in try sources.get().names },
          .init("publisher", .text) { () throws(EngineError) in try sources.get().publishers },
          .init("url", .text) { () throws(EngineError) in try sources.get().urls },
          .init("date", .day) { () throws(EngineError) in try sources.get().dates },
        ]),
      DerivedTable(
        "event_sources", budget: file.budget, count: linkCount, filled: [],
        more: [
          .init("event", .reference(table: "events")) { () throws(EngineError) in
            try events.references(sources.get().linkEvents)
          },
          .init("source", .reference(table: "sources")) { () throws(EngineError) in
            try sources.get().references(sources.get().linkSources, file)
          },
        ]),
    ]
  }

  /// The column `source` of the events: the first that is named.
  static func column(
    _ sources: Once<Sources>, of file: FlatFile
  ) -> DerivedTable.DerivedColumn {
    .init("source", .reference(table: "sources")) { () throws(EngineError) in
      try sources.get().references(sources.get().first, file)
    }
  }

  /// The column `source` of the figures: a figure of several sources is nobody's alone.
  static func column(
    _ sources: Once<Sources>, ofTolls tolls: Once<TollClaims>, _ file: FlatFile
  ) -> DerivedTable.DerivedColumn {
    .init("source", .reference(table: "sources")) { () throws(EngineError) in
      let (tolls, sources) = (try tolls.get(), try sources.get())
      let numbers = try Buffer<Int32>(count: tolls.events.count, budget: file.budget)
      for toll in 0..<numbers.count { numbers[toll] = sources.only[Int(tolls.events[toll])] }
      return try sources.references(numbers, file)
    }
  }

  /// References to sources by their numbers; -1 is none.
  func references(_ numbers: Buffer<Int32>, _ file: FlatFile) throws(EngineError) -> Column {
    try Making.references(
      numbers, to: "sources", keys: Making.numbered(count, file), file)
  }
}

extension Sources {
  /// - Parameter named: The sources that a row names.
  init(
    _ named: RowRule<[SourcesBuilder.Source]>, _ file: FlatFile, _ rows: EventRows
  ) throws(EngineError) {
    let builder = try SourcesBuilder(file, eventCount: rows.count)
    let named = try named(file)
    try file.forEach(rows.count) { event throws(EngineError) in
      try builder.add(named(rows.list[event]), of: event)
    }
    self = try builder.finished()
  }
}

/// Gathers ``Sources`` event by event, in the order of the events.
final class SourcesBuilder {
  /// What is known of a source; two that agree in all of it are one.
  struct Source {
    var name: String?
    var publisher: String?
    var url: String?
    var date: Day?
  }

  private let things: ThingNumbers
  private let first: Buffer<Int32>
  private let only: Buffer<Int32>
  private let linkEvents: GrowingBuffer<Int32>
  private let linkSources: GrowingBuffer<Int32>
  private let names: ColumnBuilder
  private let publishers: ColumnBuilder
  private let urls: ColumnBuilder
  private let dates: ColumnBuilder

  init(_ file: FlatFile, eventCount: Int) throws(EngineError) {
    things = try ThingNumbers(budget: file.budget)
    first = try Buffer(count: eventCount, budget: file.budget)
    only = try Buffer(count: eventCount, budget: file.budget)
    for event in 0..<eventCount {
      first[event] = -1
      only[event] = -1
    }
    linkEvents = try GrowingBuffer(budget: file.budget)
    linkSources = try GrowingBuffer(budget: file.budget)
    names = try ColumnBuilder(type: .text, budget: file.budget)
    publishers = try ColumnBuilder(type: .text, budget: file.budget)
    urls = try ColumnBuilder(type: .text, budget: file.budget)
    dates = try ColumnBuilder(type: .day, budget: file.budget)
  }

  /// Notes the sources of an event; one that stands twice counts once.
  func add(_ sources: [Source], of event: Int) throws(EngineError) {
    var seen: Set<Int> = []
    for source in sources {
      let number = try number(of: source)
      guard seen.insert(number).inserted else { continue }
      if seen.count == 1 { first[event] = Int32(number) }
      only[event] = seen.count == 1 ? Int32(number) : -1
      try linkEvents.append(Int32(event))
      try linkSources.append(Int32(number))
    }
  }

  private func number(of source: Source) throws(EngineError) -> Int {
    let number = try things.number([
      source.name, source.publisher, source.url, source.date?.description,
    ])
    guard number == names.count else { return number }
    try names.append(source.name.map(Value.text) ?? .null)
    try publishers.append(source.publisher.map(Value.text) ?? .null)
    try urls.append(source.url.map(Value.text) ?? .null)
    try dates.append(source.date.map(Value.day) ?? .null)
    return number
  }

  /// The sources; the builder is used up.
  func finished() throws(EngineError) -> Sources {
    Sources(
      first: first, only: only, linkEvents: try linkEvents.finished(),
      linkSources: try linkSources.finished(), count: things.count, names: try names.finished(),
      publishers: try publishers.finished(), urls: try urls.finished(),
      dates: try dates.finished())
  }
}
