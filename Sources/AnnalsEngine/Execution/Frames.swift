/// The rows that an aggregate is over for each row of a table: those between two places of an order in
/// which groups follow one another.
///
/// Within a group neither end ever moves back, and groups share no place.
struct Frames {
  /// The row at each place.
  let rows: Buffer<Int32>
  /// Where the frame of the row at each place begins, and where it ends.
  let starts: Buffer<Int32>
  let ends: Buffer<Int32>
  /// Places whose rows have a frame; nil if all have.
  let known: Bitmap?
  /// Whether the row at each place has the place's own number.
  let areInRowOrder: Bool

  var count: Int { rows.count }

  func hasFrame(_ place: Int) -> Bool { known?[place] ?? true }

  /// For each row those of its group up to itself.
  static func upToEach(
    _ groups: GroupedRows, _ context: RunContext
  ) throws(EngineError) -> Frames {
    let count = groups.rows.count
    let frames = Frames(
      rows: groups.rows, starts: try Buffer(count: count, budget: context.budget),
      ends: try Buffer(count: count, budget: context.budget), known: nil,
      areInRowOrder: groups.areTogether)
    var starts = frames.starts.mutableSpan
    var ends = frames.ends.mutableSpan
    for group in 0..<groups.count {
      let range = groups.range(group)
      for place in range {
        if place & 0xFFFF == 0 { try context.stop.check() }
        starts[place] = Int32(range.lowerBound)
        ends[place] = Int32(place + 1)
      }
    }
    return frames
  }

  /// For each row so many of its group that end with itself; near the group's beginning none, or as many
  /// as there are if `isPartial`.
  static func last(
    _ wanted: Int, of groups: GroupedRows, isPartial: Bool, _ context: RunContext
  ) throws(EngineError) -> Frames {
    let count = groups.rows.count
    let frames = Frames(
      rows: groups.rows, starts: try Buffer(count: count, budget: context.budget),
      ends: try Buffer(count: count, budget: context.budget),
      known: isPartial
        ? nil : try Bitmap(repeating: true, count: count, budget: context.budget),
      areInRowOrder: groups.areTogether)
    var starts = frames.starts.mutableSpan
    var ends = frames.ends.mutableSpan
    for group in 0..<groups.count {
      let range = groups.range(group)
      for place in range {
        if place & 0xFFFF == 0 { try context.stop.check() }
        let start = place + 1 - wanted
        starts[place] = Int32(max(start, range.lowerBound))
        ends[place] = Int32(place + 1)
        if start < range.lowerBound { frames.known?.clear(place) }
      }
    }
    return frames
  }

  /// For each row those of its group whose day lies in the span that ends with its own day.
  ///
  /// Rows without a day have no frame, and others only if their span begins with their group's first
  /// day or later, unless `isPartial`.
  static func rolling(
    _ groups: GroupedRows, _ dates: Column, _ span: CalendarSpan, isPartial: Bool,
    _ context: RunContext
  ) throws(EngineError) -> Frames {
    let count = groups.rows.count
    let everyHasOne = isPartial && dates.validity == nil
    let rows = try groups.sorted(byDaysOf: dates, context)
    let frames = Frames(
      rows: rows,
      starts: try Buffer(count: count, budget: context.budget),
      ends: try Buffer(count: count, budget: context.budget),
      known: everyHasOne
        ? nil : try Bitmap(repeating: true, count: count, budget: context.budget),
      areInRowOrder: groups.areTogether && rows === groups.rows)
    let days = try dates.dayNumbers(context.budget)
    for group in 0..<groups.count {
      try context.stop.check()
      let dated = frames.markUndated(groups.range(group), dates)
      frames.setEnds(dated, days, span, isPartial: isPartial)
    }
    return frames
  }

  /// - Returns: The places of a group but for those without a day, which are last.
  private func markUndated(_ places: Range<Int>, _ dates: Column) -> Range<Int> {
    var end = places.upperBound
    while end > places.lowerBound, dates.isNull(Int(rows[end - 1])) {
      end -= 1
      known?.clear(end)
      starts[end] = Int32(places.upperBound)
      ends[end] = Int32(places.upperBound)
    }
    return places.lowerBound..<end
  }

  private func setEnds(
    _ places: Range<Int>, _ days: Buffer<Int32>, _ span: CalendarSpan, isPartial: Bool
  ) {
    let numbers = rows.span
    let days = days.span
    var starts = starts.mutableSpan
    var ends = ends.mutableSpan
    var oldest = places.lowerBound
    var place = places.lowerBound
    while place < places.upperBound {
      let today = days[Int(numbers[place])]
      var end = place + 1
      while end < places.upperBound, days[Int(numbers[end])] == today { end += 1 }
      let before = span.start(before: Int(today))
      while Int(days[Int(numbers[oldest])]) <= before { oldest += 1 }
      let isFull = isPartial || before + 1 >= Int(days[Int(numbers[places.lowerBound])])
      for index in place..<end {
        starts[index] = Int32(oldest)
        ends[index] = Int32(end)
        if !isFull { known?.clear(index) }
      }
      place = end
    }
  }
}
