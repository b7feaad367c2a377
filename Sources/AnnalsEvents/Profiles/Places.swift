import AnnalsEngine

/// Where the events of a file were.
struct Places: Sendable {
  /// The columns of a file that say where an event was.
  struct Columns: Sendable {
    let name: [FlatColumn]
    let country: FlatColumn
    let admin1: FlatColumn
    let admin2: FlatColumn
    let latitude: FlatColumn
    let longitude: FlatColumn
    private let precision: [FlatColumn]

    init(_ layout: PlaceLayout, _ file: FlatFile) throws(EngineError) {
      name = try file.columns(layout.name)
      country = try file.column(layout.country)
      admin1 = try file.column(layout.admin1)
      admin2 = try file.column(layout.admin2)
      latitude = try file.column(layout.latitude)
      longitude = try file.column(layout.longitude)
      precision = try file.columns(layout.precisionColumns)
    }

    /// Those of which one at least must hold something in a row that says where it was.
    var telling: [FlatColumn] { name + [country, admin1, admin2, latitude] }

    /// What tells two places apart.
    var all: [FlatColumn] { name + [country, admin1, admin2, latitude, longitude] + precision }
  }

  let columns: Columns
  /// The place of each row that was asked for, -1 where nothing is said.
  let numbers: Buffer<Int32>
  /// The row that says where a place is.
  let rows: RowList

  /// - Parameter list: The rows whose places are wanted: those of the events, or all.
  init(_ layout: PlaceLayout, of list: RowList, in file: FlatFile) throws(EngineError) {
    let columns = try Columns(layout, file)
    let (all, telling) = (columns.all, columns.telling)
    let numbers = try Buffer<Int32>(count: list.count, budget: file.budget)
    let rows = try GrowingBuffer<Int32>(budget: file.budget)
    let things = try ThingNumbers(budget: file.budget)
    try file.forEach(list.count) { place throws(EngineError) in
      let row = list[place]
      guard telling.contains(where: { !$0.isNull(row) }) else {
        numbers[place] = -1
        return
      }
      let number = try things.number(byCodesOf: all, row)
      if number == rows.count { try rows.append(Int32(row)) }
      numbers[place] = Int32(number)
    }
    self.columns = columns
    self.numbers = numbers
    self.rows = RowList(try rows.finished())
  }

  /// The table `places`.
  static func table(
    _ places: Once<Places>, _ layout: PlaceLayout, of file: FlatFile
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
        return try column(places.columns).coordinates(places.rows, in: file)
      }
    }
    let count: @Sendable () throws(EngineError) -> Int = { () throws(EngineError) in
      try places.get().rows.count
    }
    return DerivedTable(
      "places", budget: file.budget, count: count,
      filled: [
        .init("id", .integer) { () throws(EngineError) in try Making.numbered(count(), file) },
        .init("name", .text) { () throws(EngineError) in try places.get().names(file) },
        texts("country") { $0.country }, texts("admin1") { $0.admin1 },
        texts("admin2") { $0.admin2 }, numbers("latitude") { $0.latitude },
        numbers("longitude") { $0.longitude },
        .init("precision", .integer) { () throws(EngineError) in
          let rows = try places.get().rows
          let precision = try layout.precision?(file)
          let builder = try ColumnBuilder(type: .integer, budget: file.budget)
          for place in 0..<rows.count {
            try builder.append(precision?(rows[place]).map(Value.integer) ?? .null)
          }
          return try builder.finished()
        },
      ])
  }

  /// The first name that is known of each place.
  private func names(_ file: FlatFile) throws(EngineError) -> Column {
    if columns.name.count == 1 { return try columns.name[0].texts(rows, in: file) }
    let builder = try ColumnBuilder(type: .text, budget: file.budget)
    for place in 0..<rows.count {
      let name = columns.name.lazy.compactMap { $0.text(rows[place]) }.first
      try builder.append(name.map(Value.text) ?? .null)
    }
    return try builder.finished()
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
