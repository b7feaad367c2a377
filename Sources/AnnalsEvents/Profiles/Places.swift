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
  /// The place of each row that was asked for, -1 where nothing is said.
  let numbers: Buffer<Int32>
  /// The row that says where a place is.
  let rows: RowList

  /// - Parameter list: The rows whose places are wanted: those of the events, or all.
  init(_ columns: Columns, of list: RowList, in file: FlatFile) throws(EngineError) {
    self.columns = columns
    let numbers = try Buffer<Int32>(count: list.count, budget: file.budget)
    let rows = try GrowingBuffer<Int32>(budget: file.budget)
    let things = try ThingNumbers(budget: file.budget)
    try file.forEach(list.count) { place throws(EngineError) in
      let row = list[place]
      guard columns.say(row), let number = try things.number(columns.all, row) else {
        numbers[place] = -1
        return
      }
      if number == rows.count { try rows.append(Int32(row)) }
      numbers[place] = Int32(number)
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

  /// The column `place` of the events, or of whatever rows the places were found for.
  static func column(
    _ places: Once<Places>, of file: FlatFile
  ) -> DerivedTable.DerivedColumn {
    .init("place", .reference(table: "places")) { () throws(EngineError) in
      try places.get().references(places.get().numbers, file)
    }
  }

  /// The column `place` of events, where the places were found for all rows of the file.
  static func column(
    _ places: Once<Places>, of file: FlatFile, rows: Once<EventRows>
  ) -> DerivedTable.DerivedColumn {
    .init("place", .reference(table: "places")) { () throws(EngineError) in
      let (places, list) = (try places.get(), try rows.get().list)
      let numbers = try Buffer<Int32>(count: list.count, budget: file.budget)
      for event in 0..<list.count { numbers[event] = places.numbers[list[event]] }
      return try places.references(numbers, file)
    }
  }

  private func references(
    _ numbers: Buffer<Int32>, _ file: FlatFile
  ) throws(EngineError) -> Column {
    try Making.references(numbers, to: "places", keys: Making.numbered(rows.count, file), file)
  }
}
