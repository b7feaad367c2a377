import AnnalsEngine
import AnnalsEvents
import AnnalsFormats
import Foundation
import Testing

/// What is written of a publisher's file opens again as the same dataset, by the same profile.
@Suite struct ReopeningTests {
  static let names = [
    "ucdp-ged-23.csv", "acled-31.csv", "gdelt-2.export.csv", "scad.csv", "gtd.csv", "icews.tab",
    "polecat.txt", "mass-mobilization.csv",
  ]

  /// A folder of its own for the files that a test writes.
  func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("annals-reopening-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  func write(_ table: String, of files: DatasetFiles, _ format: TableFormat, to url: URL) throws {
    var data = Data()
    let writer = try files.writer(of: table, as: format)
    try writer.write { (bytes: Span<UInt8>) throws(CancellationError) in
      for position in bytes.indices { data.append(bytes[position]) }
    }
    try data.write(to: url)
  }

  /// All rows of the tables of the model.
  func content(_ dataset: Dataset) throws -> [String] {
    try dataset.catalog.entries.filter { $0.name != "original" }.flatMap { entry in
      let table = try entry.table.checked()
      return (0..<table.rowCount).map { row in
        entry.name + ": "
          + table.schema.fields.map { table.value(row: row, field: $0).text }
          .joined(separator: "|")
      }
    }
  }

  @Test(arguments: names)
  func `an Arrow file of it is the same dataset`(name: String) throws {
    let path = ProfiledFixture.path(name)
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let target = folder.appendingPathComponent("copy.arrow")
    try write("events", of: try DatasetFiles(path), .arrow, to: target)
    let (before, after) = (try Dataset.open(path), try Dataset.open(target.path))
    #expect(try content(after) == content(before))
    #expect(after.notes[0] == before.notes[0] || name.hasPrefix("gdelt"))
    #expect(try after.allNotes().suffix(1).map(\.text) == before.allNotes().suffix(1).map(\.text))
  }

  @Test(arguments: names)
  func `a folder of it is the same dataset`(name: String) throws {
    let path = ProfiledFixture.path(name)
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = try DatasetFiles(path)
    let contents = try files.folder(as: .csv)
    for file in contents.files {
      try write(file.table, of: files, .csv, to: folder.appendingPathComponent(file.name))
    }
    try Data(contents.descriptor.utf8).write(
      to: folder.appendingPathComponent("datapackage.json"))
    let (before, after) = (try Dataset.open(path), try Dataset.open(folder.path))
    #expect(try content(after) == content(before))
    #expect(throws: EventsError.self) {
      try Dataset.open(folder.path, profile: .named("none such"))
    }
    #expect(try !Dataset.open(folder.path, profile: .refused).has("participations"))
  }
}
