import AnnalsEngine
import AnnalsFormats

/// The events of one release, and what was published of each.
struct RevisedEvents {
  /// `old` or `new`, for notes.
  let release: String
  let ids: Column
  let index: KeyIndex
  /// The columns that are compared, by folded name, and where an event stands in them.
  let columns: [(name: String, folded: String, column: FlatColumn)]
  let rows: RowList
  private let repeatedCount: Int
  private let firstRepeated: String?

  /// Of a publisher's file what is compared are its own columns, since what is derived changes with
  /// them; the row that speaks for an event stands for it.
  init(
    _ dataset: Dataset, _ release: String, _ context: RunContext
  ) throws(EventsError) {
    guard let events = dataset.catalog["events"], let id = events.table.schema["id"],
      [.text, .integer].contains(id.type)
    else { throw .noKey(dataset: dataset.name) }
    self.release = release
    do throws(EngineError) {
      ids = try events.table.column(id.slot)
      var (count, first): (Int, Int?) = (0, nil)
      index = try KeyIndex([ids], rowCount: ids.count, budget: context.budget) { row, _ in
        count += 1
        first = first ?? row
      }
      if let flat = dataset.flat {
        let list = try flat.rows.get()
        rows = list.list
        columns = try Self.columns(of: flat.file.table)
        if let numbers = list.events {
          for row in 0..<numbers.count where numbers[row] >= 0 {
            guard list.list[Int(numbers[row])] != row else { continue }
            count += 1
            first = first ?? Int(numbers[row])
          }
        }
      } else {
        rows = RowList(all: ids.count)
        columns = try Self.columns(of: events.table).filter { $0.folded != "id" }
      }
      repeatedCount = count
      firstRepeated = first.map { [ids] in ids.value($0).text }
    } catch {
      throw .engine(cause: error)
    }
  }

  private static func columns(
    of table: Table
  ) throws(EngineError) -> [(name: String, folded: String, column: FlatColumn)] {
    var columns: [(name: String, folded: String, column: FlatColumn)] = []
    for field in table.schema.fields where field.type != .figure {
      columns.append(
        (field.name, FlatFile.folded(field.name), FlatColumn(try table.column(field.slot))))
    }
    return columns
  }

  var notes: [DatasetNote] {
    guard repeatedCount > 0, let firstRepeated else { return [] }
    return [
      DatasetNote(
        "\(ShownText.counted(repeatedCount, "row")) of the \(release) release with the id of another,"
          + " such as \(ShownText.quoted(firstRepeated)); one speaks for the event")
    ]
  }
}
