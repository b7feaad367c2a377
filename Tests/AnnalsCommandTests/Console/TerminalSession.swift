import Foundation
import Testing

/// A console in a terminal, which tmux plays.
///
/// Whoever tests it waits for a screen and not for a time: ``expect(_:)`` looks again until the screen is
/// as it should be.
final class TerminalSession {
  private let folder: TemporaryFolder
  private let socket: String
  private let target = "console"

  static let program = "/usr/bin/tmux"
  static let isThere = FileManager.default.isExecutableFile(atPath: program)
  /// How long a screen may take until it is there.
  private static let patience = Duration.seconds(20)

  /// Starts the console in a terminal of its own, with a home that is empty.
  convenience init(
    command: String = "console", columns: Int = 64, rows: Int = 16, _ arguments: String...
  ) throws {
    let words = [try AnnalsProcess.program().path, command] + arguments
    let line = words.map { "'\($0)'" }.joined(separator: " ")
    try self.init(line: line + "; echo \"status $?\"; sleep 600", columns: columns, rows: rows)
  }

  /// Starts a shell that somebody types to, in which `annals` is the program.
  static func shell(columns: Int, rows: Int) throws -> TerminalSession {
    let folder = try AnnalsProcess.program().deletingLastPathComponent().path
    let line = "PATH='\(folder)':$PATH PS1='$ ' bash --norc --noprofile -i"
    return try TerminalSession(line: line, columns: columns, rows: rows)
  }

  /// Starts a line of the shell in the terminal.
  private init(line: String, columns: Int, rows: Int) throws {
    folder = try TemporaryFolder()
    socket = folder.path("socket")
    let environment = [
      "HOME='\(folder.path("home"))'", "TERM=screen", "LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin",
      "SWIFT_BACKTRACE=enable=no",
    ]
    let whole = """
      \(guardian) cd '\(AnnalsProcess.repository.path)'
      unset $(compgen -e); export \(environment.joined(separator: " ")); \(line)
      """
    try tmux(
      "-f", "/dev/null", "new-session", "-d", "-s", target, "-x", "\(columns)", "-y", "\(rows)",
      "/bin/bash", "-c", whole)
  }

  /// Ends the terminal if the tests were ended before they could do so. It hears no key of the terminal.
  private var guardian: String {
    let tests = ProcessInfo.processInfo.processIdentifier
    let end = "tail --pid=\(tests) -f /dev/null; \(Self.program) -S '\(socket)' kill-server"
    return "setsid -f bash -c \"\(end)\" </dev/null >/dev/null 2>&1;"
  }

  deinit { _ = try? tmux("kill-server") }

  /// Types text as it is.
  func type(_ text: String) throws { try tmux("send-keys", "-t", target, "-l", text) }

  /// Presses keys by their names, such as `Enter`, `C-c` or `Up`.
  func press(_ keys: String...) throws { try tmux(["send-keys", "-t", target] + keys) }

  /// Pastes text as a terminal does that marks what is pasted.
  func paste(_ text: String) throws {
    let file = try folder.write(text, to: "pasted")
    try tmux("load-buffer", file)
    try tmux("paste-buffer", "-p", "-t", target)
  }

  func resize(columns: Int, rows: Int) throws {
    try tmux("resize-window", "-t", target, "-x", "\(columns)", "-y", "\(rows)")
  }

  /// What the terminal shows, without blanks at the ends of lines and empty lines at the end.
  func screen() throws -> String {
    let lines = try tmux("capture-pane", "-p", "-t", target)
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { line in String(line.reversed().drop { $0 == " " }.reversed()) }
    return lines.reversed().drop { $0.isEmpty }.reversed().joined(separator: "\n")
  }

  /// Waits until the screen is as written down.
  func expect(
    _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let shown = try await wait { $0 == expected }
    #expect(shown == expected, sourceLocation: sourceLocation)
  }

  /// Waits until the screen ends as written down.
  func expectEnd(
    _ expected: String, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let shown = try await wait { $0.hasSuffix(expected) }
    #expect(shown.hasSuffix(expected), "\(shown)", sourceLocation: sourceLocation)
  }

  /// The screen once it is as wanted, or as it is when patience ends.
  private func wait(_ isWanted: (String) -> Bool) async throws -> String {
    let end = ContinuousClock.now + Self.patience
    while true {
      let shown = try screen()
      if isWanted(shown) || ContinuousClock.now > end { return shown }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  @discardableResult
  private func tmux(_ arguments: String...) throws -> String { try tmux(arguments) }

  /// Closes what it has inherited and goes on as tmux: its server stays, and would keep open what tells us
  /// that a process has ended.
  private static let shell = """
    for file in /proc/$$/fd/*; do
      number=${file##*/}
      if [ "$number" -gt 2 ]; then eval "exec $number>&-"; fi
    done
    exec \(program) "$@"
    """

  /// Starts a process that gets all signals: our threads let some of them pass to others, which a process
  /// inherits, and then neither ends nor stops by them.
  private static func withAllSignals(_ start: () throws -> Void) rethrows {
    var none = sigset_t()
    var before = sigset_t()
    // SAFETY: both sets are ours, and the calls keep nothing.
    unsafe sigemptyset(&none)
    unsafe pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    try start()
  }

  @discardableResult
  private func tmux(_ arguments: [String]) throws -> String {
    let process = Process()
    let output = folder.url.appending(path: "shown")
    try Data().write(to: output)
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", Self.shell, "tmux", "-u", "-S", socket] + arguments
    process.environment = ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TERM": "xterm"]
    process.standardInput = FileHandle.nullDevice
    let handle = try FileHandle(forWritingTo: output)
    defer { try? handle.close() }
    process.standardOutput = handle
    process.standardError = FileHandle.nullDevice
    try Self.withAllSignals { try process.run() }
    process.waitUntilExit()
    return try String(contentsOf: output, encoding: .utf8)
  }
}
