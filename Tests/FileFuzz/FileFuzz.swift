// Feeds bytes to what opens a single file: compression, encodings, the first look, header, types, days.
//
//   ANNALS_CHECKS=1 swift build --sanitize=fuzzer --sanitize=address --product AnnalsFileFuzz \
//     --scratch-path .build-fuzz
//   SWIFT_BACKTRACE=enable=no .build-fuzz/debug/AnnalsFileFuzz -max_len=600 NEW Tests/FileFuzz/Corpus
//
// `NEW` is a folder for what it finds. What goes wrong is stored as `crash-…`; when it is mended, the
// file goes into the corpus, which the tests replay.

import AnnalsEngine
import FormatsTwin

/// Called by the fuzzer with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // SAFETY: the fuzzer hands over `count` bytes for the length of the call.
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  let budget = MemoryBudget(byteLimit: 1 << 27)
  WholeFile.tryToRead(bytes, budget: budget)
  precondition(budget.byteCount == 0, "all memory is given back")
  return 0
}
