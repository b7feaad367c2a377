import AnnalsEngine
import CAnnalsKernels
import FormatsTwin
import Testing

@testable import AnnalsFormats
import SeededRandom

@Suite struct TextTableTests {
  let budget = MemoryBudget(byteLimit: 1 << 24)

  /// Texts of all lengths, some of which differ in a single byte.
  func texts(_ random: inout SeededRandom) -> [[UInt8]] {
    (0..<3000).map { _ in
      var bytes = [UInt8](repeating: 0x61, count: Int.random(in: 1...70, using: &random))
      bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
        in: 0...3, using: &random)
      return bytes
    }
  }

  @Test func `texts are numbered by first appearance, whatever their length`() throws {
    var random = SeededRandom(seed: 5)
    let table = try TextTable(budget: budget)
    var numbers: [[UInt8]: Int] = [:]
    for bytes in texts(&random) {
      let padded = try Buffer(bytes + Array(repeating: 0x7A, count: 64), budget: budget)
      let isNew = numbers[bytes] == nil
      let expected = numbers[bytes] ?? numbers.count
      numbers[bytes] = expected
      let found = try withExtendedLifetime(padded) {
        try table.number(of: Lane(padded), 0, bytes.count)
      }
      #expect(found.number == expected && found.isNew == isNew)
    }
    #expect(table.count == numbers.count)
    let dictionary = try table.finished()
    for (bytes, number) in numbers {
      #expect(dictionary.texts.string(number) == String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test func `a short text is read as words with zeros behind its end, and compared so far`() throws
  {
    let bytes = (0..<80).map { UInt8($0 * 37 % 251 + 1) }
    let source = try Buffer(bytes, budget: budget)
    try withExtendedLifetime(source) {
      for length in 0...32 {
        var padded = Array(bytes[3..<3 + length]) + Array(repeating: 0, count: 32 - length)
        let expected = (0..<4).map { word in
          (0..<8).reduce(UInt64(0)) { $0 | UInt64(padded[word * 8 + $1]) << UInt64($1 * 8) }
        }
        let words = Lane(source).shortText(3, length)
        #expect([words.0, words.1, words.2, words.3] == expected)
        let plain = unsafe annals_short_text_portable(Array(bytes[3...]), Int64(length)).words
        #expect([plain.0, plain.1, plain.2, plain.3] == expected)

        padded[length..<32] = ArraySlice(repeating: 9, count: 32 - length)
        for changed in 0..<32 {
          var changes = padded
          changes[changed] ^= 0x80
          let other = try Buffer(changes, budget: budget)
          withExtendedLifetime(other) {
            let isEqual = Lane(source).isEqual(3, to: Lane(other), 0, length: length)
            #expect(isEqual == (changed >= length))
          }
        }
      }
    }
  }

  @Test func `texts that were forgotten are new again`() throws {
    let table = try TextTable(budget: budget)
    let bytes = try Buffer(
      Array("abcdefgh".utf8) + Array(repeating: 0 as UInt8, count: 64), budget: budget)
    try withExtendedLifetime(bytes) {
      for index in 0..<8 { #expect(try table.number(of: Lane(bytes), index, 1).isNew) }
      try table.truncate(to: 3)
      #expect(try table.number(of: Lane(bytes), 2, 1) == (2, false))
      #expect(try table.number(of: Lane(bytes), 7, 1) == (3, true))
      #expect(try table.number(of: Lane(bytes), 3, 1) == (4, true))
    }
  }
}
