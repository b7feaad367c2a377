import AnnalsEngine
import AnnalsFormats
import Foundation
import Testing

@testable import AnnalsEvents

/// Publishers' files without a description, as a dataset.
@Suite struct SingleFileTests {
  let budget = MemoryBudget(byteLimit: 1 << 26)

  /// Opens a file of these bytes.
  func open(
    _ bytes: [UInt8], name: String = "file.csv", _ hints: FileHints = FileHints()
  ) throws -> Dataset {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "annals-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: name)
    try Data(bytes).write(to: file)
    return try Dataset.open(file.path, budget: budget, hints: hints)
  }

  func open(
    _ text: String, name: String = "file.csv", _ hints: FileHints = FileHints()
  ) throws -> Dataset {
    try open(Array(text.utf8), name: name, hints)
  }

  @Test func `tabs in a csv file, without names, are a table that says so`() throws {
    let row = "410412347\t20140218\t\t\tCape Town, South Africa\t043\n"
    let dataset = try open(row + row)
    #expect(dataset.table("original")?.rowCount == 2)
    #expect(
      dataset.notes.map(\.description) == [
        "a single file: types found from the values of each column", "divided by tabs",
        "line 1 is a row, and no names of columns",
      ])
  }

  @Test func `problems that leave rows to trust are kept beside the dataset`() throws {
    let text = "id,place\n1,Almaty\n2\n3,Astana,x\n"
    let dataset = try open(text)
    #expect(dataset.table("events")?.rowCount == 3)
    #expect(dataset.problemCount == 2)
    #expect(dataset.problems.map(\.line) == [3, 4])
    #expect(
      try DatasetSummary(dataset).description.contains(
        "2 problems\n  \(dataset.problems[0].file):3: the row has 1 field"))
    var hints = FileHints()
    hints.isStrict = true
    let error = #expect(throws: EventsError.self) { try open(text, hints) }
    #expect(error?.description.hasPrefix("2 problems in the data of `file`\n") == true)
  }

  @Test func `bytes that are not UTF-8 are refused with the encoding that may help`() throws {
    let bytes = Array("id,place\n1,Orl".utf8) + [0xE9] + Array("ans\n".utf8)
    let error = #expect(throws: EventsError.self) { try open(bytes) }
    #expect(
      error?.description.hasSuffix(
        ":2, column `place`: `Orl\u{FFFD}ans` is not UTF-8\n    fix: save the file as UTF-8, or say"
          + " what it is written in, such as `--encoding windows-1252`") == true)
    var hints = FileHints()
    hints.encoding = .windows1252
    let dataset = try open(bytes, hints)
    #expect(try dataset.table("events")?.column(1).value(0) == .text("Orléans"))
    #expect(dataset.notes.map(\.description).contains("written in windows-1252"))
  }

  @Test func `what is said of a file that says it itself is refused`() throws {
    var hints = FileHints()
    hints.delimiter = UInt8(ascii: ";")
    let error = #expect(throws: EventsError.self) {
      try Dataset.open(Self.shipped, budget: budget, hints: hints)
    }
    #expect(
      error?.description.hasSuffix(
        "says itself how it is read\n  fix: leave out the options for single CSV and TSV files")
        == true)
  }

  private static let shipped = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Datasets/kazakhstan-2022").path
}
