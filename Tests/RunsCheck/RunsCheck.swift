// Shows that many runs on one dataset leave nothing behind: 10,000 runs of a small script over eight
// threads, with the memory of the process after the first thousand and after the last. Also tells how
// many runs a second one thread and several do, and the processor's time for a new state and for the
// smallest run; these are not judged here, but in `Benchmarks/plain.py`.
//
//   swift run -c release AnnalsRunsCheck Datasets/kazakhstan-2022 [starts]
//
// With `starts` it tells no more than these times.

import AnnalsEvents
import AnnalsLua
import AnnalsPlatform
import AnnalsReports
import AnnalsScripting
import Synchronization

struct CheckFailed: Error {
  let reason: String
}

@main
enum RunsCheck {
  static let script = Script(
    name: "small.lua",
    source: Array(
      """
      local t = data.events:where("type == 'killing'"):count("place")
      local names = {}
      for row in t:rows() do names[#names + 1] = tostring(row.place) end
      return table.concat(names, " "), #t
      """.utf8))

  static func main() throws {
    let path = CommandLine.arguments.dropFirst().first ?? "Datasets/kazakhstan-2022"
    let dataset = try Dataset.open(path)
    try measureStarts(on: dataset)
    if CommandLine.arguments.last == "starts" { return }
    let single = try run(500, threads: 1, on: dataset)
    let several = try run(500, threads: Processors.count, on: dataset)
    print("runs a second: \(Int(single)) on 1 thread, \(Int(several)) on \(Processors.count)")
    _ = try run(1000, threads: 8, on: dataset)
    let early = try residentByteCount()
    _ = try run(9000, threads: 8, on: dataset)
    let late = try residentByteCount()
    print("memory: \(early >> 10) KiB after 1,000 runs, \(late >> 10) KiB after 10,000")
    guard Double(late) <= Double(early) * 1.05 else {
      throw CheckFailed(reason: "the memory grew by more than 5 %")
    }
  }

  /// Does a number of runs and gives how many a second.
  static func run(_ count: Int, threads: Int, on dataset: Dataset) throws -> Double {
    let expected = try text(on: dataset)
    let next = Atomic(0)
    let failures = Atomic(0)
    let begin = monotonicSeconds()
    let workers = (0..<threads).map { _ in
      Worker {
        while next.add(1, ordering: .relaxed).oldValue < count {
          if (try? text(on: dataset)) != expected { failures.add(1, ordering: .relaxed) }
        }
      }
    }
    for worker in workers { worker.join() }
    let failed = failures.load(ordering: .relaxed)
    guard failed == 0 else { throw CheckFailed(reason: "\(failed) runs gave something else") }
    return Double(count) / (monotonicSeconds() - begin)
  }

  static func text(on dataset: Dataset) throws -> String {
    let report = try ScriptRun(dataset: dataset).report(script) { _ in }
    var texts: [String] = []
    for case .text(let text) in report.items { texts.append(text) }
    return texts.joined(separator: "|")
  }

  static func measureStarts(on dataset: Dataset) throws {
    try measure("state") { try LuaState { _ in }.close() }
    let empty = Script(name: "empty.lua", source: [])
    try measure("run") { _ = try ScriptRun(dataset: dataset).report(empty) { _ in } }
  }

  /// Tells how long a new one takes, by the clock of the processor.
  private static func measure(_ what: String, _ body: () throws -> Void) throws {
    let count = 1000
    let begin = ProcessTimes.now.processors
    for _ in 0..<count { try body() }
    let spent = ProcessTimes.now.processors - begin
    print("a new \(what): \(Int(spent / Double(count) * 1e6)) µs")
  }

  /// Pages that the process has in memory, as the system counts them.
  static func residentByteCount() throws -> Int {
    let text = String(
      decoding: try FileReader.contents(of: "/proc/self/statm", byteLimit: 1 << 12), as: UTF8.self)
    let fields = text.split(separator: " ")
    guard fields.count > 1, let pages = Int(fields[1]) else {
      throw CheckFailed(reason: "the system does not tell how much memory is used")
    }
    return pages << 12
  }
}
