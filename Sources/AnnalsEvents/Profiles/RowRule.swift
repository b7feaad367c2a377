import AnnalsEngine

/// What is made of a row of a publisher's file: looks up its columns once, and is then asked about row
/// after row.
typealias RowRule<Made> = @Sendable (FlatFile) throws(EngineError) -> (Int) -> Made

/// Rules that many publishers need.
enum RowRules {
  /// The first known text among some columns.
  static func text(_ names: String...) -> RowRule<String?> {
    { file throws(EngineError) in
      let columns = try file.columns(names)
      return { row in columns.lazy.compactMap { $0.text(row) }.first }
    }
  }

  /// What the text of a column means; nil where the column is null.
  static func meaning(
    _ name: String, _ meaning: @escaping @Sendable (String) -> String?
  ) -> RowRule<String?> {
    { file throws(EngineError) in
      let column = try file.column(name)
      return { row in column.text(row).flatMap(meaning) }
    }
  }

  /// What the whole number in a column means; nil where it is none.
  static func code<Made>(
    _ name: String, _ meaning: @escaping @Sendable (Int64) -> Made?
  ) -> RowRule<Made?> {
    { file throws(EngineError) in
      let column = try file.column(name)
      return { row in column.integer(row).flatMap(meaning) }
    }
  }

  /// The day of a column, or where that has none, of those that hold its year, month and day.
  static func day(_ whole: String?, parts: [String]) -> RowRule<Day?> {
    { file throws(EngineError) in
      let whole = try whole.map { name throws(EngineError) in try file.column(name) }
      let parts = try file.columns(parts)
      return { row in
        if let day = whole?.day(row) { return day }
        guard let year = parts[0].integer(row), (1...9999).contains(year),
          let month = parts[1].integer(row), (1...12).contains(month),
          let day = parts[2].integer(row), (1...31).contains(day)
        else { return nil }
        return Day(year: Int(year), month: Int(month), day: Int(day))
      }
    }
  }

  /// `day` where the first day is also the last, else `days`; nil without a first day.
  static func dayOrDays(
    _ start: @escaping RowRule<Day?>, _ end: @escaping RowRule<Day?>
  ) -> RowRule<String?> {
    { file throws(EngineError) in
      let (start, end) = (try start(file), try end(file))
      return { row in start(row).map { $0 == end(row) ?? $0 ? "day" : "days" } }
    }
  }

  /// Who did what to whom: `MUMBAI → KIWI: consult`; nil where what is unknown.
  static func title(
    _ agent: String, _ target: String?, _ what: @escaping RowRule<String?>
  ) -> RowRule<String?> {
    { file throws(EngineError) in
      let (agent, what) = (try file.column(agent), try what(file))
      let target = try target.map { name throws(EngineError) in try file.column(name) }
      return { row in
        guard let what = what(row) else { return nil }
        var title = agent.text(row) ?? ""
        if let target = target?.text(row) { title += (title.isEmpty ? "→ " : " → ") + target }
        return title.isEmpty ? what : title + ": " + what
      }
    }
  }
}
