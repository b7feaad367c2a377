import AnnalsEngine
import AnnalsFormats
import AnnalsPlatform
import Foundation
import Testing

@Suite struct TableFileTests {
  @Test func `what is stopped while it is written leaves no file`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "annals-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let table = try SmallTable.table([("n", .integer, [.integer(1)])])
    let stop = StopFlag()
    for name in ["t.csv", "t.json", "t.arrow"] {
      let path = folder.appending(path: name).path
      let budget = MemoryBudget(byteLimit: 1 << 20)
      stop.raise()
      #expect(throws: FormatsError.self) {
        try TableFile.write(table, to: path, access: .anywhere, budget: budget, stop: stop)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
      stop.lower()
      try TableFile.write(table, to: path, access: .anywhere, budget: budget, stop: stop)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [name])
      try FileManager.default.removeItem(atPath: path)
    }
  }
}
