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

  /// `day` where the first day is also the last, else `days`; nil without a first day.
  static func dayOrDays(_ start: String, _ end: String) -> RowRule<String?> {
    { file throws(EngineError) in
      let (start, end) = (try file.column(start), try file.column(end))
      return { row in
        guard let first = start.day(row) else { return nil }
        return first == end.day(row) ?? first ? "day" : "days"
      }
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
