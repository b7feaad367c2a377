import AnnalsEngine
import FormatsTwin
import Testing

@testable import AnnalsFormats
import SeededRandom

@Suite struct FieldIndexTests {
  let budget = MemoryBudget(byteLimit: 1 << 20)

  /// What is found in some bytes: ends of fields, line breaks within quotes, and the first flaw.
  func found(
    _ bytes: [UInt8], _ dialect: DelimitedDialect = .csv, isEnd: Bool = true, form: KernelForm
  ) throws -> [String] {
    let padded = try Buffer(bytes + Array(repeating: 0x22, count: 64), budget: budget)
    let positions = try Buffer<UInt32>(count: bytes.count + 5, budget: budget)
    let breaks = try Buffer<UInt32>(count: max(bytes.count, 1), budget: budget)
    var index = FieldIndex(dialect, form: form, positions: positions, breaks: breaks)
    return withExtendedLifetime((padded, positions, breaks)) {
      index.find(Lane(padded), start: 0, length: bytes.count, isEnd: isEnd)
      var texts = (0..<index.fieldCount).map { "\(positions[$0 + 1])" }
      texts.append("\(index.lineCount) lines")
      texts += (0..<index.breakCount).map { "break after \(breaks[$0])" }
      if index.isFlawed { texts.append("flaw at \(index.stop)") }
      return texts
    }
  }

  @Test(arguments: KernelForm.available)
  func `fields end at delimiters and line breaks outside quotes`(form: KernelForm) throws {
    func found(_ text: String, isEnd: Bool = true) throws -> [String] {
      try self.found(Array(text.utf8), isEnd: isEnd, form: form)
    }
    #expect(try found("a,b\nc") == ["1", "3", "5", "2 lines"])
    #expect(try found("a,b\nc", isEnd: false) == ["1", "3", "1 lines"])
    #expect(
      try found("a,\"b,\n\"\"\",c\r\nd") == ["1", "9", "11", "14", "2 lines", "break after 1"])
    #expect(
      try found("\"\r\n\r\",\n\r") == ["5", "6", "7", "2 lines", "break after 0", "break after 0"])
    #expect(try found("") == ["0 lines"])
    #expect(try found("a\"b,c") == ["0 lines", "flaw at 1"])
    #expect(try found("x,\"a\"b,c") == ["1", "0 lines", "flaw at 5"])
    #expect(try found("x,\"ab") == ["1", "0 lines", "flaw at 5"])
    #expect(try found("x,\"ab", isEnd: false) == ["1", "0 lines"])
    #expect(try found("x\0") == ["0 lines", "flaw at 1"])
  }

  @Test(arguments: KernelForm.available)
  func `broken UTF-8 is a flaw, across blocks too`(form: KernelForm) throws {
    for length in [0, 1, 62, 63, 64, 65, 127] {
      let before = [UInt8](repeating: 0x61, count: length)
      func found(_ bytes: [UInt8]) throws -> [String] {
        try self.found(before + bytes, form: form)
      }
      #expect(try found([0xC3, 0xA9, 0xF0, 0x9F, 0x98, 0x80]) == ["\(length + 6)", "1 lines"])
      for (bytes, flaw) in [
        ([0xC3, 0x61], 1), ([0x80], 0), ([0xC0, 0x80], 0), ([0xED, 0xA0, 0x80], 1),
        ([0xF4, 0x90, 0x80, 0x80], 1), ([0xF5], 0), ([0xE0, 0x80, 0x80], 1), ([0xC3], 1),
      ] as [([UInt8], Int)] {
        #expect(try found(bytes) == ["0 lines", "flaw at \(length + flaw)"])
      }
    }
  }

  @Test func `all forms of the kernel find the same`() throws {
    var random = SeededRandom(seed: 9)
    let alphabet: [UInt8] =
      Array("ab,,\"\"\n\r;\t".utf8) + [0xC3, 0xA9, 0x61, 0x61, 0x61, 0x61, 0x61]
    for _ in 0..<4000 {
      let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      }
      let isEnd = random.once(in: 2)
      let dialect = DelimitedDialect(quote: random.once(in: 3) ? nil : 0x22)
      let plain = try found(bytes, dialect, isEnd: isEnd, form: .portable)
      for form in KernelForm.available {
        #expect(try found(bytes, dialect, isEnd: isEnd, form: form) == plain)
      }
    }
  }

  @Test func `quotes are odd or even as they are counted`() throws {
    var random = SeededRandom(seed: 10)
    for length in [0, 1, 63, 64, 65, 200] {
      let bytes: [UInt8] = (0..<length).map { _ in random.once(in: 3) ? 0x22 : 0x61 }
      let padded = try Buffer(bytes + Array(repeating: 0x22, count: 64), budget: budget)
      let expected = bytes.count(where: { $0 == 0x22 }) % 2 == 1
      for form in KernelForm.available {
        let isOdd = withExtendedLifetime(padded) {
          FieldIndex.hasOddQuotes(
            Lane(padded), start: 0, length: length, quote: 0x22, form: form)
        }
        #expect(isOdd == expected)
      }
    }
  }
}
