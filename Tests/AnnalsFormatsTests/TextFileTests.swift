import AnnalsEngine
import AnnalsPlatform
import FormatsTwin
import Testing

@testable import AnnalsFormats

/// Compressed files, and such as are written in other encodings than UTF-8.
@Suite struct TextFileTests {
  /// The text of a file, what it was compressed by and written in; nothing stays reserved.
  func read(
    _ bytes: [UInt8], _ encoding: TextEncoding? = nil, limit: Int = 1 << 26
  ) throws -> (text: [UInt8], compression: Compression?, encoding: TextEncoding) {
    let budget = MemoryBudget(byteLimit: limit)
    defer { #expect(budget.byteCount == 0) }
    let file = try TextFile(ByteSource(bytes), path: "f.csv", encoding: encoding, budget: budget)
    let count = file.source.byteCount
    let buffer = try Buffer<UInt8>(count: count + 64, budget: budget)
    try file.source.read(into: Lane(buffer), at: 0, count: count, from: 0)
    return ((0..<count).map { buffer[$0] }, file.compression, file.encoding)
  }

  func text(_ bytes: [UInt8], _ encoding: TextEncoding? = nil) throws -> String {
    String(decoding: try read(bytes, encoding).text, as: UTF8.self)
  }

  func message(_ bytes: [UInt8], _ encoding: TextEncoding? = nil) -> String {
    let error = #expect(throws: FormatsError.self) { try read(bytes, encoding) }
    return error.map { String($0.description.split(separator: "\n")[0]) } ?? "none"
  }

  @Test func `plain UTF-8 is read where it stands`() throws {
    let found = try read(Array("é,b\n".utf8))
    #expect(found == (Array("é,b\n".utf8), nil, .utf8))
    #expect(try text([]) == "")
    #expect(try text([0x61]) == "a")
  }

  @Test func `gzip and zstd are told by their first bytes and taken off`() throws {
    // Larger than the pieces in which it is read and written, and hard to compress.
    var random = SystemRandomNumberGenerator()
    let noise = (0..<300_000).map { _ in UInt8.random(in: 32...126, using: &random) }
    for plain in [noise, Array("a,b\n".utf8), [], Array(repeating: 0x61, count: 500_000)] {
      #expect(try read(TwinCompression.gzip(plain)) == (plain, .gzip, .utf8))
      #expect(try read(TwinCompression.zstd(plain)) == (plain, .zstd, .utf8))
      let parts = [Array(plain[..<(plain.count / 2)]), Array(plain[(plain.count / 2)...])]
      #expect(try read(parts.flatMap(TwinCompression.gzip)).text == plain)
      #expect(try read(parts.flatMap(TwinCompression.zstd)).text == plain)
    }
    #expect(try text(TwinCompression.gzip([0x61]) + [0, 0, 0]) == "a")
  }

  @Test func `a compressed file that is cut anywhere, or changed, is refused`() throws {
    let plain = Array("id,place\n1,Almaty\n2,Astana\n".utf8)
    for (whole, kind) in [
      (TwinCompression.gzip(plain), "gzip"), (TwinCompression.zstd(plain), "zstd"),
    ] {
      for count in 4..<whole.count {
        #expect(
          message(Array(whole[..<count])) == "the file is cut short: its \(kind) does not end")
      }
    }
    var changed = TwinCompression.gzip(plain)
    changed[14] ^= 0x55
    #expect(message(changed) == "the file is damaged: it is no whole gzip")
    #expect(
      message(TwinCompression.gzip(plain) + [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
        == "the file is damaged: it is no whole gzip")
    #expect(
      message([0x28, 0xB5, 0x2F, 0xFD] + [UInt8](repeating: 0xFF, count: 40))
        == "the file is damaged: it is no whole zstd")
  }

  @Test func `the one file of a zip archive is taken out of it`() throws {
    var random = SystemRandomNumberGenerator()
    let noise = (0..<300_000).map { _ in UInt8.random(in: 32...126, using: &random) }
    for plain in [noise, Array("a,b\n".utf8), [], Array(repeating: 0x61, count: 500_000)] {
      #expect(try read(TwinCompression.zip([plain])) == (plain, .zip, .utf8))
      #expect(try read(TwinCompression.zip([plain], sizesFollow: true)).text == plain)
      #expect(try read(TwinCompression.zip([plain], isStored: true)).text == plain)
    }
  }

