// Runs random scripts and formulas, best under the address sanitizer:
//
//   ANNALS_CHECKS=1 swift build --sanitize=address --product AnnalsScriptCheck --scratch-path .build-fuzz
//   SWIFT_BACKTRACE=enable=no .build-fuzz/debug/AnnalsScriptCheck 500 5000 1
//
// The arguments are how many scripts, how many formulas, and the first seed. With `show` at the end each
// text is printed with its seed before it runs, so that the last one is what the program did not survive.

import ScriptGrammar

@main
enum ScriptCheck {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    let numbers = arguments.compactMap { UInt64($0) }
    guard numbers.count >= 2 else { return print("usage: SCRIPTS FORMULAS [SEED] [show]") }
    let first = numbers.count > 2 ? numbers[2] : 1
    let shows = arguments.last == "show"
    let random = try RandomScripts(datasetAt: "Datasets/kazakhstan-2022")
    var scripts = 0
    for seed in first..<first + numbers[0] {
      var choices = Choices(seed: seed)
      let text = Grammar.scripts.text("script", &choices)
      if shows { print("-- script \(seed)\n\(text)") }
      if random.run(script: text) { scripts += 1 }
    }
    var formulas = 0
    for seed in first..<first + numbers[1] {
      var choices = Choices(seed: seed)
      let text = Grammar.formulas.text("line", &choices)
      if shows { print("-- formula \(seed)\n\(text)") }
      if random.run(formula: text) { formulas += 1 }
    }
    print(
      "script check: \(numbers[0]) scripts, \(scripts) ran to their end; \(numbers[1]) formulas, "
        + "\(formulas) could be computed")
  }
}
