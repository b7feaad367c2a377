import Testing

@testable import AnnalsConsole

@Suite struct KeyDecoderTests {
  private func keys(_ pieces: [UInt8]...) -> [Key] {
    var decoder = KeyDecoder()
    return pieces.flatMap { decoder.keys(from: $0.span) } + decoder.flush()
  }

  private func keys(_ text: String) -> [Key] { keys(Array(text.utf8)) }

  @Test func `characters that come at once are one text`() {
    #expect(keys("Алматы 東京") == [.text("Алматы 東京")])
  }

  @Test func `controls, Enter, Tab and Backspace are keys`() {
    #expect(
      keys("\u{1}\u{1F}\r\n\t\u{7F}\u{8}") == [
        .control("a"), .control("_"), .named(.enter), .named(.enter), .named(.tab),
        .named(.backspace), .named(.backspace),
      ])
  }

  @Test func `sequences of all common terminals are known`() {
    #expect(
      keys("\u{1B}[A\u{1B}OB\u{1B}[1;5C\u{1B}[1;3D\u{1B}[7~\u{1B}[4~\u{1B}[3~\u{1B}[Z\u{1B}[13;2u")
        == [
          .named(.up), .named(.down), .named(.right, .control), .named(.left, .alt), .named(.home),
          .named(.end), .named(.delete), .named(.tab, .shift), .named(.enter, .shift),
        ])
  }

  @Test func `an escape character before a key is Alt, and stands for itself alone`() {
    #expect(
      keys("\u{1B}b\u{1B}\r\u{1B}\u{7F}\u{1B}\u{1B}[C") == [
        .alt("b"), .named(.enter, .alt), .named(.backspace, .alt), .named(.right, .alt),
      ])
    #expect(keys("\u{1B}") == [.named(.escape)])
  }

  @Test func `what is unknown is passed over as a whole`() {
    #expect(
      keys("a\u{1B}[?12;4$yb\u{1B}[[Cc\u{1B}[38;5;1;99999999999999999999Rd") == [.text("abcd")])
  }

  @Test func `pasted text is taken literally`() {
    #expect(
      keys("x\u{1B}[200~a\r\tb\u{1B}[A\u{3}\u{1B}[201~y") == [
        .text("x"), .paste("a\r\tb\u{1B}[A\u{3}"), .text("y"),
      ])
  }

  @Test func `pieces may be cut anywhere`() {
    let bytes = Array("д\u{1B}[1;5C\u{1B}[200~東\u{1B}[201~👍🏽\u{1B}OA".utf8)
    let whole: [Key] = [
      .text("д"), .named(.right, .control), .paste("東"), .text("👍🏽"), .named(.up),
    ]
    for cut in bytes.indices {
      var decoder = KeyDecoder()
      var keys: [Key] = []
      for key in decoder.keys(from: Array(bytes[..<cut]).span)
        + decoder.keys(from: Array(bytes[cut...]).span)
      {
        // An emoji with its colour may come as two texts.
        if case .text(let text) = key, case .text(let before)? = keys.last {
          keys[keys.count - 1] = .text(before + text)
        } else {
          keys.append(key)
        }
      }
      #expect(keys == whole)
    }
  }

  @Test func `bytes that are no UTF-8 are replaced as String does it`() {
    let cases: [[UInt8]] = [
      [0x80], [0xC3, 0x28], [0xE2, 0x82], [0xE2, 0x28, 0xA1], [0xF0, 0x9F, 0x91], [0xC0, 0xAF],
      [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFF, 0xFE, 0x41], [0xE0, 0x9F, 0xBF],
    ]
    for bytes in cases { #expect(keys(bytes) == [.text(String(decoding: bytes, as: UTF8.self))]) }
  }

  @Test func `the beginning of a character waits for its rest`() {
    var decoder = KeyDecoder()
    #expect(decoder.keys(from: [0xE6, 0x9D].span) == [])
    #expect(decoder.isWaiting)
    #expect(decoder.keys(from: [0xB1].span) == [.text("東")])
    #expect(!decoder.isWaiting)
  }
}
