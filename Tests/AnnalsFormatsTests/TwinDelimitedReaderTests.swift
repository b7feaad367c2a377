import AnnalsFormats
import FormatsTwin
import Testing

/// The twin is the measure of the reader, so its own rules are written out here.
@Suite struct TwinDelimitedReaderTests {
  /// The fields of each record, with the line that it starts on.
  func records(
    _ text: String, _ dialect: DelimitedDialect = .csv, pieces: Int = 1 << 16
  ) -> [(line: Int, fields: [String])] {
    let reader = TwinDelimitedReader(
      TwinSource(Array(text.utf8), pieceByteCount: pieces), dialect: dialect)
    var records: [(Int, [String])] = []
    while reader.next() {
      let record = reader.record
      records.append((record.line, (0..<record.fieldCount).map(record.text)))
    }
    return records
  }

  func fields(_ text: String, _ dialect: DelimitedDialect = .csv) -> [[String]] {
    records(text, dialect).map(\.fields)
  }

  func flaws(_ bytes: [UInt8]) -> [String] {
    let reader = TwinDelimitedReader(TwinSource(bytes))
    var flaws: [String] = []
    while reader.next() {
      for (field, flaw) in reader.record.flaws {
        flaws.append("\(reader.record.line) \(field) \(flaw)")
      }
    }
    return flaws
  }

  @Test func `a quoted field may hold the delimiter, quotes and line breaks`() {
    #expect(fields("a,\"b,\"\"c\"\"\n d\",e\n") == [["a", "b,\"c\"\n d", "e"]])
  }

  @Test func `LF, CR LF and CR end a line, and the last line needs none`() {
    let expected = [["a", "b"], ["1", "2"], ["3", ""]]
    #expect(fields("a,b\n1,2\n3,\n") == expected)
    #expect(fields("a,b\r\n1,2\r\n3,\r\n") == expected)
    #expect(fields("a,b\r1,2\r3,") == expected)
  }

  @Test func `a byte order mark is dropped`() {
    #expect(fields("\u{FEFF}a\n1") == [["a"], ["1"]])
    #expect(records("\u{FEFF}a\n1", pieces: 1).map(\.fields) == [["a"], ["1"]])
  }

  @Test func `an empty file has no records, an empty line is one empty field`() {
    #expect(fields("") == [])
    #expect(fields("\n") == [[""]])
    #expect(fields("a\n\nb") == [["a"], [""], ["b"]])
  }

  @Test func `the line of a record counts the line breaks within quotes`() {
    let lines = records("a\n\"x\r\ny\rz\n\"\nb\r\nc").map(\.line)
    #expect(lines == [1, 2, 6, 7])
  }

  @Test(arguments: [1, 2, 3, 7])
  func `the size of the pieces does not show`(pieces: Int) {
    let text = "\u{FEFF}a,\"b\r\n\"\"c\"\r\n\r\n,\"\"\r1,é\n\"\r\"\nlast"
    let whole = records(text)
    let parts = records(text, pieces: pieces)
    #expect(parts.map(\.fields) == whole.map(\.fields))
    #expect(parts.map(\.line) == whole.map(\.line))
    #expect(whole.map(\.line) == [1, 3, 4, 5, 6, 8])
  }

  @Test func `tabs may delimit, and quotes may mean nothing`() {
    #expect(fields("a\t\"b\tc\"\n", .tsv) == [["a", "b\tc"]])
    let plain = DelimitedDialect(delimiter: UInt8(ascii: "\t"), quote: nil)
    #expect(fields("5\"\t\"b\n", plain) == [["5\"", "\"b"]])
  }

  @Test func `flaws are told with line and field, and reading goes on`() {
    let text = "a,5\"x\nb,\"y\"z\n\"\"q\"\",d\nok,ok\n"
    #expect(
      flaws(Array(text.utf8)) == [
        "1 1 strayQuote", "2 1 textAfterQuote", "3 0 textAfterQuote",
      ])
  }

  @Test func `a quote that is never closed ends the file`() {
    #expect(flaws(Array("a\nb,\"c\nd\n".utf8)) == ["2 1 unterminatedQuote"])
    #expect(flaws(Array("\"a\"".utf8)) == [])
  }

  @Test func `a record beyond the limit ends the file`() {
    let reader = TwinDelimitedReader(
      TwinSource(Array("12345\n123456\n1\n".utf8)), recordByteLimit: 5)
    #expect(reader.next() && !reader.record.isTooLong)
    #expect(reader.next() && reader.record.isTooLong)
    #expect(!reader.next())
  }

  @Test func `zero bytes and bad UTF-8 are flaws of their field`() {
    #expect(flaws([0x61, 0x2C, 0x00, 0x0A]) == ["1 1 zeroByte"])
    #expect(flaws([0xFF, 0x2C, 0xC3, 0xA9, 0x0A]) == ["1 0 badUTF8"])
    #expect(flaws([0xC3, 0x2C, 0xA9, 0x0A]) == ["1 0 badUTF8", "1 1 badUTF8"])
  }

  @Test func `a blank line differs from a quoted empty field`() {
    let reader = TwinDelimitedReader(TwinSource(Array("\n\"\"\n".utf8)))
    #expect(reader.next())
    #expect(reader.record.isBlank)
    #expect(reader.next())
    #expect(!reader.record.isBlank)
  }
}
