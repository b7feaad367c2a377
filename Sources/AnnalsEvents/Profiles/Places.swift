import AnnalsEngine

/// Where the events of a file were.
struct Places: Sendable {
  /// The columns of a file that say where an event was.
  struct Columns: Sendable {
    var name = FlatColumn(nil)
    var country = FlatColumn(nil)
    var admin1 = FlatColumn(nil)
    var admin2 = FlatColumn(nil)
    var latitude = FlatColumn(nil)
    var longitude = FlatColumn(nil)
    var precision = FlatColumn(nil)

    /// Whether a row says where it was, be it by a name alone.
    func say(_ row: Int) -> Bool {
      [name, country, admin1, admin2, latitude].contains { !$0.isNull(row) }
    }

    /// What tells two places apart.
    var all: [FlatColumn] { [name, country, admin1, admin2, latitude, longitude, precision] }
  }

  let columns: Columns
  /// The place of each event, -1 where nothing is said.
  let numbers: Buffer<Int32>
  /// The row that says where a place is.
  let rows: RowList

  init(_ columns: Columns, of events: EventRows, in file: FlatFile) throws(EngineError) {
    self.columns = columns
    let numbers = try Buffer<Int32>(count: events.count, budget: file.budget)
    let rows = try GrowingBuffer<Int32>(budget: file.budget)
    let things = try ThingNumbers(budget: file.budget)
    try file.forEach(events.count) { event throws(EngineError) in
      let row = events.list[event]
      guard columns.say(row), let number = try things.number(columns.all, row) else {
        numbers[event] = -1
        return
      }
      if number == rows.count { try rows.append(Int32(row)) }
      numbers[event] = Int32(number)
    }
    self.numbers = numbers
    self.rows = RowList(try rows.finished())
  }

  /// The table `places`.
  ///
  /// - Parameter precision: What the publisher's precision is, from 1 (exact) to 7; nil for an unknown
  ///   one.
  static func table(
    _ places: Once<Places>, of file: FlatFile,
    precision: @escaping @Sendable (Int64) -> Int64?
  ) -> DerivedTable {
    func texts(
      _ name: String, _ column: @escaping @Sendable (Columns) -> FlatColumn
    ) -> DerivedTable.DerivedColumn {
      .init(name, .text) { () throws(EngineError) in
        let places = try places.get()
        return try column(places.columns).texts(places.rows, in: file)
      }
    }
    func numbers(
      _ name: String, _ column: @escaping @Sendable (Columns) -> FlatColumn
    ) -> DerivedTable.DerivedColumn {
      .init(name, .number) { () throws(EngineError) in
        let places = try places.get()
        return try column(places.columns).numbers(places.rows, in: file)
      }
    }
    let count: @Sendable () throws(EngineError) -> Int = { () throws(EngineError) in
      try places.get().rows.count
    }
    return DerivedTable(
      "places", budget: file.budget, count: count,
      filled: [
        .init("id", .integer) { () throws(EngineError) in try Making.numbered(count(), file) },
        texts("name") { $0.name }, texts("country") { $0.country }, texts("admin1") { $0.admin1 },
        texts("admin2") { $0.admin2 }, numbers("latitude") { $0.latitude },
        numbers("longitude") { $0.longitude },
        .init("precision", .integer) { () throws(EngineError) in
          let places = try places.get()
          return try places.columns.precision.converted(places.rows, to: .integer, in: file) {
            $0.integer($1).flatMap(precision).map(Value.integer) ?? .null
          }
        },
      ])
  }

  /// The column `place` of the events.
  static func column(
    _ places: Once<Places>, of file: FlatFile
  ) -> DerivedTable.DerivedColumn {
    .init("place", .reference(table: "places")) { () throws(EngineError) in
      let places = try places.get()
      return try Making.references(
        places.numbers, to: "places", keys: Making.numbered(places.rows.count, file), file)
    }
  }
}
