import AnnalsPlatform
import Testing

@testable import AnnalsConsole

@Suite struct HistoryFileTests {
  let folder = TemporaryFolder()

  private var path: String { folder.path + "/state/history" }

  private func store(_ text: String) throws {
    _ = try HistoryFile(path: path)
    let log = try SharedLog(path: path)
    try log.update(byteLimit: 0) { _ in Array(text.utf8) }
  }

  private func contents() throws -> String {
    String(decoding: try FileReader.contents(of: path, byteLimit: 1 << 20), as: UTF8.self)
  }

  @Test func `blocks come back as they were`() throws {
    let blocks = ["x = 1", "for i = 1, 2 do\n  print '\\n'\nend", "Алматы \\ 東京\t\\n"]
    let file = try HistoryFile(path: path)
    for block in blocks { file.add(block) }
    #expect(try HistoryFile(path: path).load().blocks == blocks)
    #expect(try contents().split(separator: "\n").count == 3)
    #expect(file.problem == nil)
  }

  @Test func `several consoles add to one file`() throws {
    let one = try HistoryFile(path: path)
    let other = try HistoryFile(path: path)
    _ = one.load()
    _ = other.load()
    one.add("a")
    other.add("b")
    one.add("c")
    #expect(try HistoryFile(path: path).load().blocks == ["a", "b", "c"])
  }

  @Test func `damaged lines are passed over`() throws {
    _ = try HistoryFile(path: path)
    let log = try SharedLog(path: path)
    try log.append(Array("good\n".utf8) + [0xFF, 0xFE, 0x0A, 0x00, 0x01, 0x0A])
    try log.append(Array("bad\\escape\nends\\\ntorn".utf8))
    let file = try HistoryFile(path: path)
    #expect(file.load().blocks == ["good", "torn"])
    file.add("next")
    #expect(try HistoryFile(path: path).load().blocks == ["good", "torn", "next"])
  }

  @Test func `a file that is mostly repetition is put in order`() throws {
    try store(String(repeating: "same block\n", count: 10_000) + "other\n")
    #expect(try HistoryFile(path: path).load().blocks == ["same block", "other"])
    #expect(try contents() == "same block\nother\n")
  }

  @Test func `what could not be kept is tried again with the next block`() throws {
    let file = try HistoryFile(path: path)
    let other = try SharedLog(path: path)
    try other.update(byteLimit: 0) { _ in
      file.add("first")
      return nil
    }
    #expect(file.problem != nil)
    file.add("second")
    #expect(file.problem == nil)
    #expect(try contents() == "first\nsecond\n")
  }
}
