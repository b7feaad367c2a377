import AnnalsEngine
import AnnalsFormats
import Foundation
import Testing

/// What pyarrow, Polars and DuckDB write is read, and they read what is written here.
///
/// The libraries are those of `.build-tools`, which `.ci/test` fills, or of the Python that
/// `ANNALS_TEST_PYTHON` names. Where they are missing the tests are left out and say so.
@Suite(.enabled(if: Peers.areThere, "pyarrow, Polars and DuckDB are not installed"))
struct ArrowPeersTests {
  /// The rows of `arrow_peers.py`.
  private static let rows = [
    #"protest | 0.5 | 1 | true | 2022-01-05 | 2022-01-05T10:30:00Z | [a, b]"#,
    #"- | - | - | - | - | - | -"#,
    #"clash ⚔ | -3.25 | 100 | false | 1969-12-31 | 1969-12-31T23:59:59Z | []"#,
    #" | 0 | 0 | false | 1970-01-01 | 1970-01-01T00:00:00Z | [é]"#,
    #"protest | 1000000 | 7 | true | 2024-02-29 | 2024-02-29T01:02:03Z | [a]"#,
  ]

  @Test func `what others write reads as they meant it`() throws {
    let folder = try Peers.Folder()
    try Peers.run("write", folder.path)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    let accepted = names.filter { !$0.hasPrefix("refused_") }
    #expect(accepted.count == 22)
    for name in accepted {
      for reading in [FileReading.mapped, .copied] {
        let table = try ArrowTable.read(
          path: folder.path + name, name: name, reading: reading, budget: SmallTable.budget)
        #expect(
          table.names == ["text", "number", "integer", "boolean", "day", "time", "list"], "\(name)")
        #expect(try Self.shown(table) == Self.rows, "\(name)")
      }
    }
  }

  @Test(arguments: [
    ("refused_compression", "its columns are compressed with Zstd", "write it without compression"),
    (
      "refused_decimal",
      "the column `number` is of Arrow's type `decimal`, which is not read here",
      "write it as float64, or as a text to keep all digits"
    ),
    (
      "refused_struct", "the column `text` is of Arrow's type `struct`, which is not read here",
      "write its fields as columns of their own"
    ),
  ])
  func `what is not read is refused by name`(name: String, wrong: String, fix: String) throws {
    let folder = try Peers.Folder()
    try Peers.run("write", folder.path)
    do throws(FormatsError) {
      _ = try ArrowTable.read(
        path: folder.path + name + ".arrow", name: name, budget: SmallTable.budget)
      Issue.record("read without an error")
    } catch {
      #expect(error.description == "\(wrong)\n  at:  \(name)\n  fix: \(fix)")
    }
  }

  @Test(arguments: [
    ("refused_null_element", 6, ColumnProblem.Reason.nullInList, nil),
    ("refused_nanoseconds", 5, .timeTooFine, 1),
  ])
  func `values that can't be kept are refused when the column is used`(
    name: String, slot: Int, reason: ColumnProblem.Reason, row: Int?
  ) throws {
    let folder = try Peers.Folder()
    try Peers.run("write", folder.path)
    let table = try ArrowTable.read(
      path: folder.path + name + ".arrow", name: name, budget: SmallTable.budget)
    do throws(EngineError) {
      _ = try table.columns[slot].read()
      Issue.record("read without an error")
    } catch {
      guard case .column(let problem) = error else { throw error }
      #expect(problem.reason == reason)
      #expect(problem.row == row)
    }
  }

  @Test func `others read what is written here`() throws {
    let folder = try Peers.Folder()
    let day = try #require(Day("2022-01-05"))
    let time = try #require(Timestamp("2022-01-05T10:30:00.000001Z"))
    let table = try SmallTable.table([
      ("boolean", .boolean, [.boolean(true), .null, .boolean(false)]),
      ("small", .integer, [.integer(-1), .null, .integer(127)]),
      ("large", .integer, [.integer(.max), .null, .integer(.min)]),
      ("number", .number, [.number(0.1), .null, .number(-2)]),
      ("text", .text, [.text("protest"), .null, .text("é😀")]),
      ("day", .day, [.day(day), .null, .day(day)]),
      ("time", .time, [.time(time), .null, .time(time)]),
      ("list", .list, [.list(["a", "b"]), .null, .list([])]),
      ("toll", .figure, [.figure(Figure(low: 1001)), .null, .figure(Figure(26))]),
    ])
    let path = folder.path + "ours.arrow"
    try Data(SmallArrow.written(table)).write(to: URL(filePath: path))
    let rows =
      #"[[true,-1,9223372036854775807,0.1,"protest","2022-01-05","2022-01-05T10:30:00.000001Z","#
      + #"["a","b"],1001.0,null,null],[null,null,null,null,null,null,null,null,null,null,null],"#
      + #"[false,127,-9223372036854775808,-2.0,"é😀","2022-01-05","2022-01-05T10:30:00.000001Z","#
      + #"[],26.0,26.0,26.0]]"#
    #expect(
      try Peers.run("read", path) == ["pyarrow", "polars", "duckdb"].map { $0 + " " + rows })
  }

  @Test func `others read a table without rows and one with many texts`() throws {
    let folder = try Peers.Folder()
    let texts = (0..<140_000).map { Value.text("text \($0 % 70_000)") }
    for (values, rows) in [([], 0), (texts, texts.count)] {
      let path = folder.path + "\(rows).arrow"
      let table = try SmallTable.table([("t", .text, values)])
      try Data(SmallArrow.written(table)).write(to: URL(filePath: path))
      let expected = "[" + values.map { "[\"\($0.text)\"]" }.joined(separator: ",") + "]"
      #expect(
        try Peers.run("read", path)
          == ["pyarrow", "polars", "duckdb"].map { $0 + " " + expected })
    }
  }

  private static func shown(_ table: ArrowTable) throws -> [String] {
    var columns: [Column] = []
    for column in table.columns { columns.append(try column.read()) }
    return (0..<table.rowCount).map { row in
      columns.map { column in
        switch column.value(row) {
        case .null: "-"
        case .list(let texts): "[" + texts.joined(separator: ", ") + "]"
        case let value: value.text
        }
      }.joined(separator: " | ")
    }
  }
}

/// Runs `arrow_peers.py`.
private enum Peers {
  static let areThere = (try? run("have")) != nil

  private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The lines that it prints.
  @discardableResult
  static func run(_ arguments: String...) throws -> [String] {
    let tools = repository.appending(path: ".build-tools/bin/python").path
    let process = Process()
    process.executableURL = URL(
      filePath: ProcessInfo.processInfo.environment["ANNALS_TEST_PYTHON"] ?? tools)
    let script = repository.appending(
      path: "Tests/AnnalsFormatsTests/Fixtures/peers/arrow_peers.py")
    process.arguments = [script.path] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(arguments: arguments) }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  struct Failure: Error { let arguments: [String] }

  /// A folder that is gone when nobody needs it any more; its path ends with `/`.
  final class Folder {
    let path: String

    init() throws {
      path = FileManager.default.temporaryDirectory.path + "/annals-\(UUID().uuidString)/"
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
  }
}
