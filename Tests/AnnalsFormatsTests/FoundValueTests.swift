import AnnalsFormats
import Testing

@Suite struct FoundValueTests {
  /// The type of a column with some values.
  func type(_ values: String...) throws -> String {
    let text = "a,b\n" + values.map { $0 + ",\n" }.joined()
    return try SmallTable.found(text).fields.first?.type.name ?? ""
  }

  @Test func `a column has the first type that fits all its values`() throws {
    #expect(try type("true", "", "false") == "boolean")
    #expect(try type("1", "-3", "0") == "integer")
    #expect(try type("1", "2.5", "1e3", "NaN") == "number")
    #expect(try type("2022-01-05", "", "1991-12-16") == "day")
    #expect(try type("2022-01-05T10:30:00Z", "2022-01-05 10:30") == "time")
    #expect(try type("1", "x") == "text")
    #expect(try type("2022-01-05", "5 January") == "text")
  }

  @Test func `codes with leading zeros stay text`() throws {
    #expect(try type("010", "145") == "text")
    #expect(try type("145", "00") == "text")
    #expect(try type("0", "0.5") == "number")
    #expect(try type("+7", "8") == "text")
  }

  @Test func `whole numbers beyond 64 bits stay text`() throws {
    #expect(try type("9223372036854775807") == "integer")
    #expect(try type("9223372036854775808") == "text")
  }

  @Test func `other words for true and false stay text, and numbers stay numbers`() throws {
    #expect(try type("TRUE", "false") == "text")
    #expect(try type("0", "1") == "integer")
    #expect(try type("NaN", "INF") == "text")
  }

  @Test func `a name that stands twice makes one column`() throws {
    let fields = try SmallTable.found("a,b,a\n1,x,y\n").fields
    #expect(fields.map(\.name) == ["a", "b"])
    #expect(fields.map(\.type.name) == ["integer", "text"])
  }

  @Test func `without a header the columns have numbers`() throws {
    let fields = try SmallTable.found("1,x\n", DelimitedDialect(hasHeader: false)).fields
    #expect(fields.map(\.name) == ["column1", "column2"])
    #expect(fields.map(\.type.name) == ["integer", "text"])
  }

  @Test func `a column without values is text`() throws {
    #expect(try type("", "") == "text")
    #expect(try type() == "text")
  }
}
