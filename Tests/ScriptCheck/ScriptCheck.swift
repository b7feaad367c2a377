// Runs random scripts and formulas, best under the address sanitizer:
//
//   ANNALS_CHECKS=1 swift build --sanitize=address --product AnnalsScriptCheck --scratch-path .build-fuzz
//   SWIFT_BACKTRACE=enable=no .build-fuzz/debug/AnnalsScriptCheck 500 5000 1
//
// The arguments are how many scripts, how many formulas, and the first seed. With `show` at the end each
// text is printed with its seed before it runs, so that the last one is what the program did not survive.
// With `script FILE` or `formula FILE` it shows and runs what a fuzzer stored.

import AnnalsPlatform
import ScriptGrammar

@main
enum ScriptCheck {
  static func main() throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    let random = try RandomScripts(datasetAt: "Datasets/kazakhstan-2022")
    if arguments.count == 2, ["script", "formula"].contains(arguments[0]) {
      return try runStored(arguments[0], path: arguments[1], random)
    }
    let numbers = arguments.compactMap { UInt64($0) }
    guard numbers.count >= 2 else {
      return print("usage: SCRIPTS FORMULAS [SEED] [show], script FILE or formula FILE")
    }
    let first = numbers.count > 2 ? numbers[2] : 1
    let shows = arguments.last == "show"
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

  private static func runStored(_ kind: String, path: String, _ random: RandomScripts) throws {
    var choices = Choices(bytes: try FileReader.contents(of: path, byteLimit: 1 << 16))
    let isScript = kind == "script"
    let text =
      isScript
      ? Grammar.scripts.text("script", &choices) : Grammar.formulas.text("line", &choices)
    print(text)
    let done = isScript ? random.run(script: text) : random.run(formula: text)
    print("-- it \(done ? "gave a result" : "gave an error")")
  }
}
