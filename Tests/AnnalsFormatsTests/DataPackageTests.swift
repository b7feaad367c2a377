import AnnalsEngine
import AnnalsFormats
import Testing

@Suite struct DataPackageTests {
  func read(_ text: String) throws(FormatsError) -> DataPackage {
    try DataPackage.parse(Array(text.utf8), path: "data/datapackage.json")
  }

  /// A package with one table, whose schema has some properties.
  func schema(_ properties: String) throws(FormatsError) -> TableSchema? {
    try read(
      """
      {"resources": [{"name": "t", "path": "t.csv", "schema": {
      \(properties)
      }}]}
      """
    ).resources.first?.schema
  }

  func message(_ action: () throws(FormatsError) -> some Any) -> String {
    do throws(FormatsError) {
      _ = try action()
      return "nothing was thrown"
    } catch {
      return error.description
    }
  }

  @Test func `tables, keys and figures are read`() throws {
    let package = try read(
      """
      {
        "name": "demo", "title": "A demo", "annals:model": "1", "x:unknown": [1],
        "licenses": [{"name": "CC-BY-4.0"}, {"name": "x", "title": "Terms"}],
        "resources": [
          {"name": "events", "path": ["sub/events.tsv"], "encoding": "UTF-8",
           "schema": {"fields": [{"name": "id"}, {"name": "date", "type": "date"}],
                      "primaryKey": "id", "missingValues": ["", "NA"]}},
          {"name": "figures", "path": "figures.csv", "dialect": {"delimiter": ";", "header": false},
           "schema": {
             "fields": [{"name": "id", "type": "integer"}, {"name": "event", "type": "string"},
                        {"name": "lo", "type": "number"}, {"name": "hi", "type": "integer"},
                        {"name": "whole", "type": "integer"}],
             "primaryKey": ["id"],
             "foreignKeys": [
               {"fields": "event", "reference": {"resource": "events", "fields": "id"}},
               {"fields": ["whole"], "reference": {"resource": "", "fields": ["id"]}}],
             "annals:figures": [{"name": "value", "low": "lo", "high": "hi"}]}}
        ]
      }
      """)
    #expect(package.metadata.name == "demo")
    #expect(package.metadata.licences == ["CC-BY-4.0", "Terms"])
    #expect(package.modelVersion == "1")
    #expect(package.resources.map(\.name) == ["events", "figures"])
    #expect(package.resources[0].dialect == .tsv)
    #expect(package.path(of: package.resources[0]) == "data/sub/events.tsv")
    #expect(package.resources[0].schema?.missingValues == ["", "NA"])
    #expect(
      package.resources[1].dialect
        == DelimitedDialect(delimiter: UInt8(ascii: ";"), hasHeader: false))
    let figures = try #require(package.resources[1].schema)
    #expect(figures.fields.map(\.type) == [.integer, .text, .number, .integer, .integer])
    #expect(figures.foreignKeys.map(\.table) == ["events", "figures"])
    #expect(
      figures.figures == [FigureDefinition(name: "value", low: "lo", best: nil, high: "hi")])
    #expect(package.notes == [])
  }

  @Test func `what is read as text or not checked is told in notes`() throws {
    let package = try read(
      """
      {"resources": [
        {"name": "a", "path": "a.csv", "schema": {"fields": [
          {"name": "when", "type": "yearmonth"}, {"name": "mail", "format": "email"},
          {"name": "code", "type": "string", "constraints": {"pattern": "[0-9]+"}}]}},
        {"name": "map", "path": "map.geojson"}, {"name": "inline", "data": [1]},
        {"name": "plain", "path": "plain.csv"}]}
      """)
    #expect(
      package.notes.map(\.description) == [
        "a.when: the type `yearmonth` is read as text",
        "a.mail: the format `email` is not checked",
        "a.code: the constraint `pattern` is not checked",
        "map: not read: its format is `geojson`",
        "inline: not read: its data stand in the description itself",
        "plain: without a schema: types found from the values of each column",
      ])
    #expect(package.resources.map(\.name) == ["a", "plain"])
  }

  @Test func `constraints are read as values of the column's type`() throws {
    let schema = try schema(
      """
      "fields": [
        {"name": "n", "type": "integer", "constraints": {"minimum": 1, "maximum": "7"}},
        {"name": "d", "type": "date",
         "constraints": {"required": true, "enum": ["2022-01-05"]}}]
      """)
    #expect(schema?.fields[0].constraints.minimum == .integer(1))
    #expect(schema?.fields[0].constraints.maximum == .integer(7))
    #expect(schema?.fields[1].constraints.isRequired == true)
    #expect(schema?.fields[1].constraints.choices == [.day(try #require(Day("2022-01-05")))])
  }

  @Test func `booleans, lists and labelled missing values are read`() throws {
    let schema = try schema(
      """
      "fields": [{"name": "b", "type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]},
                 {"name": "l", "type": "list", "delimiter": ";"}, {"name": "m", "type": "list"}],
      "missingValues": [{"value": "-9", "label": "unknown"}]
      """)
    #expect(
      schema?.fields.map(\.type) == [
        .boolean(trueTexts: ["yes"], falseTexts: ["no"]), .list(delimiter: ";"),
        .list(delimiter: ","),
      ])
    #expect(schema?.missingValues == ["-9"])
  }

  @Test(arguments: [
    ("/etc/passwd", "the path `/etc/passwd` leads out of the dataset's folder"),
    ("a/../../b.csv", "the path `a/../../b.csv` leads out of the dataset's folder"),
    ("https://example.org/a.csv", "the path `https://example.org/a.csv` is an address on the web"),
  ])
  func `a path that leads elsewhere is refused`(path: String, expected: String) {
    let message = message { () throws(FormatsError) in
      try read("{\"resources\": [{\"name\": \"a\", \"path\": \"\(path)\"}]}")
    }
    #expect(message.hasPrefix(expected + "\n  at:  datapackage.json:1:38\n  fix: "))
  }

  @Test(arguments: [
    ("\"encoding\": \"latin1\"", "`encoding` `latin1` is not supported"),
    ("\"dialect\": {\"escapeChar\": \"x\"}", "`escapeChar` `x` is not supported"),
    ("\"dialect\": {\"delimiter\": \"||\"}", "`delimiter` `||` is not supported"),
    ("\"schema\": {\"fields\": [{\"name\": 1}]}", "`name` is a number, but must be a text"),
    (
      "\"schema\": {\"fields\": [{\"name\": \"d\", \"type\": \"date\", \"format\": \"%d/%m/%y\"}]}",
      "`format` `%d/%m/%y` is not supported"
    ),
    (
      "\"schema\": {\"fields\": [{\"name\": \"x\", \"type\": \"number\", \"decimalChar\": \",\"}]}",
      "`decimalChar` `,` is not supported"
    ),
    (
      "\"schema\": {\"fields\": [{\"name\": \"x\"}, {\"name\": \"x\"}]}",
      "two columns are called `x`"
    ),
  ])
  func `what is not supported is refused by name`(property: String, expected: String) {
    let message = message { () throws(FormatsError) in
      try read("{\"resources\": [{\"name\": \"a\", \"path\": \"a.csv\", \(property)}]}")
    }
    #expect(message.hasPrefix(expected + "\n  at:  datapackage.json:1:"))
  }

  @Test(arguments: [
    ("\"primaryKey\": \"ids\"", "unknown column `ids`"),
    (
      "\"foreignKeys\": [{\"fields\": \"id\", \"reference\": {\"resource\": \"u\", \"fields\": \"id\"}}]",
      "unknown table `u`"
    ),
    (
      "\"foreignKeys\": [{\"fields\": \"id\", \"reference\": {\"fields\": \"n\"}}]",
      "`id` is text, but refers to `t.n`, which is integer"
    ),
    ("\"annals:figures\": [{\"name\": \"f\"}]", "the figure `f` has no columns"),
    (
      "\"annals:figures\": [{\"name\": \"f\", \"low\": \"id\"}]",
      "`id` is part of a figure, but is text"
    ),
    (
      "\"annals:figures\": [{\"name\": \"id\", \"low\": \"n\"}]", "two columns are called `id`"
    ),
    (
      "\"annals:figures\": [{\"name\": \"f\", \"low\": \"n\", \"high\": \"n\"}]",
      "`n` is part of a figure and of another figure or a key"
    ),
  ])
  func `keys and figures must name columns that fit`(property: String, expected: String) {
    let message = message { () throws(FormatsError) in
      try schema(
        "\"fields\": [{\"name\": \"id\"}, {\"name\": \"n\", \"type\": \"integer\"}], " + property)
    }
    #expect(message.hasPrefix(expected + "\n  at:  datapackage.json:"))
  }

  @Test func `another version of the model is refused, with the place`() {
    #expect(
      message { () throws(FormatsError) in
        try read("{\n  \"annals:model\": \"2\",\n  \"resources\": []\n}")
      } == """
        the dataset follows version `2` of the model, which is not known here
          at:  datapackage.json:2:19
          fix: use a version of Annals that knows it, or follow version `1`
        """)
  }

  @Test func `an unknown column is offered its near names`() {
    #expect(
      message { () throws(FormatsError) in
        try schema("\"fields\": [{\"name\": \"event\"}],\n\"primaryKey\": \"evnet\"")
      } == """
        unknown column `evnet`
          at:  datapackage.json:3:15
          fix: did you mean `event`?
        """)
  }
}
