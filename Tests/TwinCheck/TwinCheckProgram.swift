// Compares the engine with its twin, an interpreter that goes row by row, for many random plans:
//
//   swift build -c release --product AnnalsTwinCheck
//   .build/release/AnnalsTwinCheck [SEED [COUNT]] [show|sql]
//
// `show` prints each plan before it runs, which tells what a crash is about.
//
// `sql` writes plans as queries of DuckDB with the engine's answers instead, which
// `Tests/TwinCheck/compare_with_duckdb.py` compares.
//
// Prints how many plans of each verb were run and how they ended. On a difference it prints the seed,
// and the plan with as few steps and rows as show it, and ends with status 1.

import AnnalsTwin
import Glibc

@main
enum TwinCheckProgram {
  static func main() throws {
    let shows = CommandLine.arguments.last == "show"
    let writesSQL = CommandLine.arguments.last == "sql"
    let arguments = CommandLine.arguments.dropFirst().dropLast(shows || writesSQL ? 1 : 0)
    let numbers = arguments.compactMap { UInt32($0) }.map { UInt64($0) }
    guard numbers.count == arguments.count, numbers.count < 3 else {
      print("usage: AnnalsTwinCheck [SEED [COUNT]] [show|sql]")
      exit(64)
    }
    let seed = numbers.first ?? 1
    let count = numbers.count > 1 ? numbers[1] : 1000
    if writesSQL { return try writeSQL(seed..<seed + count) }
    guard try run(seed..<seed + count, shows: shows) else { exit(1) }
  }

  /// - Returns: Whether the engine and the twin agree in all plans.
  private static func run(_ seeds: Range<UInt64>, shows: Bool) throws -> Bool {
    var tally = TwinTally()
    var dataset = try TwinCase.dataset(of: seeds.lowerBound)
    for seed in seeds {
      if seed % TwinCase.blockSize == 0 { dataset = try TwinCase.dataset(of: seed) }
      let twinCase = TwinCase(seed: seed, dataset: dataset)
      if shows {
        print(twinCase.text)
        fflush(nil)
      }
      do throws(TwinCheck.Difference) {
        tally.note(twinCase, try twinCase.check())
      } catch {
        let (smallest, difference) = twinCase.shrunk(error)
        print(smallest.text(difference))
        return false
      }
    }
    for line in tally.lines { print(line) }
    return true
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
