import Annals
import AnnalsPlatform

extension DotCommand {
  /// What tells about data, reads and writes it.
  static let forData: [DotCommand] = [
    DotCommand("tables", "The tables of the dataset, with their rows and columns.") {
      console, _ throws(CommandError) in
      console.output.show(tableList(of: console.session.dataset))
    },
    DotCommand("schema", "[TABLE]", "The columns of a table, or of all tables, with their types.") {
      console, text throws(CommandError) in
      guard text.isEmpty else {
        let table = try table(text, in: console, "schema")
        let schema = try Console.caught { () throws(ScriptError) in try table.schema() }
        return console.output.show(columnList(of: schema))
      }
      let entries = console.session.dataset.catalog.entries.filter { $0.table.rowCount > 0 }
      let parts = entries.map { $0.name + "\n" + columnList(of: $0.table.schema) }
      console.output.show(parts.joined(separator: "\n"))
    },
    DotCommand("describe", "[TABLE]", "What stands in each column of a table; without one, of `_`.")
    {
      console, text throws(CommandError) in
      let table = try table(text, in: console, "describe")
      let description = try Console.caught { () throws(ScriptError) in try table.description() }
      try Console.caught { () throws(ScriptError) in try console.printer.print(description) }
    },
    DotCommand("explain", "[TABLE]", "The plan of a table; without one, of `_`.") {
      console, text throws(CommandError) in
      let table = try table(text, in: console, "explain")
      let text = try Console.caught { () throws(ScriptError) in try table.explanation() }
      console.output.show(VisibleText.lines(text) + "\n")
    },
    DotCommand(
      "save", "FILE [TABLE]", "Writes a table, `_` without one, in the format of the file's ending."
    ) { console, text throws(CommandError) in
      guard let (path, rest) = firstWord(of: text) else {
        throw misuse("save", "`.save` needs a file to write")
      }
      try console.files.checkWriting(path)
      let table = try table(rest, in: console, "save")
      try Console.caught { () throws(ScriptError) in try table.save(to: path) }
      console.output.writeRemark("wrote \(path.shortened)")
    },
    DotCommand("open", "DATASET", "Opens another dataset as `data`; what is there stays usable.") {
      console, text throws(CommandError) in
      guard !text.isEmpty else { throw misuse("open", "`.open` needs a dataset") }
      let path = try DatasetFinder.path(of: text)
      try console.files.checkReading(path)
      let dataset = try console.opening(path)
      try Console.caught { () throws(ScriptError) in try console.session.open(dataset) }
      console.output.writeRemark("`data` is \(dataset.name)")
    },
  ]

  /// The table that somebody names, by its name in the dataset or by an expression; `_` without one.
  private static func table(
    _ text: String, in console: Console, _ command: String
  ) throws(CommandError) -> ConsoleTable {
    let isName = console.session.dataset.catalog[text] != nil
    let expression = isName ? "data[ [==[" + text + "]==] ]" : text.isEmpty ? "_" : text
    let answer = try console.value(of: expression)
    let content = try Console.caught { () throws(ScriptError) in try answer?.content(width: 80) }
    guard case .table(let table) = content else {
      throw .usage(
        text.isEmpty
          ? "`_` is no table of data" : "`\(text.shortened)` is no table of data",
        fix: "name one, as in `.\(command) data.events`; `.tables` lists those of the dataset")
    }
    return table
  }

  private static func tableList(of dataset: Dataset) -> String {
    let entries = dataset.catalog.entries
    let filled = entries.filter { $0.table.rowCount > 0 }
    var lines = AlignedLines.text(
      filled.map { entry in
        [
          entry.name, "\(entry.table.rowCount) rows",
          "\(entry.table.schema.fields.count) columns",
        ]
      }, right: [1, 2])
    let empty = entries.filter { $0.table.rowCount == 0 }.map(\.name)
    if !empty.isEmpty { lines += "without rows: " + empty.joined(separator: ", ") + "\n" }
    return VisibleText.lines(lines)
  }

  private static func columnList(of schema: Schema) -> String {
    let cells = schema.fields.map { field in
      var type = field.type.name
      if case .reference(let table) = field.type { type = "→ " + table }
      return ["  " + VisibleText.line(field.name), VisibleText.line(type)]
    }
    return AlignedLines.text(cells)
  }

  /// The first word, which may stand in quotes, and what follows it; nil if there is none.
  static func firstWord(of text: String) -> (word: String, rest: String)? {
    guard let first = text.first else { return nil }
    guard first == "\"" || first == "'" else {
      let word = text.prefix { !$0.isWhitespace }
      return (String(word), String(text.dropFirst(word.count)).trimmed)
    }
    let word = text.dropFirst().prefix { $0 != first }
    return (String(word), String(text.dropFirst(word.count + 2)).trimmed)
  }
}

/// Cells in columns as wide as their widest.
enum AlignedLines {
  /// A line for each row of cells, each ending with a line break.
  ///
  /// - Parameters:
  ///   - right: The columns that stand on the right.
  ///   - width: Where the last cells go on in the next line, between words; nil is nowhere.
  static func text(_ rows: [[String]], right: Set<Int> = [], width: Int? = nil) -> String {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { column < $0.count ? DisplayWidth.of($0[column]) : 0 }.max() ?? 0
    }
    let indent = widths.dropLast().reduce(0) { $0 + $1 + 2 }
    let wrapped = rows.flatMap { row in
      guard let width, row.count == count, let last = row.last else { return [row] }
      let pieces = words(of: last, limit: max(width - indent, Self.leastWidth))
      return pieces.enumerated().map { index, piece in
        (index == 0 ? row.dropLast() : row.dropLast().map { _ in "" }) + [piece]
      }
    }
    return wrapped.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let space = String(repeating: " ", count: widths[column] - DisplayWidth.of(cell))
        line += (column > 0 ? "  " : "") + (right.contains(column) ? space + cell : cell + space)
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  /// A text does not go on in lines shorter than this.
  private static let leastWidth = 20

  /// Pieces of whole words that fit, where words do.
  private static func words(of text: String, limit: Int) -> [String] {
    var pieces: [String] = []
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if let last = pieces.last, DisplayWidth.of(last) + 1 + DisplayWidth.of(String(word)) <= limit
      {
        pieces[pieces.count - 1] = last + " " + word
      } else {
        pieces.append(String(word))
      }
    }
    return pieces
  }
}
