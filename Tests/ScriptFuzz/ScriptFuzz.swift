// Feeds choices to the grammar of scripts, and runs what it makes.
//
//   ANNALS_CHECKS=1 swift build -c release --sanitize=fuzzer --sanitize=address \
//     -Xswiftc -sanitize=fuzzer,address --product AnnalsScriptFuzz --scratch-path .build-fuzz
//   SWIFT_BACKTRACE=enable=no .build-fuzz/release/AnnalsScriptFuzz -max_len=600 -timeout=20 \
//     -rss_limit_mb=8192 FOLDER
//
// The sanitizer keeps freed blocks and every place where one was taken, some gigabytes after half an hour;
// with `ASAN_OPTIONS=malloc_context_size=0:quarantine_size_mb=1` memory stays at some 110 MB.
//
// Of two options `-sanitize` the compiler forgets the first, hence the third one with both. What is new is
// put into FOLDER; what goes wrong is stored as `crash-…`, and `AnnalsScriptCheck` shows its text:
//
//   .build-checks/release/AnnalsScriptCheck script crash-…

import ScriptGrammar

/// The dataset is opened once, by the only thread of the fuzzer.
nonisolated(unsafe) private let random = try? RandomScripts(
  datasetAt: "Datasets/kazakhstan-2022")

/// Called by the fuzzer with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // SAFETY: the fuzzer hands over `count` bytes for the length of the call.
  var choices = Choices(bytes: unsafe Array(UnsafeBufferPointer(start: start, count: count)))
  guard let random = unsafe random else { preconditionFailure("run this beside `Datasets`") }
  _ = random.run(script: Grammar.scripts.text("script", &choices))
  return 0
}

/// What the sanitizer need not call a leak: the dataset lives as long as the program, and the sanitizer
/// does not see through pointers in whose spare bits Swift keeps something.
@_cdecl("__lsan_default_suppressions")
public func suppressions() -> UnsafePointer<UInt8> {
  let patterns: StaticString = "leak:DatasetBuilder\n"
  return unsafe patterns.utf8Start
}
