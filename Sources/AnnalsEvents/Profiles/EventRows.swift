import AnnalsEngine

/// Which rows of a file stand for events, and which event each row is about.
///
/// Most publishers write one row for each event. Where several rows have the id of one event, one of
/// them speaks for it: the one that was edited last, else the first.
struct EventRows: Sendable {
  /// The row that speaks for each event.
  let list: RowList
  /// The event of each row of the file, -1 if it is about none; nil where each row is one event.
  let events: Buffer<Int32>?

  var count: Int { list.count }

  /// A row without a value in any column of the id is an event of its own.
  init(_ file: FlatFile, _ layout: EventLayout) throws(EngineError) {
    let id = try layout.id.map { name throws(EngineError) in try file.column(name) }
    let edited = try file.column(layout.edited.map { [$0] } ?? [])
    let isEvent = try layout.isEvent?(file)
    let rowCount = try file.table.foundRowCount()
    if isEvent == nil, id.count == 1, let only = id[0].column,
      try Self.areDistinct(only, file.budget)
    {
      list = RowList(all: rowCount)
      events = nil
      return
    }
    let numbers = try ThingNumbers(budget: file.budget)
    let eventOfNumber = try GrowingBuffer<Int32>(budget: file.budget)
    let rows = try GrowingBuffer<Int32>(budget: file.budget)
    let events = try Buffer<Int32>(count: rowCount, budget: file.budget)
    try file.forEach(rowCount) { row throws(EngineError) in
      guard isEvent?(row) ?? true else {
        events[row] = -1
        return
      }
      guard let number = try numbers.number(id, row) else {
        events[row] = Int32(rows.count)
        return try rows.append(Int32(row))
      }
      if number == eventOfNumber.count {
        try eventOfNumber.append(Int32(rows.count))
        try rows.append(Int32(row))
      }
      let event = eventOfNumber[number]
      events[row] = event
      let speaker = Int(rows[Int(event)])
      if speaker != row, let new = edited.number(row), new > edited.number(speaker) ?? -.infinity {
        rows[Int(event)] = Int32(row)
      }
    }
    if rows.count == rowCount {
      list = RowList(all: rowCount)
      self.events = nil
    } else {
      list = RowList(try rows.finished())
      self.events = events
    }
  }

  /// Whether whole numbers within a narrow range are all different and none is null.
  private static func areDistinct(
    _ column: Column, _ budget: MemoryBudget
  ) throws(EngineError) -> Bool {
    guard column.type == .integer, column.nullCount == 0, column.count > 0 else { return false }
    var (least, greatest) = (Int64.max, Int64.min)
    for row in 0..<column.count {
      least = min(least, column.integer(row))
      greatest = max(greatest, column.integer(row))
    }
    let (span, overflow) = greatest.subtractingReportingOverflow(least)
    guard !overflow, span < Int64(column.count) * 64 else { return false }
    let seen = try Bitmap(count: Int(span) + 1, budget: budget)
    for row in 0..<column.count {
      let place = Int(column.integer(row) - least)
      if seen[place] { return false }
      seen.set(place)
    }
    return true
  }
}
