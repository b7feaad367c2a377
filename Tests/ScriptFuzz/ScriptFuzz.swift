// Feeds choices to the grammars of scripts and of formulas, and runs what they make.
//
//   ANNALS_CHECKS=1 swift build --sanitize=fuzzer --sanitize=address --product AnnalsScriptFuzz \
//     --scratch-path .build-fuzz
//   SWIFT_BACKTRACE=enable=no .build-fuzz/debug/AnnalsScriptFuzz -max_len=600 -timeout=20 NEW
//
// `NEW` is a folder for what it finds. The first byte tells a formula (0 to 127) from a script.

import ScriptGrammar

/// The dataset is opened once, by the only thread of the fuzzer.
nonisolated(unsafe) private let random = try? RandomScripts(
  datasetAt: "Datasets/kazakhstan-2022")

/// Called by the fuzzer with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // SAFETY: the fuzzer hands over `count` bytes for the length of the call.
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  guard let random = unsafe random else { preconditionFailure("run this beside `Datasets`") }
  var choices = Choices(bytes: Array(bytes.dropFirst()))
  if bytes.first ?? 0 < 128 {
    _ = random.run(formula: Grammar.formulas.text("line", &choices))
  } else {
    _ = random.run(script: Grammar.scripts.text("script", &choices))
  }
  return 0
}
