// Types random bytes into the line editor, in sessions of a thousand steps, and compares its screen after
// each step with one that is painted as a whole:
//
//   ANNALS_CHECKS=1 swift build -c release --product AnnalsConsoleCheck
//   .build/release/AnnalsConsoleCheck 1000000      # so many steps; a second number is the first seed
//   .build/release/AnnalsConsoleCheck measure      # from key to paint in texts of a megabyte

import AnnalsPlatform
import ConsoleTwin

@main
enum ConsoleCheck {
  private static let sessionLength = 1_000

  static func main() {
    if CommandLine.arguments.dropFirst().first == "measure" { return KeyTimes.measure() }
    let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
    let count = numbers.first ?? 100_000
    var left = count
    var seed = numbers.dropFirst().first ?? 1
    while left > 0 {
      if let problem = session(seed: seed, steps: min(left, sessionLength)) {
        print("seed \(seed), \(problem)")
        endProcess(status: 1)
      }
      left -= sessionLength
      seed += 1
    }
    print("console check: \(count) steps agree")
  }

  /// Gives what is wrong; nil if nothing is.
  private static func session(seed: Int, steps: Int) -> String? {
    var check = ScreenCheck(seed: UInt64(truncatingIfNeeded: seed))
    for step in 0..<steps {
      if let problem = check.step() { return "step \(step): \(problem)" }
    }
    return nil
  }
}
