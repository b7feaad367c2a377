import Annals
import AnnalsPlatform

/// Shows what a block gave.
struct AnswerPrinter {
  let session: ConsoleSession
  let settings: ConsoleSettings
  let output: ConsoleOutput

  /// A terminal gets at most so many rows in a mode that cuts nothing.
  private static let terminalRowLimit = 1_000
  private static let pagedByteLimit = 8 << 20
  /// How wide a Lua table is where there is no terminal.
  private static let plainWidth = 80
  private static let remedy = "`.mode records` or `.save FILE` shows all"
  /// Lines of a table that hold no row: the heading, the counts, what is missing, and the next prompt.
  private static let tableOverhead = 7
  private static let leastRowCount = 5

  func print(_ answer: ConsoleAnswer) throws(CommandError) {
    let content: ConsoleAnswer.Content
    do throws(ScriptError) {
      content = try answer.content(width: width ?? Self.plainWidth)
    } catch {
      throw .script(error)
    }
    switch content {
    case .text(let text): output.show(shown(text) + "\n")
    case .row(let table): output.show(RecordsText(width: width).render(table))
    case .table(let table):
      do throws(ScriptError) { try print(try table.whole()) } catch { throw .script(error) }
    }
  }

  /// Shows what a script returned, as `annals run` does.
  func print(_ report: Report) throws(CommandError) {
    for (index, item) in report.items.enumerated() {
      if index > 0 { output.write("\n") }
      switch item {
      case .text(let text): output.write(shown(text) + "\n")
      case .table(let table):
        do throws(ScriptError) { try print(table) } catch { throw .script(error) }
      }
    }
  }

  /// Shows a table in the mode that was chosen.
  func print(_ table: Table) throws(ScriptError) {
    switch settings.mode {
    case .table:
      var text = TableText(width: width)
      text.showsTypes = true
      text.showsCounts = true
      text.remedy = Self.remedy
      if let height = output.height {
        text.rowLimit = max(height - Self.tableOverhead, Self.leastRowCount)
      }
      output.write(text.render(table))
    case .records:
      var text = RecordsText(width: width)
      text.rowLimit = output.isTerminal ? Self.terminalRowLimit : nil
      text.remedy = "`.save FILE` writes all"
      output.show(text.render(table))
    default: try write(table)
    }
  }

  private var width: Int? { settings.width ?? output.width }

  private func write(_ table: Table) throws(ScriptError) {
    guard let format = settings.mode.format else { return }
    let writer: TableWriter
    do throws(FormatsError) {
      writer = try TableWriter(table, format: format)
    } catch {
      throw .failed(
        kind: "file", message: error.description, at: nil, fix: nil, traceback: nil)
    }
    // A terminal gets it as a whole, to be paged, unless it is too large for that.
    var gathered: String? = output.isTerminal ? "" : nil
    try writer.write { piece throws(ScriptError) in
      try session.checkInterrupt()
      guard output.isTerminal else { return output.write(piece) }
      let text = (gathered ?? "") + shown(String(decoding: piece))
      gathered = gathered != nil && text.utf8.count < Self.pagedByteLimit ? text : nil
      if gathered == nil { output.write(text) }
    }
    if let gathered { output.show(gathered) }
  }

  /// Text as it is, but without acting on a terminal.
  private func shown(_ text: String) -> String {
    output.isTerminal ? VisibleText.lines(text) : text
  }
}
