// Reads any bytes as an Arrow file, and all of its columns. Whatever they are, that ends without a trap,
// without a read outside of them, and within its memory.
//
//   ANNALS_CHECKS=1 swift build --sanitize=fuzzer --sanitize=address \
//     -Xswiftc -sanitize=fuzzer,address --product ArrowFuzz --scratch-path .build-fuzz
//   SWIFT_BACKTRACE=enable=no .build-fuzz/debug/ArrowFuzz -max_len=8192 -rss_limit_mb=2048 \
//     FOLDER Tests/AnnalsFormatsTests/Fixtures/corpus/arrow
//
// Of two options `-sanitize` the compiler forgets the first, hence the third one with both.
//
// What it finds is put into FOLDER. A file that failed is mended and kept in the corpus, which
// `ArrowCorpusTests` reads at every test.

import AnnalsEngine
import AnnalsFormats

@_cdecl("LLVMFuzzerTestOneInput")
func fuzzArrow(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // SAFETY: the fuzzer gives `count` bytes for the length of the call, and they are copied.
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  let budget = MemoryBudget(byteLimit: 1 << 26)
  guard let buffer = try? Buffer(bytes, budget: budget),
    let table = try? ArrowTable.read(SharedMemory(buffer), name: "f", budget: budget)
  else { return 0 }
  for part in table.columns {
    guard let column = try? part.read() else { continue }
    for row in 0..<min(column.count, 10_000) { _ = column.value(row).text }
  }
  return 0
}
