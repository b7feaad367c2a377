import AnnalsEngine

/// Tolls that a file states of its events: the rows of `figures` or of `parts`.
struct TollClaims: Sendable {
  /// What one column or three of a publisher count.
  struct Count: Hashable, Sendable {
    var measure = "killed"
    var unit = "person"
    var population: String?
    var accumulation = "increment"
  }

  /// What is counted; each toll bears the place of one of them.
  let counts: [Count]
  let events: Buffer<Int32>
  let countNumbers: Buffer<UInt8>
  let low: Column
  let best: Column
  let high: Column
  /// Places among ``qualifiers``.
  let qualifierNumbers: Buffer<UInt8>
  /// For each toll that is part of another the number of that one, else -1.
  let wholes: Buffer<Int32>

  /// What a toll's bounds are.
  enum Qualifier: UInt8, CaseIterable, Sendable {
    case exact, range, atLeast, noneOrUnknown, moreThan, lessThan, atMost, about, vague

    var text: String {
      switch self {
      case .exact: "exact"
      case .range: "range"
      case .atLeast: "at_least"
      case .noneOrUnknown: "none_or_unknown"
      case .moreThan: "more_than"
      case .lessThan: "less_than"
      case .atMost: "at_most"
      case .about: "about"
      case .vague: "vague"
      }
    }
  }

  /// The columns of the table of claims that follow from the tolls.
  ///
  /// - Parameters:
  ///   - rules: What the tolls were made by.
  ///   - dates: Columns of the events that claims share with them, by name.
  static func columns(
    _ tolls: Once<TollClaims>, _ rules: [TollRule], rows: Once<EventRows>, events: EventTable,
    dates: [DerivedTable.DerivedColumn]
  ) -> [DerivedTable.DerivedColumn] {
    let file = events.file
    let count: @Sendable () throws(EngineError) -> Int = { () throws(EngineError) in
      try tolls.get().events.count
    }
    func texts(
      _ name: String, _ text: @escaping @Sendable (Count) -> String?
    ) -> DerivedTable.DerivedColumn {
      .init(name, .text) { () throws(EngineError) in try tolls.get().texts(file, text) }
    }
    func made(
      _ name: String, _ rule: @escaping @Sendable (TollRule) -> RowRule<String?>?
    ) -> [DerivedTable.DerivedColumn] {
      if rules.allSatisfy({ rule($0) == nil }) { return [] }
      return [
        .init(name, .text) { () throws(EngineError) in
          let made = try rules.map { one throws(EngineError) in try rule(one)?(file) }
          return try tolls.get().made(made, rows.get(), file)
        }
      ]
    }
    let columns: [DerivedTable.DerivedColumn] = [
      .init("id", .integer) { () throws(EngineError) in try Making.numbered(count(), file) },
      .init("event", .reference(table: "events")) { () throws(EngineError) in
        try events.references(tolls.get().events)
      },
      texts("measure") { $0.measure }, texts("unit") { $0.unit },
      texts("population") { $0.population },
      .init(name: "value", type: .figure) { () throws(EngineError) in
        let tolls = try tolls.get()
        return [tolls.low, tolls.best, tolls.high]
      },
      .init("qualifier", .text) { () throws(EngineError) in
        try Making.texts(
          tolls.get().qualifierNumbers, among: Qualifier.allCases.map(\.text), file)
      },
      texts("accumulation") { $0.accumulation },
    ]
    return columns + made("basis") { $0.basis } + made("stated") { $0.stated }
      + dates.map { date in
        .init(name: date.name, type: date.type) { () throws(EngineError) in
          var columns: [Column] = []
          for column in try date.making() {
            columns.append(try RowList(tolls.get().events).gathered(column, file.budget))
          }
          return columns
        }
      }
  }

  /// What the rules of the tolls, by their places, make of the rows of their events.
  private func made(
    _ rules: [((Int) -> String?)?], _ rows: EventRows, _ file: FlatFile
  ) throws(EngineError) -> Column {
    let builder = try ColumnBuilder(type: .text, budget: file.budget)
    try file.forEach(events.count) { toll throws(EngineError) in
      let rule = rules[Int(countNumbers[toll])]
      let text = rule?(rows.list[Int(events[toll])])
      try builder.append(text.map(Value.text) ?? .null)
    }
    return try builder.finished()
  }

