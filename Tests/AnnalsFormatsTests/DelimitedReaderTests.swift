import AnnalsFormats
import Testing

@Suite struct DelimitedReaderTests {
  /// The fields of each record, with the line that it starts on.
  func records(
    _ text: String, _ dialect: DelimitedDialect = .csv, pieces: Int = 1 << 16
  ) throws -> [(line: Int, fields: [String])] {
    let reader = DelimitedReader(
      ByteSource(Array(text.utf8), pieceByteCount: pieces), dialect: dialect)
    var records: [(Int, [String])] = []
    while try reader.next() {
      let record = reader.record
      records.append((record.line, (0..<record.fieldCount).map(record.text)))
    }
    return records
  }

  func fields(_ text: String, _ dialect: DelimitedDialect = .csv) throws -> [[String]] {
    try records(text, dialect).map(\.fields)
  }

  func flaws(_ bytes: [UInt8]) throws -> [String] {
    let reader = DelimitedReader(ByteSource(bytes))
    var flaws: [String] = []
    while try reader.next() {
      for (field, flaw) in reader.record.flaws {
        flaws.append("\(reader.record.line) \(field) \(flaw)")
      }
    }
    return flaws
  }

  @Test func `a quoted field may hold the delimiter, quotes and line breaks`() throws {
    #expect(try fields("a,\"b,\"\"c\"\"\n d\",e\n") == [["a", "b,\"c\"\n d", "e"]])
  }

  @Test func `LF, CR LF and CR end a line, and the last line needs none`() throws {
    let expected = [["a", "b"], ["1", "2"], ["3", ""]]
    #expect(try fields("a,b\n1,2\n3,\n") == expected)
    #expect(try fields("a,b\r\n1,2\r\n3,\r\n") == expected)
    #expect(try fields("a,b\r1,2\r3,") == expected)
  }

  @Test func `a byte order mark is dropped`() throws {
    #expect(try fields("\u{FEFF}a\n1") == [["a"], ["1"]])
    #expect(try records("\u{FEFF}a\n1", pieces: 1).map(\.fields) == [["a"], ["1"]])
  }

  @Test func `an empty file has no records, an empty line is one empty field`() throws {
    #expect(try fields("") == [])
    #expect(try fields("\n") == [[""]])
    #expect(try fields("a\n\nb") == [["a"], [""], ["b"]])
  }

  @Test func `the line of a record counts the line breaks within quotes`() throws {
    let lines = try records("a\n\"x\r\ny\rz\n\"\nb\r\nc").map(\.line)
    #expect(lines == [1, 2, 6, 7])
  }

  @Test(arguments: [1, 2, 3, 7])
  func `the size of the pieces does not show`(pieces: Int) throws {
    let text = "\u{FEFF}a,\"b\r\n\"\"c\"\r\n\r\n,\"\"\r1,é\n\"\r\"\nlast"
    let whole = try records(text)
    let parts = try records(text, pieces: pieces)
    #expect(parts.map(\.fields) == whole.map(\.fields))
    #expect(parts.map(\.line) == whole.map(\.line))
    #expect(whole.map(\.line) == [1, 3, 4, 5, 6, 8])
  }

  @Test func `tabs may delimit, and quotes may mean nothing`() throws {
    #expect(try fields("a\t\"b\tc\"\n", .tsv) == [["a", "b\tc"]])
    let plain = DelimitedDialect(delimiter: UInt8(ascii: "\t"), quote: nil)
    #expect(try fields("5\"\t\"b\n", plain) == [["5\"", "\"b"]])
  }

  @Test func `flaws are told with line and field, and reading goes on`() throws {
    let text = "a,5\"x\nb,\"y\"z\n\"\"q\"\",d\nok,ok\n"
    #expect(
      try flaws(Array(text.utf8)) == [
        "1 1 strayQuote", "2 1 textAfterQuote", "3 0 textAfterQuote",
      ])
  }

  @Test func `a quote that is never closed ends the file`() throws {
    #expect(try flaws(Array("a\nb,\"c\nd\n".utf8)) == ["2 1 unterminatedQuote"])
    #expect(try flaws(Array("\"a\"".utf8)) == [])
  }

  @Test func `zero bytes and bad UTF-8 are flaws of their field`() throws {
    #expect(try flaws([0x61, 0x2C, 0x00, 0x0A]) == ["1 1 zeroByte"])
    #expect(try flaws([0xFF, 0x2C, 0xC3, 0xA9, 0x0A]) == ["1 0 badUTF8"])
    #expect(try flaws([0xC3, 0x2C, 0xA9, 0x0A]) == ["1 0 badUTF8", "1 1 badUTF8"])
  }

  @Test func `a blank line differs from a quoted empty field`() throws {
    let reader = DelimitedReader(ByteSource(Array("\n\"\"\n".utf8)))
    #expect(try reader.next())
    #expect(reader.record.isBlank)
    #expect(try reader.next())
    #expect(!reader.record.isBlank)
  }
}
