import AnnalsEngine
import AnnalsPlatform
import Glibc
import Synchronization
import Testing

@testable import AnnalsFormats

/// Files that were made to break a reader end in a message, within bounded memory.
@Suite struct HostileFileTests {
  /// What is wrong with a file, and how many rows it has.
  func read(
    _ source: ByteSource, threads: Int = 1, limit: Int = 1 << 30, recordLimit: Int = 1 << 26
  ) throws -> (problems: [String], rowCount: Int) {
    var problems = ProblemList()
    let budget = MemoryBudget(byteLimit: limit)
    var options = ReadingOptions(threadCount: threads)
    options.recordByteLimit = recordLimit
    let table = try TableReader.read(
      TableResource(name: "t", path: "t.csv"), schema: nil, from: source, budget: budget,
      options: options, problems: &problems)
    let texts = problems.problems.map { "\($0.line) \($0.columns.first ?? "-"): \($0.wrong)" }
    return (texts, table.rowCount)
  }

  @Test(arguments: [1, 2])
  func `a file that becomes shorter while it is read is refused`(threads: Int) throws {
    let bytes = Array("a,b\n1,2\n3,4\n".utf8)
    let error = #expect(throws: FormatsError.self) {
      try read(ByteSource(bytes, byteCount: 5_000_000), threads: threads)
    }
    #expect(
      error?.description
        == "`bytes` became shorter while it was read"
        + "\n  fix: open it again when nobody writes to it any more")
  }

  @Test(arguments: [1, 2])
  func `a line without an end is given up at its limit`(threads: Int) throws {
    let source = ByteSource(Array("a\n1\n".utf8) + [UInt8](repeating: 0x61, count: 3 << 20))
    let found = try read(source, threads: threads, recordLimit: 1 << 20)
    #expect(found.problems == ["3 -: the row is too long to be one; a quote may never be closed"])
    #expect(found.rowCount == 1)
    #expect(throws: FormatsError.self) {
      try read(source, threads: threads, limit: 4 << 20)
    }
  }

  @Test func `a quote that is never closed is told where it opens`() throws {
    let rows = String(repeating: "1,2\n", count: 1000)
    let found = try read(ByteSource(Array(("a,b\n" + rows + "1,\"2\n" + rows).utf8)))
    #expect(found.problems == ["1002 b: a quote is opened and never closed"])
    #expect(found.rowCount == 1001)
  }

  @Test func `a header that is no text has its flaws told`() throws {
    let found = try read(ByteSource([0x00, 0xFF, 0x2C, 0x22, 0x61]))
    #expect(
      found.problems == [
        "1 -: `\\u{0}\u{FFFD}` holds a zero byte", "1 -: a quote is opened and never closed",
      ])
  }

  @Test func `folders, pipes and devices are refused at once`() throws {
    #expect(throws: FormatsError.self) { try ByteSource(path: "/tmp") }
    #expect(throws: FormatsError.self) { try ByteSource(path: "/dev/zero") }
    let pipe = "/tmp/annals-test-pipe-\(getpid())"
    // SAFETY: the path is a C string for the length of the call.
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    #expect(throws: FormatsError.self) { try ByteSource(path: pipe) }
    // SAFETY: as above.
    unsafe unlink(pipe)
  }

  @Test(arguments: [1, 3])
  func `a raised flag ends the reading`(threads: Int) throws {
    let stop = StopFlag()
    stop.raise()
    var problems = ProblemList()
    let error = #expect(throws: FormatsError.self) {
      try TableReader.read(
        TableResource(name: "t", path: "t.csv"), schema: nil,
        from: ByteSource(Array("a\n1\n2\n".utf8)), budget: MemoryBudget(byteLimit: 1 << 24),
        options: ReadingOptions(threadCount: threads, stop: stop), problems: &problems)
    }
    guard case .engine(.stopped) = error else {
      Issue.record("ended by \(String(describing: error))")
      return
    }
  }

  @Test func `progress goes up to all bytes`() throws {
    let seen = Mutex<[Int]>([])
    var options = ReadingOptions(threadCount: 2) { path, read, all in
      seen.withLock { $0.append(path == "t.csv" && all == 12 ? read : -1) }
    }
    options.pieceByteCount = 4
    var problems = ProblemList()
    _ = try TableReader.read(
      TableResource(name: "t", path: "t.csv"), schema: nil,
      from: ByteSource(Array("a\n1\n2\n345\n6\n".utf8)), budget: MemoryBudget(byteLimit: 1 << 24),
      options: options, problems: &problems)
    #expect(seen.withLock { $0 } == [6, 10, 12])
  }
}