  /// A text for each toll, by what it counts.
  private func texts(
    _ file: FlatFile, _ text: (Count) -> String?
  ) throws(EngineError) -> Column {
    let texts = counts.map(text)
    var known: [String] = []
    for case let text? in texts where !known.contains(text) { known.append(text) }
    let places = texts.map { text in
      text.flatMap { known.firstIndex(of: $0) }.map { UInt8($0) } ?? .max
    }
    let codes = try Buffer<UInt8>(count: countNumbers.count, budget: file.budget)
    for row in 0..<countNumbers.count { codes[row] = places[Int(countNumbers[row])] }
    return try Making.texts(codes, among: known, file)
  }
}

extension TollClaims {
  /// - Parameters:
  ///   - rules: Fewer than 256.
  ///   - wholes: The figures that the tolls are parts of; nil where they are figures themselves.
  init(
    _ rules: [TollRule], wholes: TollClaims?, _ file: FlatFile, _ rows: EventRows
  ) throws(EngineError) {
    let tolls = try TollsBuilder(file, counts: rules.map(\.count))
    let numbers = try rules.map { rule throws(EngineError) in try rule.toll(file) }
    var next = 0
    try file.forEach(rows.count) { event throws(EngineError) in
      let row = rows.list[event]
      while let wholes, next < wholes.events.count, wholes.events[next] < Int32(event) { next += 1 }
      for (place, number) in numbers.enumerated() {
        guard let toll = number(row) else { continue }
        try tolls.add(
          toll, of: event, count: place,
          whole: wholes?.number(of: rules[place].whole, of: event, from: next))
      }
    }
    self = try tolls.finished()
  }

  /// The toll of an event that counts something, looked for from the event's first on.
  private func number(of count: Int, of event: Int, from first: Int) -> Int? {
    var toll = first
    while toll < events.count, events[toll] == Int32(event) {
      if countNumbers[toll] == UInt8(count) { return toll }
      toll += 1
    }
    return nil
  }
}

/// Gathers ``TollClaims`` event by event.
private final class TollsBuilder {
  private let counts: [TollClaims.Count]
  private let events: GrowingBuffer<Int32>
  private let countNumbers: GrowingBuffer<UInt8>
  private let low: ColumnBuilder
  private let best: ColumnBuilder
  private let high: ColumnBuilder
  private let qualifiers: GrowingBuffer<UInt8>
  private let wholes: GrowingBuffer<Int32>

  /// - Parameter counts: All that is counted, fewer than 256.
  init(_ file: FlatFile, counts: [TollClaims.Count]) throws(EngineError) {
    self.counts = counts
    events = try GrowingBuffer(budget: file.budget)
    countNumbers = try GrowingBuffer(budget: file.budget)
    low = try ColumnBuilder(type: .number, budget: file.budget)
    best = try ColumnBuilder(type: .number, budget: file.budget)
    high = try ColumnBuilder(type: .number, budget: file.budget)
    qualifiers = try GrowingBuffer(budget: file.budget)
    wholes = try GrowingBuffer(budget: file.budget)
  }

  /// Adds a toll of an event, unless nothing of it is known.
  ///
  /// - Parameters:
  ///   - count: What it counts, by its place.
  ///   - whole: The number of the toll that it is part of.
  func add(
    _ toll: TollRule.Toll, of event: Int, count: Int, whole: Int?
  ) throws(EngineError) {
    let figure = toll.figure
    if figure.isNull { return }
    try events.append(Int32(event))
    try countNumbers.append(UInt8(count))
    try low.append(figure.low.map(Value.number) ?? .null)
    try best.append(figure.best.map(Value.number) ?? .null)
    try high.append(figure.high.map(Value.number) ?? .null)
    try qualifiers.append(toll.qualifier?.rawValue ?? .max)
    try wholes.append(Int32(whole ?? -1))
  }

  /// The tolls; the builder is used up.
  func finished() throws(EngineError) -> TollClaims {
    TollClaims(
      counts: counts, events: try events.finished(), countNumbers: try countNumbers.finished(),
      low: try low.finished(), best: try best.finished(), high: try high.finished(),
      qualifierNumbers: try qualifiers.finished(), wholes: try wholes.finished())
  }
}
