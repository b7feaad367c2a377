import AnnalsEngine
import AnnalsLua

extension ScriptTable {
  /// Verbs that group rows and sum groups up.
  static var groupVerbs: [TableMethod] {
    [
      TableMethod(
        "group", .verb,
        Documentation(
          [
            "t:group(\"a\", \"b.c\", \"name = formula\", …, bindings)",
            "t:group(\"name\", function)",
          ],
          "Groups the rows by the values of columns.",
          [
            .takes(
              """
              Columns, paths and named formulas; or a name and a Lua function, called with a \
              view of each row.
              """),
            .rows("All stay, in their order."),
            .columns("Those that are not there yet are added."),
            .groups("The new ones take the place of earlier ones."),
            .nulls("Null is a group of its own; 0 and -0 are one, which is 0, and so are all NaN."),
            .errors(
              """
              A list can't be grouped by; `explode` it first. No column, or one name twice, \
              is refused.
              """),
          ],
          example: """
            local t = annals.table({{"a", 1}, {"b", 2}, {"c", 4}}, {"name", "n"})
            return t:group("even = n % 2 == 0"):aggregate("rows = count()", "n = sum(n)"),
              t:group("size", function(row) return row.n > 1 and "big" or "small" end):count()
            """,
          output: """
            even   rows  n
            ─────  ────  ─
            false     1  1
            true      2  6

            size   n
            ─────  ─
            big    2
            small  1
            """)
      ) { table, call throws(LuaError) in
        try table.group(&call)
      },
      TableMethod(
        verb: "ungroup",
        Documentation(
          ["t:ungroup()"],
          "Gives the same rows without groups.",
          [
            .columns("All stay, also those that were grouped by.")
          ],
          example: """
            local t = annals.table({{"x", 1}, {"y", 2}}, {"g", "n"})
            return t:group("g"):ungroup():aggregate("n = sum(n)")
            """,
          output: """
            n
            ─
            3
            """)
      ) { query, _, _ in query.ungrouped() },
      TableMethod(
        "aggregate", .verb,
        Documentation(
          ["t:aggregate(\"name = formula\", …, bindings)", "t:aggregate(\"name\", function)"],
          "Gives one row for each group, or one row for the whole table.",
          [
            .takes(
              """
              Formulas of aggregates and group columns, each with a name; or a name and a \
              Lua function, called with the table of each group's rows.
              """),
            .rows(
              """
              Groups come in ascending order, texts by their bytes, figures by their best, else \
              low, else high, null last. An ungrouped table without rows gives one row, a \
              grouped one none.
              """),
            .columns("The group columns, then the new ones."),
            .groups("They end."),
            .nulls("Aggregates skip null and are null over nothing known; counts are 0."),
            .errors(
              """
              A column that is no group column must stand in an aggregate. Claims that may \
              not be added are refused with their rows; see `resolve`. An aggregate in an \
              aggregate is refused. A Lua function hides the claims that its value is from: \
              what is made of it is not watched.
              """),
          ],
          example: """
            local t = annals.table({{"x", 1}, {"y", 5}, {"x", 2}}, {"g", "n"})
            return t:group("g"):aggregate("rows = count()", "mean = sum(n) / count()"),
              t:aggregate("n = sum(n)"),
              t:group("g"):aggregate("spread", function(rows)
                local n = rows:column("n")
                return n[n.n] - n[1]
              end)
            """,
          output: """
            g  rows  mean
            ─  ────  ────
            x     2   1.5
            y     1     5

            n
            ─
            8

            g  spread
            ─  ──────
            x       1
            y       0
            """)
      ) { table, call throws(LuaError) in
        try table.aggregate(&call)
      },
      TableMethod(
        verb: "count",
        Documentation(
          ["t:count(\"a\", …, bindings)", "t:count()"],
          "Counts the rows of each combination of values in a column `n`.",
          [
            .takes(
              """
              Columns as for `group`, in place of earlier groups; without any, the groups \
              that the table has, or the \
              whole table.
              """),
            .rows(
              """
              One for each combination, the most frequent first; an ungrouped table gives \
              one row.
              """),
            .ties("Equal counts come in ascending order of the values, null last."),
            .groups("They end."),
            .nulls("Null is a value of its own."),
            .errors("A column called `n` can't be counted by; rename it first."),
          ],
          example: """
            local t = annals.table({{"b"}, {"a"}, {"a"}, {nil}}, {"name"})
            return t:count("name"), t:count()
            """,
          output: """
            name  n
            ────  ─
            a     2
            b     1
            ·     1

            n
            ─
            4
            """)
      ) { query, texts, bindings throws(EngineError) in
        try query.counted(by: texts, bindings)
      },
      TableMethod(
        "resolve", .verb,
        Documentation(
          ["t:resolve(policy)"],
          """
          Leaves one row for each quantity, so that claims about it are not added.
          """,
          [
            .takes(
              """
              `highest` or `lowest`: the claim with the greatest or least best, else low, \
              else high. `latest`: that of the latest `date`, then of the latest source. \
              `widest`: one row with the least low and the greatest high where all are \
              known, and the best where all agree. `by_source`: the latest claim of each \
              `asserted_by`, or of each source where that is null.
              """),
            .rows(
              """
              Claims are about one quantity if they share `quantity`, and where that is null \
              the event, measure, unit and population. The rows that stay keep their order.
              """),
            .columns(
              """
              `claims` is added: how many rows the quantity had. With `widest`, columns that \
              differ are null.
              """),
            .groups("Groups stay."),
            .ties("The first row stays."),
            .errors(
              """
              The table needs the columns of `figures` that it looks at. An unknown policy \
              is refused, and so is resolving twice.
              """),
          ],
          example: """
            return data.figures
              :where("measure == 'killed'")
              :resolve("widest")
              :select("quantity", "value", "claims")
            """,
          output: """
            quantity  value  claims
            ────────  ─────  ──────
            q-killed    ≥24       2
            """)
      ) { table, call throws(LuaError) in
        try table.resolve(&call)
      },
    ]
  }
}
