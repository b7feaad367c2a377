import Foundation

/// Runs the program `annals` as a shell would.
struct AnnalsProcess {
  /// Variables of the environment, beside a few that every run gets.
  var environment: [String: String] = [:]
  /// Another program than the one that was built with the tests.
  var program: URL?
  /// Where it runs; by default at the root of the repository, beside `Datasets/`.
  var folder = AnnalsProcess.repository

  /// What its standard input gives.
  var input = ""
  /// Whether its standard input is a pipe that stays open.
  var holdsInput = false
  /// Whether standard error goes where standard output goes, in the order in which it is written.
  var mergesStreams = false

  /// What a run left.
  struct Result: Hashable {
    var status: Int32
    var output: String
    var error: String
  }

  static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  func run(_ arguments: String...) async throws -> Result { try await run(arguments) }

  func run(_ arguments: [String]) async throws -> Result {
    try await start(arguments).end()
  }

  func start(_ arguments: [String]) throws -> Running {
    let process = Process()
    process.executableURL = try program ?? Self.program()
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = [
      "PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LC_ALL": "C",
      "SWIFT_BACKTRACE": "enable=no",
    ].merging(environment) { $1 }
    return try Running(process, input: input, holdsInput: holdsInput, mergesStreams: mergesStreams)
  }

  /// A run that may not have ended. Its output goes to files, which never fill up as pipes do.
  final class Running {
    let process: Process
    private let folder: TemporaryFolder
    private let output: URL
    private let error: URL
    private let ends: AsyncStream<Void>
    private let pipe: Pipe?

    init(_ process: Process, input: String, holdsInput: Bool, mergesStreams: Bool) throws {
      self.process = process
      folder = try TemporaryFolder()
      output = folder.url.appending(path: "output")
      error = folder.url.appending(path: "error")
      for file in [output, error] { try Data().write(to: file) }
      pipe = holdsInput ? Pipe() : nil
      var handles: [FileHandle] = []
      if let pipe {
        try pipe.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        process.standardInput = pipe
      } else {
        let given = folder.url.appending(path: "input")
        try Data(input.utf8).write(to: given)
        handles.append(try FileHandle(forReadingFrom: given))
        process.standardInput = handles[0]
      }
      let outputHandle = try FileHandle(forWritingTo: output)
      let errorHandle = mergesStreams ? outputHandle : try FileHandle(forWritingTo: error)
      process.standardOutput = outputHandle
      process.standardError = errorHandle
      handles += mergesStreams ? [outputHandle] : [outputHandle, errorHandle]
      // The end is told through a stream, since to wait for it would hold up other tests.
      let (ends, end) = AsyncStream.makeStream(of: Void.self)
      self.ends = ends
      process.terminationHandler = { _ in end.finish() }
      try process.run()
      // The library keeps a process that has ended, with all that it holds, and writes beyond its memory
      // once some 1,300 files are open.
      for handle in handles { try handle.close() }
    }

    /// What it has written to standard output so far.
    func outputSoFar() throws -> String { try String(contentsOf: output, encoding: .utf8) }

    func end() async throws -> Result {
      for await _ in ends {}
      return try result()
    }

    /// As ``end()``, and holds the thread. For tests in which it matters when something is done: the
    /// tasks of other tests may keep one that waits from going on.
    func endHoldingThread() throws -> Result {
      process.waitUntilExit()
      return try result()
    }

    private func result() throws -> Result {
      Result(
        status: process.terminationReason == .exit ? process.terminationStatus : -1,
        output: try outputSoFar(),
        error: Self.withoutNotice(try String(contentsOf: error, encoding: .utf8)))
    }

    /// Leaves out that the system has not all walls, which is no business of most tests.
    private static func withoutNotice(_ error: String) -> String {
      let start = "annals: this system has no wall around "
      guard error.hasPrefix(start), let end = error.firstIndex(of: "\n") else { return error }
      return String(error[error.index(after: end)...])
    }
  }

  /// The program stands beside the tests that were built with it.
  static func program() throws -> URL {
    let places = [
      Bundle.main.executableURL, URL(filePath: CommandLine.arguments[0]),
      URL(filePath: "/proc/self/exe").resolvingSymlinksInPath(),
    ]
    for place in places.compactMap({ $0?.deletingLastPathComponent() }) {
      let program = place.appending(path: "annals")
      if FileManager.default.isExecutableFile(atPath: program.path) { return program }
    }
    throw Missing()
  }

  struct Missing: Error, CustomStringConvertible {
    var description: String { "the program `annals` is not beside the tests" }
  }
}

/// A folder that is gone when nobody needs it any more.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "annals-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appending(path: name).path }

  /// Writes a file and gives its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try text.write(to: url.appending(path: name), atomically: true, encoding: .utf8)
    return path(name)
  }

  func text(_ name: String) throws -> String {
    try String(contentsOf: url.appending(path: name), encoding: .utf8)
  }

  var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
  }
}
