public import AnnalsEngine

/// A table as text for people: a header, a rule, and a line for each row.
///
/// Numbers and figures stand on the right, null is `·`. Where there is a width, long texts are cut,
/// then columns and rows are left out, and the lines below the table say what is missing. Without one
/// everything is shown.
public struct TableText: Sendable {
  /// How many cells a line may take; nil is without bound.
  public var width: Int?
  /// How many rows are shown at most, where there is a width.
  public var rowLimit = 50
  /// Whether the types stand under the names.
  public var showsTypes = false
  /// Whether the line below the table says how many rows and columns it has, also where none is
  /// missing.
  public var showsCounts = false
  /// What the note on missing parts offers.
  public var remedy = "--format csv gives all"

  public init(width: Int? = nil) {
    self.width = width
  }

  /// The lines of a table, each ending with a line break.
  public func render(_ table: Table) -> String {
    var text = ""
    write(table, poll: {}, to: { text += $0 })
    return text
  }

  /// Hands on the lines of a table, each ending with a line break, some at a time. Where there is no width,
  /// no more than these are in memory.
  ///
  /// - Parameters:
  ///   - poll: Called for each row that is measured or written. What it throws ends the writing.
  ///   - sink: Takes the lines.
  public func write<Failure: Error>(
    _ table: Table, poll: () throws(Failure) -> Void, to sink: (String) throws(Failure) -> Void
  ) throws(Failure) {
    let shownRows = width == nil ? table.rowCount : min(table.rowCount, rowLimit)
    var columns = table.schema.fields.map { field in
      TextColumn(field, of: table, keeps: width == nil ? nil : shownRows, showsType: showsTypes)
    }
    if width == nil {
      for row in 0..<shownRows {
        try poll()
        for index in columns.indices { columns[index].measure(row) }
      }
    }
    let missing = fit(&columns)
    var lines = line(columns.map { ($0.name, $0) })
    if showsTypes { lines += line(columns.map { ($0.typeName, $0) }) }
    lines += columns.map { String(repeating: "─", count: $0.width) }.joined(separator: "  ") + "\n"
    for row in 0..<shownRows {
      try poll()
      lines += line(columns.map { ($0.cell(row), $0) })
      guard lines.utf8.count > Self.pieceByteCount else { continue }
      try sink(lines)
      lines = ""
    }
    for note in notes(table, shownRows: shownRows, missing: missing) { lines += note + "\n" }
    try sink(lines)
  }

  private static let pieceByteCount = 1 << 16

  private func line(_ cells: [(text: String, column: TextColumn)]) -> String {
    // Spaces at the end of a line are left out, and there may be many.
    var line = ""
    var spaces = 0
    for (index, (text, column)) in cells.enumerated() {
      let space = column.space(beside: text)
      spaces += (index > 0 ? 2 : 0) + (column.isRight ? space : 0)
      if !text.isEmpty {
        line += String(repeating: " ", count: spaces) + text
        spaces = 0
      }
      if !column.isRight { spaces += space }
    }
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }

  /// Narrows the columns to the width; gives the names of those that had to go.
  private func fit(_ columns: inout [TextColumn]) -> [String] {
    guard let width else { return [] }
    func total(_ columns: [TextColumn]) -> Int {
      columns.reduce(0) { $0 + $1.width } + 2 * max(columns.count - 1, 0)
    }
    while total(columns) > width,
      let widest = columns.indices.filter({ columns[$0].canShrink })
        .max(by: { columns[$0].width < columns[$1].width })
    {
      let over = total(columns) - width
      columns[widest].shrink(by: min(over, max(1, columns[widest].width / 8)))
    }
    var missing: [String] = []
    while total(columns) > width, columns.count > 1 {
      missing.insert(columns.removeLast().fullName, at: 0)
    }
    if total(columns) > width { columns[0].shrink(by: total(columns) - max(width, 1)) }
    return missing
  }

  private func notes(_ table: Table, shownRows: Int, missing: [String]) -> [String] {
    var parts: [String] = []
    if shownRows < table.rowCount {
      parts.append("\(table.rowCount - shownRows) of \(table.rowCount) rows")
    }
    if !missing.isEmpty {
      parts.append("\(missing.count) of \(table.schema.fields.count) columns")
    }
    let counts = showsCounts ? [Self.counts(table)] : []
    guard !parts.isEmpty else {
      return table.rowCount == 0 && !showsCounts ? ["(no rows)"] : counts
    }
    var lines = counts + ["… not shown: " + parts.joined(separator: " and ") + "; " + remedy]
    if !missing.isEmpty { lines.append("  " + missing.joined(separator: ", ")) }
    guard let width else { return lines }
    return lines.map { DisplayWidth.cut($0, to: max(width, 20)) }
  }

  private static func counts(_ table: Table) -> String {
    func counted(_ count: Int, _ word: String) -> String {
      "\(count) \(word)" + (count == 1 ? "" : "s")
    }
    return counted(table.rowCount, "row") + ", " + counted(table.schema.fields.count, "column")
  }
}

/// A column of a text table.
private struct TextColumn {
  let fullName: String
  private(set) var name: String
  private(set) var typeName: String
  private(set) var width: Int
  let isRight: Bool
  private let table: Table
  private let field: Field
  /// The texts of the first rows, which may be cut; nil where they are made as they are needed.
  private var cells: [String]?
  /// Half a number or date is a wrong one, so they are never cut.
  private let isWhole: Bool

  /// Texts are not cut shorter than this.
  private static let leastTextWidth = 16

  /// - Parameter keeps: How many rows are shown, cut to the width; nil for all, as they are. These are to be
  ///   measured.
  init(_ field: Field, of table: Table, keeps rowCount: Int?, showsType: Bool) {
    self.table = table
    self.field = field
    fullName = VisibleText.line(field.name)
    name = fullName
    typeName = showsType ? Self.shown(field.type) : ""
    isRight =
      switch field.type {
      case .integer, .number, .figure: true
      default: false
      }
    isWhole =
      switch field.type {
      case .text, .list, .reference: false
      default: true
      }
    width = max(DisplayWidth.of(name), DisplayWidth.of(typeName))
    guard let rowCount else { return }
    let texts = (0..<rowCount).map { cell($0) }
    width = texts.reduce(width) { max($0, DisplayWidth.of($1)) }
    cells = texts
  }

  mutating func measure(_ row: Int) { width = max(width, DisplayWidth.of(cell(row))) }

  func cell(_ row: Int) -> String {
    if let cells { return cells[row] }
    let value = table.value(row: row, field: field)
    return value == .null ? "·" : VisibleText.line(value.text)
  }

  private static func shown(_ type: ValueType) -> String {
    if case .reference(let table) = type { "→ " + VisibleText.line(table) } else { type.name }
  }

  var canShrink: Bool { !isWhole && width > Self.leastTextWidth }

  mutating func shrink(by count: Int) {
    width = max(width - count, 1)
    name = DisplayWidth.cut(name, to: width)
    typeName = DisplayWidth.cut(typeName, to: width)
    cells = cells?.map { DisplayWidth.cut($0, to: width) }
  }

  /// How many spaces stand beside a text.
  func space(beside text: String) -> Int { max(0, width - DisplayWidth.of(text)) }
}
