import AnnalsEngine

/// A column of the model's `events` that follows from published ones.
struct EventColumn: Sendable {
  let name: String
  let type: ValueType
  /// Of days, the published columns that they are read from.
  var days: [String] = []
  let making: @Sendable (FlatFile, RowList) throws(EngineError) -> Column

  /// The texts of the first of some columns that the file has.
  static func texts(_ name: String, _ published: String...) -> EventColumn {
    EventColumn(name: name, type: .text) { file, list throws(EngineError) in
      try file.column(published).texts(list, in: file)
    }
  }

  /// The days of the first of some columns that the file has.
  static func days(_ name: String, _ published: String...) -> EventColumn {
    EventColumn(name: name, type: .day, days: published) { file, list throws(EngineError) in
      try file.column(published).days(list, in: file)
    }
  }

  /// One text for all events.
  static func same(_ name: String, _ text: String) -> EventColumn {
    EventColumn(name: name, type: .text) { file, list throws(EngineError) in
      try Making.text(text, list.count, file)
    }
  }

  /// What the texts of a column mean, each of which is asked about once; null stays null.
  static func meaning(
    _ name: String, _ published: String, _ meaning: @escaping @Sendable (String) -> String?
  ) -> EventColumn {
    EventColumn(name: name, type: .text) { file, list throws(EngineError) in
      try file.column(published).converted(list, to: .text, in: file) { column, row in
        column.text(row).flatMap(meaning).map(Value.text) ?? .null
      }
    }
  }

  /// Texts that are made row by row.
  static func made(_ name: String, _ rule: @escaping RowRule<String?>) -> EventColumn {
    cells(name, .text, rule, Value.text)
  }

  /// Days that are made row by row.
  static func madeDays(_ name: String, _ rule: @escaping RowRule<Day?>) -> EventColumn {
    cells(name, .day, rule, Value.day)
  }

  private static func cells<Made>(
    _ name: String, _ type: ValueType, _ rule: @escaping RowRule<Made?>,
    _ value: @escaping @Sendable (Made) -> Value
  ) -> EventColumn {
    EventColumn(name: name, type: type) { file, list throws(EngineError) in
      let made = try rule(file)
      let builder = try ColumnBuilder(type: type, budget: file.budget)
      try file.forEach(list.count) { event throws(EngineError) in
        try builder.append(made(list[event]).map(value) ?? .null)
      }
      return try builder.finished()
    }
  }
}