  @Test func `an archive of several files, a locked or a damaged one is refused`() throws {
    let plain = Array("id,place\n1,Almaty\n2,Astana\n".utf8)
    #expect(
      message(TwinCompression.zip([plain, plain])) == "the archive holds 2 files, and not one")
    #expect(
      message(TwinCompression.zip([plain], isStored: true, sizesFollow: true))
        == "the archive does not say how large its file is")
    var whole = TwinCompression.zip([plain])
    for count in 4..<whole.count {
      #expect(message(Array(whole[..<count])) == "the file is cut short: its zip does not end")
    }
    whole[14] ^= 0x55
    #expect(try read(whole).text == plain)
    var changed = TwinCompression.zip([plain], isStored: true)
    changed[40] ^= 0x55
    #expect(message(changed) == "the file is damaged: it is no whole zip")
    changed[6] = 1
    #expect(message(changed) == "the archive is encrypted")
    changed[6] = 0
    changed[8] = 14
    #expect(message(changed) == "the archive is compressed by method 14, and not deflated")
  }

  @Test func `a file that grows without measure is refused within its memory`() throws {
    let zeros = [UInt8](repeating: 0x30, count: 90 << 20)
    for bomb in [
      TwinCompression.gzip(zeros), TwinCompression.zstd(zeros), TwinCompression.zip([zeros]),
    ] {
      let error = #expect(throws: FormatsError.self) { try read(bomb, limit: 1 << 30) }
      #expect(
        error?.description
          == "the file would become more than 250 times larger\n  at:  f.csv"
          + "\n  fix: unpack it yourself if you trust it")
      #expect(throws: FormatsError.self) { try read(bomb, limit: 1 << 22) }
    }
  }

  @Test func `Windows-1252 and Latin-1 are read where they are named`() throws {
    let bytes: [UInt8] = [0x80, 0x2C, 0xE9, 0x93, 0x81, 0x9F, 0x0A]
    #expect(try text(bytes, .windows1252) == "€,é“\u{81}Ÿ\n")
    #expect(try text(bytes, .latin1) == "\u{80},é\u{93}\u{81}\u{9F}\n")
    #expect(try text([0xE9], .latin1) == "é")
    #expect(try text(TwinCompression.gzip(bytes), .windows1252) == "€,é“\u{81}Ÿ\n")
  }

  @Test func `UTF-16 is told by its byte order mark`() throws {
    let units = Array("a,é\n😀,\u{FFFD}\r\n".utf16)
    let low = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let high = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    for (bytes, encoding) in [
      ([0xFF, 0xFE] + low, nil), ([0xFE, 0xFF] + high, nil), (low, TextEncoding.utf16),
      ([0xFE, 0xFF] + high, .utf16),
    ] {
      let found = try read(bytes, encoding)
      #expect(String(decoding: found.text, as: UTF8.self) == "a,é\n😀,\u{FFFD}\r\n")
      #expect(found.encoding == .utf16)
    }
    #expect(try text(TwinCompression.zstd([0xFF, 0xFE] + low)) == "a,é\n😀,\u{FFFD}\r\n")
    #expect(try text([0xFF, 0xFE]) == "")
  }

  @Test func `half a letter is told with its place`() {
    #expect(message([0xFF, 0xFE, 0x61, 0x00, 0x62]) == "the file is not utf-16 at byte 5")
    #expect(message([0xFF, 0xFE, 0x00, 0xDC]) == "the file is not utf-16 at byte 4")
    #expect(message([0xFF, 0xFE, 0x3D, 0xD8]) == "the file is not utf-16 at byte 4")
    #expect(
      message([0xFF, 0xFE, 0x3D, 0xD8, 0x61, 0x00]) == "the file is not utf-16 at byte 6")
  }

  @Test func `a file of something else says what it is`() throws {
    let beginnings: [(bytes: [UInt8], message: String)] = [
      (Array("%PDF-1.7\n".utf8), "a PDF document"), (Array("PAR1\u{15}".utf8), "Parquet"),
      (Array("ARROW1\u{0}\u{0}".utf8), "an Arrow file"),
      (Array("SQLite format 3\u{0}".utf8), "an SQLite database"),
      (
        [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
        "a spreadsheet or document of an office program"
      ),
      (Array("\u{FEFF}\n <!DOCTYPE HTML>".utf8), "a web page"),
      (Array("<Html>".utf8), "a web page"),
      (Array("<?xml version=\"1.0\"?>".utf8), "XML"), (Array("{\"a\": 1}\n".utf8), "JSON"),
      (Array("[\n  {".utf8), "JSON"), (Array("[{\"a\": 1}]".utf8), "JSON"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "compressed by xz"),
      ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "compressed by 7z"),
      (Array("BZh91AY&SY".utf8), "compressed by bzip2"),
      (Array("Rar!\u{1A}\u{7}".utf8), "compressed by rar"),
    ]
    for (bytes, kind) in beginnings {
      #expect(message(bytes) == "the file is \(kind), and no delimited text")
    }
    for text in ["PAR,1\n", "%PDF\n", "{id},day\n", "<country>,n\n", "[1],b\n", "BZh9,c\n"] {
      #expect(try self.text(Array(text.utf8)) == text)
    }
  }

  @Test func `a spreadsheet is no archive to unpack`() {
    let name = Array("[Content_Types].xml".utf8)
    let header: [UInt8] =
      [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 8, 0] + Array(repeating: 0, count: 16)
      + [UInt8(name.count), 0, 0, 0] + name
    #expect(message(header) == "the file is a spreadsheet, and no delimited text")
  }
}
