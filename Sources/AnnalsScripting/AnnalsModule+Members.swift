import AnnalsEngine
import AnnalsLua

extension AnnalsModule {
  /// What the module has besides the functions of formulas.
  static var members: [ModuleMember] {
    [
      ModuleMember(
        "null",
        Documentation(
          ["annals.null"],
          """
          A null where Lua's nil can't stand: in bindings, and in tables of values.
          """,
          [
            .errors(
              """
              It is no nil: compared with `nil` in Lua it is not equal. In Lua, null values \
              of the data are nil.
              """)
          ],
          example: """
            local t = annals.table({{"a", 1}, {"b"}}, {"name", "n"})
            return t:where{n = annals.null},
              t:where("$least == nil or n > $least", {least = annals.null})
            """,
          output: """
            name  n
            ────  ─
            b     ·

            name  n
            ────  ─
            a     1
            b     ·
            """)
      ) { module throws(LuaError) in try module.null() },
      ModuleMember(
        "figure",
        Documentation(
          ["annals.figure(low, best, high)"],
          "Makes a figure: a number with bounds, each of which may be unknown.",
          [
            .gives(
              """
              A value with `.low`, `.best` and `.high`, which prints as in a table. Figures \
              and numbers compare by best, else low, else high.
              """),
            .nulls("An unknown part is nil; with nothing known the result is nil."),
            .errors("The known parts must ascend."),
          ],
          example: """
            print(annals.figure(1001, nil, nil), annals.figure(10, 15, 20))
            local toll = annals.figure(24, nil, nil)
            print(toll.low, toll.best, toll < annals.figure(26, 26, 26))
            """,
          output: """
            ≥1001	15 (10–20)
            24	nil	true
            """)
      ) { module throws(LuaError) in .function(try module.figure()) },
      ModuleMember(
        "table",
        Documentation(
          ["annals.table(rows, columns)"],
          "Makes a table of data from a table of Lua.",
          [
            .takes(
              """
              The rows, as lists in the order of the columns or as tables with their names; \
              and the names of the columns. Values may be booleans, numbers, texts, figures \
              and references.
              """),
            .nulls(
              """
              What is missing, nil or `annals.null` is null; a column without any value is \
              one of text.
              """),
            .errors(
              """
              A column must have values of one type, where integers and numbers mix; a field \
              that is no column is refused with near names, and so is a name that is given \
              twice.
              """),
          ],
          example: """
            return annals.table({{"a", 1}, {name = "b", n = 2.5}, {"c"}}, {"name", "n"})
            """,
          output: """
            name    n
            ────  ───
            a       1
            b     2.5
            c       ·
            """)
      ) { module throws(LuaError) in .function(try module.table()) },
    ]
  }
}
