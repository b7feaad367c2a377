import AnnalsEngine
import AnnalsLua

extension ScriptTable {
  /// What brings a table into Lua, or tells about it.
  static var readingMethods: [TableMethod] {
    [
      TableMethod(
        "rows", .reading,
        Documentation(
          ["for row in t:rows() do"],
          "Goes through the rows, with a view of each.",
          [
            .gives(
              """
              A view with the columns as fields, and with paths: `row.title`, \
              `row["event.place.name"]`. It moves with the loop; `row:copy()` stays.
              """),
            .order("The rows' order; groups do not matter."),
            .nulls("A null is nil, and so is a path where a link is missing."),
            .errors(
              """
              An unknown column is an error with near names, and so is a view after its \
              loop.
              """),
          ],
          example: """
            for row in data.events:where("date ~= nil"):take(2):rows() do
              print(row.date, row.title, row["place.name"])
            end
            """,
          output: """
            2022-01-02	Protests in Kazakhstan	Kazakhstan
            2022-01-04	Protests come to cover the whole country	Kazakhstan
            """)
      ) { table, call throws(LuaError) in
        try table.pushRows(call)
      },
      TableMethod(
        "values", .reading,
        Documentation(
          ["for i, a, b in t:values(\"a\", \"b\", …, bindings) do"],
          "Goes through the rows, with the row's number and some values.",
          [
            .takes("Columns, paths or formulas, with or without names."),
            .order("The rows' order; groups do not matter."),
            .nulls("A null is nil; the number comes first, since a nil would end the loop."),
            .errors("Needs at least one column."),
          ],
          example: """
            local t = annals.table({{"a", 1}, {"b"}, {"c", 3}}, {"name", "n"})
            for i, name, double in t:values("name", "n * 2") do
              print(i, name, double)
            end
            """,
          output: """
            1	a	2
            2	b	nil
            3	c	6
            """)
      ) { table, call throws(LuaError) in
        try table.pushValues(&call)
      },
      TableMethod(
        "groups", .reading,
        Documentation(
          [
            "for g, a, b in t:groups() do",
            "for g, a, b in t:groups(\"a\", \"b\", …, bindings) do",
          ],
          "Goes through the groups, with the table of each and its values.",
          [
            .takes("Columns as for `group`; without any, the groups that the table has."),
            .gives(
              """
              The rows of each group as a table of its own without groups, and the values of \
              the group columns.
              """),
            .order("Ascending, null last."),
            .nulls("Null is a group of its own, whose value is nil."),
          ],
          example: """
            local t = annals.table({{"x", 1}, {"y", 5}, {"x", 2}}, {"g", "n"})
            for rows, g in t:groups("g") do
              print(g, #rows, rows:first().n)
            end
            """,
          output: """
            x	2	1
            y	1	5
            """)
      ) { table, call throws(LuaError) in
        try table.pushGroups(&call)
      },
      TableMethod(
        "column", .reading,
        Documentation(
          ["t:column(\"a\", bindings)"],
          "Gives the values of a column as a Lua table.",
          [
            .takes("A column, a path or a formula, with or without a name."),
            .gives(
              """
              A list in the order of the rows, whose length is in its field `n`, since nulls \
              leave gaps.
              """),
            .nulls("A null is nil."),
            .errors("Takes one column."),
          ],
          example: """
            local t = annals.table({{"a"}, {nil}, {"c"}}, {"name"})
            local names = t:column("name")
            print(names.n, names[1], names[2], names[3])
            """,
          output: """
            3	a	nil	c
            """)
      ) { table, call throws(LuaError) in
        try table.pushColumn(&call)
      },
      TableMethod(
        "first", .reading,
        Documentation(
          ["t:first()", "t[i]"],
          """
          Gives the first row, or with `t[i]` the row of that number, as a view that stays.
          """,
          [
            .gives(
              """
              A view as that of `rows`, or nil if there is no such row. Rows count from 1.
              """),
            .groups("They do not matter."),
            .errors("An unknown column of the view is an error with near names."),
          ],
          example: """
            local t = annals.table({{"a", 1}, {"b", 2}}, {"name", "n"})
            print(t:first().name, t[2].name, t[3])
            """,
          output: """
            a	b	nil
            """)
      ) { table, call throws(LuaError) in
        try table.pushRow(0, call)
      },
      TableMethod(
        "value", .reading,
        Documentation(
          ["t:value()"],
          "Gives the value of a table of one row and one column.",
          [
            .nulls("A null is nil."),
            .errors("A table of another size is refused."),
          ],
          example: """
            local t = annals.table({{1}, {2}, {4}}, {"n"})
            local sum = t:aggregate("sum = sum(n)"):value()
            print(sum)
            """,
          output: """
            7
            """)
      ) { table, call throws(LuaError) in
        try table.pushValue(call)
      },
      TableMethod(
        "schema", .reading,
        Documentation(
          ["t:schema()"],
          "Gives a table of the columns and their types.",
          [
            .rows("One for each column, in order."),
            .columns("`column` and `type`, both texts."),
          ],
          example: """
            local t = annals.table({{"a", 1.5, true}}, {"name", "n", "known"})
            return t:schema()
            """,
          output: """
            column  type
            ──────  ───────
            name    text
            n       number
            known   boolean
            """)
      ) { table, call throws(LuaError) in
        try table.pushTable(call) { query, context throws(EngineError) in
          try query.schemaTable(context)
        }
      },
      TableMethod(
        "save", .reading,
        Documentation(
          ["t:save(path)"],
          "Writes the table to a file, in the format of the path's ending.",
          [
            .takes(
              """
              A path that ends in `.csv`, `.tsv`, `.json`, `.ndjson`, `.md` or `.arrow`. A file \
              that is there is replaced.
              """),
            .gives("Nothing. The file is there whole or not at all."),
            .groups("They do not matter."),
            .errors(
              """
              The script must be allowed to write there, with `--allow-write=FOLDER`.
              """),
          ],
          example: """
            local ok, problem = pcall(function() data.events:save("elsewhere/events.csv") end)
            print(problem.message)
            """,
          output: """
            not permitted to write `elsewhere/events.csv`
            """)
      ) { table, call throws(LuaError) in
        let path = try call.requiredString(at: 1)
        let finished = try table.table()
        try table.session.write(finished, to: path, access: table.session.files.writable)
      },
      TableMethod(
        "explain", .reading,
        Documentation(
          ["t:explain()"],
          """
          Gives the plan of the table as a text, as it was asked for and as it will run.
          """,
          [
            .gives("A text: a line for each step, what it reads further in. Nothing runs."),
            .groups("They do not matter."),
          ],
          example: """
            local t = annals.table({{"a", 1}, {"b", 2}}, {"name", "n"})
            print(t:sort("n"):where("n > 1"):explain())
            """,
          output: """
            asked for
              where n > 1
                sort by n
                  table of 2 rows
            runs as
              sort by n
                where n > 1
                  table of 2 rows
            """)
      ) { table, call throws(LuaError) in
        call.push(try table.query().explanation)
      },
      TableMethod(
        "describe", .reading,
        Documentation(
          ["t:describe()"],
          "Gives a table of what stands in each column.",
          [
            .rows("One for each column, in order."),
            .columns(
              """
              `column`, `type`, how many values are `known`, the `nulls`, how many are \
              `distinct`, and the `least` and the `most` as texts; null where a type has no \
              such thing.
              """),
            .groups("They do not matter."),
          ],
          example: """
            local t = annals.table({{"b", 3}, {"a"}, {"b", 1}}, {"name", "n"})
            return t:describe()
            """,
          output: """
            column  type     known  nulls  distinct  least  most
            ──────  ───────  ─────  ─────  ────────  ─────  ────
            name    text         3      0         2  a      b
            n       integer      2      1         2  1      3
            """)
      ) { table, call throws(LuaError) in
        try table.pushTable(call) { query, context throws(EngineError) in
          try query.described(context)
        }
      },
    ]
  }
}
