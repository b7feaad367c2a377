// Reads any bytes as a packed bundle, and as the manifest of one. Whatever they are, that ends without a
// trap, and what is taken for a bundle is packed to the very bytes that were read.
//
//   ANNALS_CHECKS=1 swift build --sanitize=fuzzer --sanitize=address \
//     -Xswiftc -sanitize=fuzzer,address --product BundleFuzz --scratch-path .build-fuzz
//   SWIFT_BACKTRACE=enable=no .build-fuzz/debug/BundleFuzz -max_len=8192 -rss_limit_mb=2048 \
//     FOLDER Tests/AnnalsBundlesTests/Corpus
//
// Of two options `-sanitize` the compiler forgets the first, hence the third one with both.
//
// What it finds is put into FOLDER. A file that failed is mended and kept in the corpus, which
// `BundleCorpusTests` reads at every test.

import AnnalsBundles

@_cdecl("LLVMFuzzerTestOneInput")
func fuzzBundle(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  // SAFETY: the fuzzer gives `count` bytes for the length of the call, and they are copied.
  let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
  check(bytes)
  let manifest = BundleFile(path: Manifest.path, bytes: bytes)
  let report = BundleFile(path: "report.lua", bytes: Array("return 1\n".utf8))
  guard let files = try? BundleFiles([manifest, report], of: "f"),
    let archive = try? ArchiveWriter.archive(files, of: "f")
  else { return 0 }
  check(archive)
  return 0
}

func check(_ bytes: [UInt8]) {
  do throws(BundlesError) {
    let bundle = try ReportBundle(archive: bytes, name: "f")
    let packed = try bundle.packed()
    precondition(packed == bytes, "a bundle is packed as it was read")
  } catch {
    precondition(!error.description.isEmpty, "an error says what is wrong")
  }
}
