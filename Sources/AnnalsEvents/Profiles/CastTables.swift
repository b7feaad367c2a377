import AnnalsEngine

extension Cast {
  /// The tables `participations` and `actors`.
  ///
  /// - Parameter events: The table that participations refer to.
  static func tables(
    _ cast: Once<Cast>, events: EventTable, of file: FlatFile
  ) -> [DerivedTable] {
    let count: @Sendable () throws(EngineError) -> Int = { () throws(EngineError) in
      try cast.get().events.count
    }
    let participations = DerivedTable(
      "participations", budget: file.budget, count: count,
      filled: [
        .init("id", .integer) { () throws(EngineError) in try Making.numbered(count(), file) },
        .init("event", .reference(table: "events")) { () throws(EngineError) in
          try events.references(cast.get().events)
        },
        .init("actor", .reference(table: "actors")) { () throws(EngineError) in
          let cast = try cast.get()
          return try Making.references(cast.actors, to: "actors", keys: cast.ids, file)
        },
        .init("role", .text) { () throws(EngineError) in
          try cast.get().texts(file) { $0.role }
        },
        .init("side", .text) { () throws(EngineError) in
          try cast.get().texts(file) { $0.side }
        },
        .init("certainty", .text) { () throws(EngineError) in try cast.get().certainties },
      ])
    let actors = DerivedTable(
      "actors", budget: file.budget,
      count: { () throws(EngineError) in try cast.get().ids.count },
      filled: [
        .init("id", .text) { () throws(EngineError) in try cast.get().ids },
        .init("name", .text) { () throws(EngineError) in try cast.get().names },
        .init("kind", .text) { () throws(EngineError) in try cast.get().kinds },
        .init("country", .text) { () throws(EngineError) in try cast.get().countries },
      ])
    return [participations, actors]
  }

  /// A text for each participation, by its part.
  private func texts(
    _ file: FlatFile, _ text: (Part) -> String?
  ) throws(EngineError) -> Column {
    let texts = parts.map(text)
    var known: [String] = []
    for case let text? in texts where !known.contains(text) { known.append(text) }
    let places = texts.map { text in
      text.flatMap { known.firstIndex(of: $0) }.map { UInt8($0) } ?? .max
    }
    let codes = try Buffer<UInt8>(count: partNumbers.count, budget: file.budget)
    for row in 0..<partNumbers.count { codes[row] = places[Int(partNumbers[row])] }
    return try Making.texts(codes, among: known, file)
  }
}
