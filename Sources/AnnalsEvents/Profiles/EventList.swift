import AnnalsEngine

/// A table with a row for each element of what a file lists of its events.
struct EventList: Sendable {
  struct Element {
    let key: String
    /// Nil for an element that is no more than its key.
    var value: String?
  }

  let name: String
  /// Names of its columns beside `event`: one, or one for the key and one for the value.
  let columns: [String]
  /// The elements of a row.
  let elements: RowRule<[Element]>

  /// A list of tags, `crowd size=about 500; armed presence`, as keys and values.
  static func tags(_ column: String) -> EventList {
    EventList(name: "tags", columns: ["key", "value"]) { file throws(EngineError) in
      let tags = try file.column(column)
      return { row in
        tags.list(row).map { tag in
          let parts = tag.split(separator: "=", maxSplits: 1).map(FlatColumn.trimmed)
          return Element(key: parts.first ?? tag, value: parts.count > 1 ? parts[1] : nil)
        }
      }
    }
  }

  /// The known values of some columns, and the elements of each that is a list.
  static func values(_ name: String, _ column: String, of published: [String]) -> EventList {
    EventList(name: name, columns: [column]) { file throws(EngineError) in
      let columns = try file.columns(published)
      return { row in columns.flatMap { $0.list(row) }.map { Element(key: $0) } }
    }
  }

  /// The table: `event` and its own columns.
  func table(_ rows: Once<EventRows>, events: EventTable) -> DerivedTable {
    let file = events.file
    let made = Once { () throws(EngineError) in try content(rows.get(), file) }
    return DerivedTable(
      name, budget: file.budget,
      count: { () throws(EngineError) in try made.get().events.count }, filled: [],
      more: [
        .init("event", .reference(table: "events")) { () throws(EngineError) in
          try events.references(made.get().events)
        }
      ]
        + columns.enumerated().map { place, column in
          .init(column, .text) { () throws(EngineError) in try made.get().texts[place] }
        })
  }

  private func content(
    _ rows: EventRows, _ file: FlatFile
  ) throws(EngineError) -> (events: Buffer<Int32>, texts: [Column]) {
    let elements = try elements(file)
    let events = try GrowingBuffer<Int32>(budget: file.budget)
    let keys = try ColumnBuilder(type: .text, budget: file.budget)
    let values = try ColumnBuilder(type: .text, budget: file.budget)
    try file.forEach(rows.count) { event throws(EngineError) in
      for element in elements(rows.list[event]) {
        try events.append(Int32(event))
        try keys.append(.text(element.key))
        try values.append(element.value.map(Value.text) ?? .null)
      }
    }
    return (try events.finished(), [try keys.finished(), try values.finished()])
  }
}
