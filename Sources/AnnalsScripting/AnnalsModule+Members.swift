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
      ModuleMember(
        "dataset",
        Documentation(
          ["annals.dataset{name = table, ...}"],
          """
          Makes a dataset of tables, so that scripts and paths written for the model work on them.
          """,
          [
            .takes("Tables of data by the names that they shall have."),
            .gives(
              """
              A dataset like `data`. A table's column `id` is its key. Columns that refer in the \
              model, and columns of references, are looked up by key in the tables that are \
              given; where the other table is not given they hold the keys alone. Tables of \
              the model that are not given are there and empty.
              """),
            .nulls("A reference may be null, an `id` may not."),
            .errors(
              """
              An `id` that is null or there twice, a reference that leads nowhere, and a column \
              of the model that has another type than there.
              """),
          ],
          example: """
            local places = annals.table({{"p1", "Merrow"}}, {"id", "name"})
            local events = annals.table({{"e1", "p1"}, {"e2", nil}}, {"id", "place"})
            local mine = annals.dataset{events = events, places = places}
            return mine.events:select("id", "town = place.name")
            """,
          output: """
            id  town
            ──  ──────
            e1  Merrow
            e2  ·
            """)
      ) { module throws(LuaError) in .function(try module.dataset()) },
      ModuleMember(
        "open",
        Documentation(
          ["annals.open(path)"],
          "Opens a second dataset, to compare with `data` or to take tables from.",
          [
            .takes(
              """
              A folder with a `datapackage.json`, or a single file; a path that does not begin \
              with `/` begins in the folder that the program was started in.
              """),
            .gives(
              """
              A dataset like `data`. Its references are its own: joined to or compared with \
              another dataset they are their keys.
              """),
            .errors(
              """
              The script must be allowed to read the folder, with `--allow-read=FOLDER`; a link \
              in it that leads out of it is not followed. A dataset with wrong data is refused \
              with all its problems.
              """),
          ],
          example: """
            local ok, problem = pcall(annals.open, "elsewhere/dataset")
            print(problem.kind)
            """,
          output: """
            permission
            """)
      ) { module throws(LuaError) in .function(try module.open()) },
      ModuleMember(
        "read",
        Documentation(
          ["annals.read(path)"],
          "Reads a single file as a table, such as a list of actors to join.",
          [
            .takes("A file in one of the formats that can be opened, as for `annals.open`."),
            .gives(
              """
              A table with the columns of the file. Their types are found from all values; an Arrow \
              file tells them itself.
              """),
            .errors(
              """
              The script must be allowed to read its folder, with `--allow-read=FOLDER`. A file \
              with wrong rows is refused with all its problems.
              """),
          ],
          example: """
            local ok, problem = pcall(annals.read, "elsewhere/actors.csv")
            print(problem.message)
            """,
          output: """
            not permitted to read `elsewhere/actors.csv`
            """)
      ) { module throws(LuaError) in .function(try module.read()) },
    ]
  }
}
