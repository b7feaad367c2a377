import AnnalsEngine
import Testing

@testable import AnnalsFormats

@Suite struct FirstLookTests {
  let budget = MemoryBudget(byteLimit: 1 << 26)

  func look(
    _ text: String, _ hints: FileHints = FileHints(), usual: DelimitedDialect = .csv
  ) throws -> FirstLook {
    try FirstLook(ByteSource(Array(text.utf8)), hints: hints, usual: usual, budget: budget)
  }

  @Test func `the delimiter is the one that divides the first records alike`() throws {
    #expect(try look("a,b\n1,2\n").dialect.delimiter == UInt8(ascii: ","))
    #expect(try look("a\tb\n1,5\t2,5\n").dialect.delimiter == UInt8(ascii: "\t"))
    #expect(try look("a;b\n1,5;2,5\n").dialect.delimiter == UInt8(ascii: ";"))
    #expect(try look("a|b\n1|2\n").dialect.delimiter == UInt8(ascii: "|"))
    #expect(try look("a,b\r1,2\r").firstRecord == ["a", "b"])
    #expect(
      try look("id;place, region\n1;\"x;y\"\n2;z, u\n").firstRecord == ["id", "place, region"])
  }

  @Test func `a hundred records are looked at, however long`() throws {
    let long = String(repeating: "x", count: 40_000)
    #expect(try look("\"\(long), y\";b\n1;2\n").firstRecord == [long + ", y", "b"])
    let text = String(repeating: "y", count: 1_000)
    let alike = String(repeating: "\(text),a;b\n", count: 50)
    let unlike = String(repeating: "\(text),a,c;b\n", count: 40)
    #expect(try look(alike).dialect.delimiter == UInt8(ascii: ","))
    #expect(try look(alike + unlike).dialect.delimiter == UInt8(ascii: ";"))
  }

  @Test func `a file that does not tell has the delimiter of its ending`() throws {
    #expect(try look("name\nx y\n").dialect == .csv)
    #expect(try look("name\nx, y\n", usual: .tsv).dialect.delimiter == UInt8(ascii: "\t"))
    #expect(try look("").dialect == .csv)
  }

  @Test func `tabs in a file that ends in csv are found, also without names`() throws {
    let row = "410412347\t20140218\t\t\tCape Town, South Africa\t-33.9\n"
    let found = try look(row + row)
    #expect(found.dialect.delimiter == UInt8(ascii: "\t"))
    #expect(!found.dialect.hasHeader)
    #expect(found.firstRecord.count == 6)
  }

  @Test func `years as names of columns are names`() throws {
    #expect(try look("country,2019,2020\nKAZ,1,2\n").dialect.hasHeader)
    #expect(try look(",2019,\nKAZ,1,2\n", hints(.inFile)).dialect.hasHeader)
  }

  @Test func `quotes mean nothing between tabs where they are flaws`() throws {
    let text = "id\ttitle\n1\t\"Rally\" in Almaty\n2\tA 5\" pipe\n"
    #expect(try look(text).dialect.quote == nil)
    #expect(try look("id\ttitle\n1\t\"a\tb\"\n").dialect.quote == UInt8(ascii: "\""))
    #expect(try look("id,title\n1,\"Rally\" in Almaty\n").dialect.quote == UInt8(ascii: "\""))
  }

  @Test func `what is given is not guessed`() throws {
    var hints = FileHints()
    hints.delimiter = UInt8(ascii: ":")
    #expect(try look("a,b:c\n1,2:3\n", hints).firstRecord == ["a,b", "c"])
    hints.hasQuotes = false
    #expect(try look("\"a\":c\n", hints).firstRecord == ["\"a\"", "c"])
    #expect(!(try look("a,b\n", self.hints(.absent)).dialect.hasHeader))
    #expect(!(try look("a,b\n", self.hints(.names(["x", "y"], optional: 0))).dialect.hasHeader))
  }

  private func hints(_ header: FileHints.Header) -> FileHints {
    var hints = FileHints()
    hints.header = header
    return hints
  }
}
