import AnnalsEngine
import AnnalsFormats

/// Gathers what there is to say about the values of a profiled file.
struct Findings {
  private let file: FlatFile
  private(set) var notes: [DatasetNote] = []

  /// How many different values a note shows.
  private static let shownCount = 5

  /// All there is to say of a file by its profile.
  init(_ tables: LayoutTables, _ profile: Profile) throws(EngineError) {
    file = tables.file
    let rows = try tables.rows.get()
    try repeats(of: profile.layout, rows)
    for category in profile.categories { try unknown(category.column, category.isKnown) }
    for name in Set(profile.layout.dates.flatMap(\.days)).sorted() {
      let days = try file.column(name)
      try self.rows(name, "no day") { !days.isNull($0) && days.day($0) == nil }
    }
    try coordinates(profile.layout.places)
    try profile.check?(&self, file, rows)
    for sentinel in profile.sentinels { try stands(sentinel) }
  }

  private mutating func coordinates(_ places: PlaceLayout) throws(EngineError) {
    let latitude = try file.column(places.latitude)
    let longitude = try file.column(places.longitude)
    let all = [
      (places.latitude, latitude, limit: 90.0), (places.longitude, longitude, limit: 180.0),
    ]
    for (name, degrees, limit) in all {
      try rows(name, "no number of degrees") {
        !degrees.isNull($0) && degrees.coordinate($0) == nil
      }
      try rows(name, "no degrees of the globe, kept; `distance` and `priogrid` give null") {
        degrees.coordinate($0).map { abs($0) > limit } ?? false
      }
    }
    try rows(places.latitude, "0, 0, a point at sea, where some files mean no place; kept") {
      latitude.coordinate($0) == 0 && longitude.coordinate($0) == 0
    }
  }

  private mutating func stands(_ sentinel: Sentinel) throws(EngineError) {
    for name in sentinel.columns.sorted() {
      guard let field = file.field(name) else { continue }
      let published = FlatColumn(try file.table.column(field.slot))
      try rows(name, "\(sentinel.value), which means \(sentinel.meaning); null but in `original`") {
        sentinel.stands(in: published, $0)
      }
    }
  }

  /// Values of a column that its publisher's codebook does not have; they are kept as they are.
  ///
  /// - Parameter isKnown: Of a value's text.
  mutating func unknown(_ name: String, _ isKnown: (String) -> Bool) throws(EngineError) {
    guard let field = file.field(name) else { return }
    let column = try file.column(name)
    var counts: [String: Int] = [:]
    var order: [String] = []
    var total = 0
    // A row is looked at once for each different text, as far as they are few.
    let isOdd = try column.converted(
      RowList(all: file.table.foundRowCount()), to: .boolean, in: file
    ) { .boolean(!isKnown($0.text($1) ?? "")) }
    try file.forEach(isOdd.count) { row throws(EngineError) in
      guard isOdd.value(row) == .boolean(true), let text = column.text(row) else { return }
      total += 1
      if let known = counts[text] {
        counts[text] = known + 1
      } else if order.count < Self.shownCount {
        order.append(text)
        counts[text] = 1
      }
    }
    if total == 0 { return }
    let shown = order.map { "\(ShownText.quoted($0)) (\(counts[$0] ?? 0))" }
    let all = shown.reduce("") { $0.isEmpty ? $1 : $0 + ", " + $1 }
    add(field.name, ShownText.counted(total, "value") + " unknown to the codebook, kept: " + all)
  }

  /// Rows for which something holds.
  ///
  /// - Parameter text: What is to be said, after the number of rows.
  mutating func rows(
    _ column: String?, _ text: String, where holds: (Int) -> Bool
  ) throws(EngineError) {
    var (count, first) = (0, 0)
    try file.forEach(file.table.foundRowCount()) { row throws(EngineError) in
      guard holds(row) else { return }
      if count == 0 { first = row }
      count += 1
    }
    if count == 0 { return }
    let name = column.flatMap { file.field($0)?.name } ?? column
    add(name, "\(ShownText.counted(count, "row")), the first is row \(first + 1): " + text)
  }

  /// Says what becomes of rows that have the id of another, or none, and of those that are no events.
  private mutating func repeats(
    of layout: EventLayout, _ rows: EventRows
  ) throws(EngineError) {
    let id = try file.columns(layout.id)
    let name = layout.id.first
    let isEvent = { (row: Int) in rows.events.map { $0[row] >= 0 } ?? true }
    try self.rows(nil, "about no event, in `original` alone") { !isEvent($0) }
    try self.rows(name, "no id, named by the row") { row in
      isEvent(row) && id.allSatisfy { $0.isNull(row) }
    }
    guard let events = rows.events else { return }
    let speaker = layout.edited == nil ? "the first" : "the one edited last"
    try self.rows(name, "the id of another row; \(speaker) speaks for the event") {
      events[$0] >= 0 && rows.list[Int(events[$0])] != $0
    }
  }

  mutating func add(_ column: String?, _ text: String) {
    notes.append(DatasetNote(table: "original", column: column, text))
  }
}
