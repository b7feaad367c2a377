// Shows from inside what the walls hold back: raises them, then tries what an attacker would try who
// has broken the interpreter. It is a program of its own, since walls stay for as long as a process.

import AnnalsPlatform
import CWallsAttack
import Glibc
import Synchronization

struct CheckFailed: Error {
  let reason: String
}

@main
enum WallsCheck {
  static func main() throws {
    let folder = try makeFolder()
    let inside = folder + "/inside"
    let outside = folder + "/outside"
    let output = folder + "/output"
    for path in [inside, outside, output] { unsafe _ = mkdir(path, 0o700) }
    try write("secret", to: outside + "/file")
    try write("granted", to: inside + "/file")
    let early = EarlyThread()
    let report = try AtomicFile(path: output + "/report")

    var walls = Walls()
    walls.readableFolders = [inside]
    walls.writableFolders = [inside]
    walls.outputFolders = [output]
    let missing = walls.raise()
    guard missing.isEmpty else {
      print("walls check: this system has not all walls: \(missing.map(\.rawValue))")
      return
    }
    try attack(inside: inside, outside: outside, from: "the main thread")
    try early.run { try attack(inside: inside, outside: outside, from: "an earlier thread") }
    try Threads.onLargeStack {
      try attack(inside: inside, outside: outside, from: "a later thread")
    }

    try report.write([UInt8]("done".utf8).span)
    try report.finish()
    try refused(
      unsafe attack_open(output + "/report", O_WRONLY), "writing where only the report may move")
    print("walls check: what lies outside can't be reached, from any thread")
  }

  static func attack(inside: String, outside: String, from place: String) throws {
    let makes = O_WRONLY | O_CREAT
    try refused(unsafe attack_open(outside + "/file", O_RDONLY), "reading outside from \(place)")
    try refused(unsafe attack_open("/etc/passwd", O_RDONLY), "reading /etc/passwd from \(place)")
    try refused(unsafe attack_open("/proc/self/mem", O_RDWR), "opening memory from \(place)")
    try refused(unsafe attack_open(outside + "/new", makes), "making a file from \(place)")
    try refused(
      unsafe attack_open(inside + "/../outside/file", O_RDONLY), "leaving by `..` from \(place)")
    try refused(unsafe unlink(outside + "/file"), "removing a file from \(place)")
    try refused(unsafe symlink("/etc", inside + "/link"), "making a link from \(place)")
    try refused(unsafe mkdir(outside + "/folder", 0o700), "making a folder from \(place)")
    try refused(unsafe chmod(inside + "/file", 0o777), "changing permissions from \(place)")
    let granted = unsafe attack_open(inside + "/file", O_RDONLY)
    try expect(granted >= 0, "a granted file can't be read from \(place)")
    close(granted)
    try refused(attack_fork(), "a new process from \(place)")
    try refused(attack_execute(), "a new program from \(place)")
    try refused(attack_trace(), "tracing another process from \(place)")
    try refused(attack_read_memory(), "reading another process from \(place)")
    try refused(attack_signal(), "signalling another process from \(place)")
    for family in [AF_INET, AF_INET6, AF_UNIX, AF_NETLINK] {
      try refused(attack_connect(family), "a socket of family \(family) from \(place)")
    }
  }

  static func refused(_ result: Int32, _ what: String) throws {
    try expect(result < 0, "\(what) was not refused")
  }

  static func expect(_ holds: Bool, _ reason: String) throws {
    if !holds { throw CheckFailed(reason: reason) }
  }

  static func makeFolder() throws -> String {
    var template = Array("/tmp/annals-walls-XXXXXX".utf8CString)
    guard let path = unsafe mkdtemp(&template) else { throw CheckFailed(reason: "no folder") }
    return unsafe String(cString: path)
  }

  static func write(_ text: String, to path: String) throws {
    let file = try AtomicFile(path: path)
    try file.write([UInt8](text.utf8).span)
    try file.finish()
  }
}

/// A thread that was there before the walls, and waits with all signals blocked that a pool blocks.
final class EarlyThread: Sendable {
  private typealias Work = @Sendable () throws -> Void
  private let work = Mutex<Work?>(nil)
  private let failure = Mutex<(any Error)?>(nil)
  private let isDone = Atomic(false)

  init() {
    var thread = pthread_t()
    let pointer = unsafe Unmanaged.passRetained(self).toOpaque()
    unsafe _ = pthread_create(
      &thread, nil,
      { pointer in
        guard let pointer = unsafe pointer else { return nil }
        unsafe Unmanaged<EarlyThread>.fromOpaque(pointer).takeRetainedValue().wait()
        return nil
      }, pointer)
  }

  private func wait() {
    while true {
      if let work = work.withLock({ $0 }) {
        do { try work() } catch { failure.withLock { $0 = error } }
        return isDone.store(true, ordering: .releasing)
      }
      usleep(1000)
    }
  }

  /// Runs `body` on the thread, and waits for it.
  func run(_ body: @escaping @Sendable () throws -> Void) throws {
    work.withLock { $0 = body }
    while !isDone.load(ordering: .acquiring) { usleep(1000) }
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
