// Compares the engine with its twin, an interpreter that goes row by row, for many random plans:
//
//   swift build -c release --product AnnalsTwinCheck
//   .build/release/AnnalsTwinCheck [SEED [COUNT]] [once|show|sql]
//
// `once` runs each plan in one setting of batch size, threads and rewriting, which the seed draws,
// instead of four: for runs over millions of plans.
//
// `show` prints each plan before it runs, which tells what a crash is about.
//
// `sql` writes plans as queries of DuckDB with the engine's answers instead, which
// `Tests/TwinCheck/compare_with_duckdb.py` compares.
//
// Prints how many plans of each verb were run and how they ended. A difference is printed with its
// seed, and the plan with as few steps and rows as show it; after all seeds the status is then 1.

import AnnalsTwin
import Glibc

@main
enum TwinCheckProgram {
  static func main() throws {
    let mode = CommandLine.arguments.last.flatMap(Mode.init)
    let arguments = CommandLine.arguments.dropFirst().dropLast(mode == nil ? 0 : 1)
    let numbers = arguments.compactMap { UInt32($0) }.map { UInt64($0) }
    guard numbers.count == arguments.count, numbers.count < 3 else {
      print("usage: AnnalsTwinCheck [SEED [COUNT]] [once|show|sql]")
      exit(64)
    }
    let seed = numbers.first ?? 1
    let count = numbers.count > 1 ? numbers[1] : 1000
    if mode == .sql { return try writeSQL(seed..<seed + count) }
    guard try run(seed..<seed + count, mode) else { exit(1) }
  }

  private enum Mode: String {
    case once, show, sql
  }

  /// - Returns: Whether the engine and the twin agree in all plans.
  private static func run(_ seeds: Range<UInt64>, _ mode: Mode?) throws -> Bool {
    var tally = TwinTally()
    var agree = true
    var dataset = try TwinCase.dataset(of: seeds.lowerBound)
    for seed in seeds {
      if seed % TwinCase.blockSize == 0 { dataset = try TwinCase.dataset(of: seed) }
      var twinCase = TwinCase(seed: seed, dataset: dataset)
      if mode == .once { twinCase.keepOneSetting() }
      if mode == .show {
        print(twinCase.text)
        fflush(nil)
      }
      do throws(TwinCheck.Difference) {
        tally.note(twinCase, try twinCase.check())
      } catch {
        let (smallest, difference) = twinCase.shrunk(error)
        print(smallest.text(difference))
        agree = false
      }
    }
    for line in tally.lines { print(line) }
    return agree
  }

  /// Each case ends with an empty line.
  private static func writeSQL(_ seeds: Range<UInt64>) throws {
    for seed in seeds {
      guard let sqlCase = try SQLCase(seed: seed) else { continue }
      for line in sqlCase.lines { print(line) }
      print()
    }
  }
}
