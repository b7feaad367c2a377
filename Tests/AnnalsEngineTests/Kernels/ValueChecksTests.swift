import AnnalsEngine
import Testing

@Suite struct ValueChecksTests {
  @Test(arguments: [1, 2, 63, 64, 65, 1023, 1024, 1025, 1026, 3000])
  func `the first descent is found wherever it is`(count: Int) {
    var values = (0..<count).map { Int64($0 / 3) }
    let none = ValueChecks.firstDescent(values.span)
    #expect(none == nil)
    for place in [1, count / 2, count - 1] where place > 0 && place < count {
      let kept = values[place]
      values[place] = values[place - 1] - 1
      let found = ValueChecks.firstDescent(values.span)
      #expect(found == place)
      values[place] = kept
    }
  }

  @Test(arguments: [
    (Array("é😀".utf8), true), ([0x61, 0xFF], false), ([0xC3], false), ([], true),
  ])
  func `bytes are UTF-8 or not`(bytes: [UInt8], isUTF8: Bool) {
    let found = ValueChecks.isUTF8(bytes.span)
    #expect(found == isUTF8)
  }
}
