import AnnalsEngine
import AnnalsFormats
import Testing

@Suite struct TableReaderTests {
  let schema = TableSchema(fields: [
    FieldDefinition(name: "id", type: .text), FieldDefinition(name: "n", type: .integer),
    FieldDefinition(name: "x", type: .number), FieldDefinition(name: "date", type: .day),
  ])

  func rows(_ table: Table) -> [[Value]] { (0..<table.rowCount).map(table.values) }

  func problems(_ text: String, _ schema: TableSchema) throws -> [String] {
    try SmallTable.read(text, schema: schema).problems.map {
      "\($0.line) \($0.columns.first ?? "-") \($0.value ?? "-"): \($0.wrong)"
    }
  }

  @Test func `columns are found by name and come in the order of the schema`() throws {
    let (table, lines, problems) = try SmallTable.read(
      "date,x,id,n\n2022-01-05,-0.5,a,+12\n,,,\n", schema: schema)
    #expect(problems.isEmpty)
    #expect(table.schema.names == ["id", "n", "x", "date"])
    #expect(
      rows(table) == [
        [.text("a"), .integer(12), .number(-0.5), .day(try #require(Day("2022-01-05")))],
        [.null, .null, .null, .null],
      ])
    #expect(lines == [2, 3])
  }

  @Test func `rows know their lines past line breaks within quotes`() throws {
    let (_, lines, _) = try SmallTable.read(
      "id,n,x,date\n\"a\nb\",1,2,\nc,1,2,\n\"d\n\n\",,,\ne,,,\n", schema: schema)
    #expect(lines == [2, 4, 5, 8])
  }

  @Test func `what is no value of its type is reported, and nothing is guessed`() throws {
    let text = """
      id,n,x,date
      a,1.0,1e999,2022-02-29
      b,"1,000",0x10,5/1/2022
      c,9223372036854775808, 1,2022-1-5

      """
    #expect(
      try problems(text, schema) == [
        "2 n 1.0: `1.0` is no integer", "2 x 1e999: `1e999` is too large",
        "2 date 2022-02-29: `2022-02-29` is no day", "3 n 1,000: `1,000` is no integer",
        "3 x 0x10: `0x10` is no number", "3 date 5/1/2022: `5/1/2022` is no day",
        "4 n 9223372036854775808: `9223372036854775808` is too large", "4 x  1: ` 1` is no number",
        "4 date 2022-1-5: `2022-1-5` is no day",
      ])
  }

  @Test func `a short row and a long row are reported with how many fields they have`() throws {
    let found = try problems("id,n,x,date\na,1\nb,1,2,,9\n\nc,,,\n", schema)
    #expect(
      found == [
        "2 - -: the row has 2 fields, but there are 4 columns",
        "3 - -: the row has 5 fields, but there are 4 columns", "4 - -: the line is empty",
      ])
  }

  @Test func `a wrong header is reported with near names`() throws {
    let found = try SmallTable.read("id,m,x,Date,x\n", schema: schema).problems
    #expect(
      found.map(\.description) == [
        "t.csv:1, column `m`: the column is not in the schema"
          + "\n  fix: remove it, or add it to the schema",
        "t.csv:1, column `Date`: the column is not in the schema\n  fix: did you mean `date`?",
        "t.csv:1, column `x`: two columns have this name\n  fix: rename one of them",
        "t.csv:1, column `n`: the column is missing\n  fix: add it, or remove it from the schema",
        "t.csv:1, column `date`: the column is missing\n  fix: did you mean `Date`?",
      ])
    #expect(try problems("", schema) == ["1 - -: the file is empty"])
  }

  @Test func `without a header the fields come in the order of the schema`() throws {
    let schema = TableSchema(fields: [
      FieldDefinition(name: "a", type: .integer), FieldDefinition(name: "b", type: .text),
    ])
    let (table, lines, problems) = try SmallTable.read(
      "1,x\n2,y\n", schema: schema, dialect: DelimitedDialect(hasHeader: false))
    #expect(problems.isEmpty)
    #expect(rows(table) == [[.integer(1), .text("x")], [.integer(2), .text("y")]])
    #expect(lines == [1, 2])
  }

  @Test func `flaws of the format are reported with line and column`() throws {
    let found = try problems("id,n,x,date\na\"b,1,2,\n\"c\"d,1,2,\ne,1,2,\"2022\n", schema)
    #expect(
      found == [
        "2 id a\"b: `a\"b` has a quote, but does not start with one",
        "3 id cd: `cd` has text after its closing quote",
        "4 date 2022: a quote is opened and never closed",
        "4 date 2022: `2022` is no day",
      ])
  }

  @Test func `constraints are enforced`() throws {
    var schema = schema
    schema.primaryKey = ["id"]
    schema.fields[1].constraints.minimum = .integer(1)
    schema.fields[1].constraints.maximum = .integer(5)
    schema.fields[2].constraints.isRequired = true
    schema.fields.append(FieldDefinition(name: "role", type: .text))
    schema.fields[4].constraints.choices = [.text("attacker"), .text("target")]
    let text = "id,n,x,date,role\n,0,,,target\na,6,1,,atacker\n"
    #expect(
      try problems(text, schema) == [
        "2 id : the key is missing", "2 n 0: `0` is less than `1`",
        "2 x : the value is missing, but required", "3 n 6: `6` is more than `5`",
        "3 role atacker: `atacker` is none of the allowed values",
      ])
    let last = try SmallTable.read(text, schema: schema).problems.last
    #expect(last?.fix == "did you mean `attacker`?")
  }

  @Test func `missing values are those of the column, else of the schema`() throws {
    var schema = TableSchema(fields: [
      FieldDefinition(name: "a", type: .integer), FieldDefinition(name: "b", type: .text),
    ])
    schema.missingValues = ["", "NA"]
    schema.fields[1].missingValues = ["-"]
    let (table, _, problems) = try SmallTable.read("a,b\nNA,NA\n,-\n\"\",\n", schema: schema)
    #expect(problems.isEmpty)
    #expect(rows(table) == [[.null, .text("NA")], [.null, .null], [.null, .text("")]])
  }

  @Test func `booleans, times and lists are read`() throws {
    let schema = TableSchema(fields: [
      FieldDefinition(name: "b", type: .boolean), FieldDefinition(name: "t", type: .time),
      FieldDefinition(name: "l", type: .list(delimiter: "; ")),
    ])
    let (table, _, problems) = try SmallTable.read(
      "b,t,l\nTRUE,2022-01-05 10:30,a; b;c\n0,,\n", schema: schema)
    #expect(problems.isEmpty)
    #expect(
      rows(table) == [
        [
          .boolean(true), .time(Timestamp(microseconds: 1_641_378_600_000_000)),
          .list(["a", "b;c"]),
        ],
        [.boolean(false), .null, .null],
      ])
  }

  @Test func `numbers are the nearest doubles`() throws {
    let schema = TableSchema(fields: [FieldDefinition(name: "x", type: .number)])
    let text = "x\n0.1\n-0\n9007199254740993\n1e23\n.5\n5.\n123456789012345678e-20\nINF\n-INF\n"
    let (table, _, _) = try SmallTable.read(text, schema: schema)
    let expected: [Double] = [
      0.1, -0.0, 9_007_199_254_740_992, 1e23, 0.5, 5, 0.00123456789012345678, .infinity,
      -.infinity,
    ]
    #expect(rows(table) == expected.map { [.number($0)] })
  }
}
