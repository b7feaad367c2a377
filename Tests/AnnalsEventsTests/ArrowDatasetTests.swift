import AnnalsEngine
import AnnalsEvents
import AnnalsFormats
import Foundation
import Testing

/// Datasets whose tables stand in Arrow files.
@Suite struct ArrowDatasetTests {
  @Test func `keys, references and constraints are checked, by row`() throws {
    let folder = try ArrowFolder()
    try folder.write(
      "events.csv", "id,type,killed\ne1,clash,1\ne1,strike,2\n,clash,-3\n", as: "events.arrow")
    try folder.write("parts.csv", "event,role\ne1,agent\ne9,agent\n", as: "parts.arrow")
    try folder.describe(
      """
      {"resources": [
        {"name": "events", "path": "events.arrow", "schema": {
          "fields": [
            {"name": "id", "type": "string"},
            {"name": "type", "type": "string", "constraints": {"enum": ["clash", "protest"]}},
            {"name": "killed", "type": "integer", "constraints": {"minimum": 0}}],
          "primaryKey": "id"}},
        {"name": "participations", "path": "parts.arrow", "schema": {
          "fields": [
            {"name": "event", "type": "string"}, {"name": "role", "type": "string"}],
          "foreignKeys": [
            {"fields": "event", "reference": {"resource": "events", "fields": "id"}}]}}]}
      """)
    #expect(
      folder.failure() == """
        5 problems in the data of `\(folder.name)`
          events.arrow, row 2, column `type`: `strike` is none of the allowed values
            fix: use `clash` or `protest`
          events.arrow, row 2, column `id`: the key `e1` stands in row 1 already
            fix: change or remove one of the two rows
          events.arrow, row 3, column `id`: the key is missing
            fix: give the row a key of its own
          events.arrow, row 3, column `killed`: `-3` is less than `0`
            fix: correct it, or the constraint in the schema
          parts.arrow, row 2, column `event`: no row of `events` has the key `e9`
            fix: did you mean `e1`?
        """)
  }

  @Test(arguments: [
    (
      #"{"name": "id", "type": "string"}, {"name": "kind", "type": "string"}"#,
      "it has no column `kind`", "did you mean `kinds`?"
    ),
    (
      #"{"name": "id", "type": "string"}"#,
      "it has a column `kinds`, which is not in the schema", "correct the schema or the file"
    ),
    (
      #"{"name": "id", "type": "integer"}, {"name": "kinds", "type": "string"}"#,
      "its column `id` is text, but declared as integer", "declare it as text"
    ),
  ])
  func `a file must have the columns that the description says`(
    fields: String, wrong: String, fix: String
  ) throws {
    let folder = try ArrowFolder()
    try folder.write("t.csv", "id,kinds\na,b\n", as: "t.arrow")
    try folder.describe(
      #"{"resources": [{"name": "t", "path": "t.arrow", "schema": {"fields": [\#(fields)]}}]}"#)
    #expect(folder.failure() == "\(wrong)\n  at:  t.arrow\n  fix: \(fix)")
  }

  @Test func `the columns may stand in any order`() throws {
    let folder = try ArrowFolder()
    try folder.write("t.csv", "n,id\n1,a\n2,b\n", as: "t.arrow")
    try folder.describe(
      """
      {"resources": [{"name": "t", "path": "t.arrow", "schema": {"fields": [
        {"name": "id", "type": "string"}, {"name": "n", "type": "integer"}]}}]}
      """)
    let table = try #require(try Dataset.open(folder.path).table("t"))
    #expect(table.schema.names == ["id", "n"])
    #expect(table.values(row: 1) == [.text("b"), .integer(2)])
  }

  @Test func `a single file keeps its key and its figures, and is checked`() throws {
    let folder = try ArrowFolder()
    try folder.write("f.csv", "id,low,best,high\na,1,2,\nb,,4,4\n", as: "f.csv")
    try folder.describe(
      """
      {"resources": [{"name": "figures", "path": "f.csv", "schema": {"fields": [
        {"name": "id", "type": "string"}, {"name": "low", "type": "number"},
        {"name": "best", "type": "number"}, {"name": "high", "type": "number"}],
        "primaryKey": "id",
        "annals:figures": [{"name": "toll", "low": "low", "best": "best", "high": "high"}]}}]}
      """)
    try folder.store(
      DatasetFiles(folder.path).writer(of: "figures", as: .arrow), as: "single.arrow")
    let dataset = try Dataset.open(folder.path + "/single.arrow")
    #expect(dataset.catalog["events"]?.key == ["id"])
    let table = try #require(dataset.table("events"))
    #expect(table.schema.names == ["id", "toll"])
    #expect(table.values(row: 0) == [.text("a"), .figure(Figure(low: 1, best: 2))])
    #expect(
      dataset.table("original")?.values(row: 1) == [
        .text("b"), .figure(Figure(best: 4, high: 4)),
      ])
  }

  @Test func `a file that is copied reads as one that is mapped`() throws {
    let folder = try ArrowFolder()
    try folder.write("t.csv", "n,id\n1,a\n,b\n", as: "t.arrow")
    for reading in [FileReading.mapped, .copied] {
      let dataset = try Dataset.open(folder.path + "/t.arrow", reading: reading)
      let table = try #require(dataset.table("events")).checked()
      #expect(
        (0..<2).map { table.values(row: $0) } == [
          [.integer(1), .text("a")], [.null, .text("b")],
        ])
    }
  }

  @Test func `copying a file needs memory, mapping it does not`() throws {
    let folder = try ArrowFolder()
    let rows = (0..<1000).map { "\($0)" }.joined(separator: "\n")
    try folder.write("t.csv", "n\n" + rows + "\n", as: "t.arrow")
    let path = folder.path + "/t.arrow"
    let budget = MemoryBudget(byteLimit: 2000)
    #expect(try Dataset.open(path, budget: budget).table("events")?.rowCount == 1000)
    #expect(throws: EventsError.self) {
      try Dataset.open(path, budget: budget, reading: .copied)
    }
  }

  @Test(arguments: [FileReading.mapped, .copied])
  func `a folder that is granted holds for Arrow files, and links in it lead nowhere else`(
    _ reading: FileReading
  ) throws {
    let outside = try ArrowFolder()
    try outside.write("t.csv", "n\n1\n", as: "t.arrow")
    let folder = try ArrowFolder()
    try folder.write("own.csv", "n\n2\n", as: "own.arrow")
    try folder.link("t.arrow", to: outside.path + "/t.arrow")
    try folder.describe(#"{"resources": [{"name": "t", "path": "t.arrow"}]}"#)
    let budget = MemoryBudget(byteLimit: .max)
    let access = try FileAccess.within([folder.path])
    let own = try Dataset.open(
      folder.path + "/own.arrow", access: access, budget: budget, reading: reading)
    #expect(own.table("events")?.values(row: 0) == [.integer(2)])
    for path in [outside.path + "/t.arrow", folder.path + "/t.arrow", folder.path] {
      let error = #expect(throws: EventsError.self) {
        try Dataset.open(path, access: access, budget: budget, reading: reading)
      }
      guard case .formats(let cause)? = error else {
        Issue.record("`\(path)` is refused for another reason")
        continue
      }
      #expect(cause.refusal?.isWriting == false)
    }
  }
}

/// A folder for a dataset, gone when nobody needs it any more.
private final class ArrowFolder {
  let path: String
  let name: String

  init() throws {
    name = "annals-" + UUID().uuidString
    path = FileManager.default.temporaryDirectory.path + "/" + name
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Stores a CSV text as a file of another format.
  func write(_ source: String, _ text: String, as target: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path + "/" + source))
    guard source != target else { return }
    try store(
      DatasetFiles(path + "/" + source).writer(of: "events", as: .arrow), as: target)
  }

  func store(_ writer: TableWriter, as name: String) throws {
    var bytes = Data()
    writer.write { piece in
      for index in piece.indices { bytes.append(piece[index]) }
    }
    try bytes.write(to: URL(filePath: path + "/" + name))
  }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: path + "/" + name, withDestinationPath: target)
  }

  func describe(_ json: String) throws {
    try Data(json.utf8).write(to: URL(filePath: path + "/datapackage.json"))
  }

  /// Why the dataset can't be opened.
  func failure() -> String? {
    do throws(EventsError) {
      _ = try Dataset.open(path)
      return nil
    } catch {
      return error.description
    }
  }
}
