import Annals
import AnnalsPlatform

/// Writes what a script returned, or the tables of another command.
struct ReportWriter {
  let format: OutputFormat
  /// The table that is wanted, counted from 1; nil for all.
  let tableNumber: Int?
  /// The file to write, begun before the script runs; nil for standard output.
  let file: AtomicFile?
  /// How long it may take, and how much it may write; nil is without end.
  var limits: WritingLimits?

  func write(_ report: Report) throws(CommandError) {
    let items = try chosen(report)
    if format == .arrow, file == nil, StandardStream.output.isTerminal {
      throw .usage("Arrow is nothing to look at", fix: "write it to a file with `-o`")
    }
    if !format.holdsDocument { writeRemarks(report) }
    guard let file else {
      let (width, isShown) = (StandardStream.output.terminalWidth, StandardStream.output.isTerminal)
      return try write(items, width: width, isShown: isShown) { bytes throws(CommandError) in
        try limits?.count(bytes.count)
        // A reader may take the time that it likes.
        let start = WritingLimits.now()
        try StandardOutput.write(bytes)
        limits?.leaveOut(since: start)
      }
    }
    try write(items, width: nil, isShown: false) { bytes throws(CommandError) in
      try limits?.count(bytes.count)
      do throws(PlatformError) { try file.write(bytes) } catch {
        throw .writing(error.description)
      }
    }
    do throws(PlatformError) { try file.finish() } catch { throw .writing(error.description) }
  }

  /// What a file would hold.
  func bytes(of report: Report) throws(CommandError) -> [UInt8] {
    var bytes: [UInt8] = []
    try write(try chosen(report), width: nil, isShown: false) { piece throws(CommandError) in
      for index in piece.indices { bytes.append(piece[index]) }
    }
    return bytes
  }

  /// Checks that the format can hold the report before anything is written.
  private func chosen(_ report: Report) throws(CommandError) -> [Report.Item] {
    let tables = report.tables
    if let tableNumber {
      guard tables.indices.contains(tableNumber - 1) else {
        throw .usage(
          "there is no table \(tableNumber), the script returned \(tables.count)", fix: nil)
      }
      return [.table(tables[tableNumber - 1])]
    }
    guard !format.holdsDocument else { return report.items }
    guard tables.count == 1, let table = tables.first else {
      throw .usage(
        "\(format.rawValue) holds one table, and the script returned \(tables.count)",
        fix: tables.isEmpty
          ? "use `--format text`"
          : "choose one with `--table N`, or use `--format text` or `markdown`")
    }
    return [.table(table)]
  }

  /// Texts have no place in a format of tables, but nothing is dropped: they go to standard error.
  private func writeRemarks(_ report: Report) {
    for case .text(let text) in report.items {
      let isTerminal = StandardStream.error.isTerminal
      StandardStream.error.write((isTerminal ? VisibleText.lines(text) : text) + "\n")
    }
  }

  private func write(
    _ items: [Report.Item], width: Int?, isShown: Bool,
    to sink: (Span<UInt8>) throws(CommandError) -> Void
  ) throws(CommandError) {
    for (index, item) in items.enumerated() {
      if index > 0 { try write("\n", to: sink) }
      switch item {
      // Text goes out as it is, but does not act on a terminal.
      case .text(let text): try write((isShown ? VisibleText.lines(text) : text) + "\n", to: sink)
      case .table(let table): try write(table, width: width, to: sink)
      }
    }
  }

  private func write(
    _ table: Table, width: Int?, to sink: (Span<UInt8>) throws(CommandError) -> Void
  ) throws(CommandError) {
    guard let tableFormat = format.tableFormat else {
      return try TableText(width: width).write(
        table, poll: { () throws(CommandError) in try limits?.checkTime() },
        to: { lines throws(CommandError) in try write(lines, to: sink) })
    }
    let writer: TableWriter
    do throws(FormatsError) {
      writer = try TableWriter(table, format: tableFormat)
    } catch {
      throw .writing(error.description)
    }
    try writer.write(to: sink)
  }

  private func write(
    _ text: String, to sink: (Span<UInt8>) throws(CommandError) -> Void
  ) throws(CommandError) {
    try sink(Array(text.utf8).span)
  }
}

extension ReportWriter {
  /// Begins the file to write; nil for standard output.
  static func beginFile(_ path: String?) throws(CommandError) -> AtomicFile? {
    guard let path else { return nil }
    do throws(PlatformError) { return try AtomicFile(path: path) } catch {
      throw .writing(error.description)
    }
  }

  /// The format that was asked for, else that of the file's ending, else text.
  static func format(
    _ given: OutputFormat?, for output: String?
  ) throws(CommandError) -> OutputFormat {
    if let given {
      warnOfEnding(given, output)
      return given
    }
    guard let output else { return .text }
    guard let format = OutputFormat(path: output) else {
      throw .usage(
        "the ending of `\(output.shortened)` tells no format",
        fix: "give `--format`, or end it in .txt, .csv, .tsv, .json, .ndjson, .md or .arrow")
    }
    return format
  }

  /// A file whose ending stands for another format is written all the same, but not in silence.
  private static func warnOfEnding(_ format: OutputFormat, _ output: String?) {
    guard let output, let ending = OutputFormat(path: output), ending != .text, ending != format
    else { return }
    StandardStream.error.write(
      "annals: `\(output)` is written as \(format.rawValue), as `--format` asks, and not as"
        + " \(ending.rawValue)\n")
  }
}
