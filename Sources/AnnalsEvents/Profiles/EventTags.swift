import AnnalsEngine

/// What a file says of its events in a list of tags, `crowd size=about 500; armed presence`.
struct EventTags: Sendable {
  private let events: Buffer<Int32>
  private let keys: Column
  /// Null for a tag that is no more than its key.
  private let values: Column

  init(_ file: FlatFile, _ rows: EventRows) throws(EngineError) {
    let tags = try file.column("tags")
    let events = try GrowingBuffer<Int32>(budget: file.budget)
    let keys = try ColumnBuilder(type: .text, budget: file.budget)
    let values = try ColumnBuilder(type: .text, budget: file.budget)
    try file.forEach(rows.count) { event throws(EngineError) in
      for tag in tags.list(rows.list[event]) {
        let parts = tag.split(separator: "=", maxSplits: 1).map(FlatColumn.trimmed)
        try events.append(Int32(event))
        try keys.append(.text(parts.first ?? tag))
        try values.append(parts.count > 1 ? .text(parts[1]) : .null)
      }
    }
    self.events = try events.finished()
    self.keys = try keys.finished()
    self.values = try values.finished()
  }

  /// The table `tags`: event, key, value.
  static func table(_ tags: Once<EventTags>, events: EventTable) -> DerivedTable {
    DerivedTable(
      "tags", budget: events.file.budget,
      count: { () throws(EngineError) in try tags.get().events.count }, filled: [],
      more: [
        .init("event", .reference(table: "events")) { () throws(EngineError) in
          try events.references(tags.get().events)
        },
        .init("key", .text) { () throws(EngineError) in try tags.get().keys },
        .init("value", .text) { () throws(EngineError) in try tags.get().values },
      ])
  }
}
