// Holds the reader of delimited files against its plain twin on many random files, and measures it:
//
//   ANNALS_CHECKS=1 swift build -c release --product AnnalsReaderCheck
//   .build/release/AnnalsReaderCheck 100000        # so many files; a second number is the first seed
//   .build/release/AnnalsReaderCheck forms 1000000 # one file of so many rows, compressed and written otherwise
//   .build/release/AnnalsReaderCheck FILE [THREADS [PIECE [WINDOW]]]

import AnnalsEngine
import AnnalsFormats
import AnnalsPlatform
import FormatsTwin

struct CheckFailed: Error {
  let reason: String
}

@main
enum ReaderCheck {
  static func main() {
    do {
      try run()
    } catch {
      print(error)
      endProcess(status: 1)
    }
  }

  static func run() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let first = arguments.first else { throw CheckFailed(reason: "give a number or a file") }
    let numbers = arguments.dropFirst().compactMap { Int($0) }
    if first == "forms" {
      try FormsCheck(rowCount: numbers.first ?? 1_000_000).run()
    } else if let count = Int(first) {
      try compare(count, from: numbers.first ?? 1)
    } else {
      try measure(first, numbers)
    }
  }

  static func compare(_ count: Int, from seed: Int) throws {
    for seed in seed..<seed + count {
      let budget = MemoryBudget(byteLimit: 1 << 30)
      let file = RandomFile(seed: UInt64(seed))
      if let difference = try TwinComparison.difference(file, budget: budget) {
        print(String(decoding: file.bytes, as: UTF8.self).debugDescription)
        print(file.dialect, file.options, file.schema as Any)
        throw CheckFailed(reason: "seed \(seed): \(difference)")
      }
      guard budget.byteCount == 0 else {
        throw CheckFailed(reason: "seed \(seed): \(budget.byteCount) bytes are still reserved")
      }
    }
    print("\(count) files are read as their twin reads them")
  }

  static func measure(_ path: String, _ numbers: [Int]) throws {
    var options = ReadingOptions(threadCount: numbers.first ?? 1)
    if numbers.count > 1 { options.pieceByteCount = numbers[1] }
    if numbers.count > 2 { options.windowByteCount = numbers[2] }
    let budget = MemoryBudget(byteLimit: .max)
    var problems = ProblemList()
    let start = monotonicSeconds()
    let table = try TableReader.read(
      TableResource(name: "t", path: path), schema: nil, from: try ByteSource(path: path),
      budget: budget, options: options, problems: &problems)
    let seconds = monotonicSeconds() - start
    print(
      "\(table.rowCount) rows, \(problems.count) problems, \(seconds) s, \(budget.byteCount) bytes")
  }
}
