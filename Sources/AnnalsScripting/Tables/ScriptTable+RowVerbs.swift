import AnnalsEngine
import AnnalsLua

extension ScriptTable {
  /// Verbs that choose and order rows.
  static var rowVerbs: [TableMethod] {
    [
      TableMethod(
        "where", .verb,
        Documentation(
          ["t:where(formula, bindings)", "t:where(function)", "t:where{column = value}"],
          "Keeps the rows for which a condition holds.",
          [
            .takes(
              """
              A formula that gives a boolean; or a Lua function, called with a view of each \
              row, which keeps the row unless it gives nil or false; or columns with the \
              values that they must have, all of them.
              """),
            .order("The rows keep their order."),
            .groups("Groups stay; one without rows is gone."),
            .nulls(
              """
              A condition that is null does not hold. In a table, `annals.null` matches \
              null.
              """),
            .errors(
              """
              A formula that is no condition, such as a number, is refused before anything \
              runs.
              """),
          ],
          example: """
            local t = annals.table({{"a", 3}, {"b"}, {"c", 7}}, {"name", "n"})
            return t:where("n > $least", {least = 5}),
              t:where(function(row) return row.n == nil end),
              t:where{name = "a"}
            """,
          output: """
            name  n
            ────  ─
            c     7

            name  n
            ────  ─
            b     ·

            name  n
            ────  ─
            a     3
            """)
      ) { table, call throws(LuaError) in
        try table.filter(&call)
      },
      TableMethod(
        "sort", .verb,
        Documentation(
          ["t:sort(\"a\", \"-b\", …, bindings)", "t:sort(function)", "t:sort(\"-\", function)"],
          """
          Orders the rows by columns, paths or formulas, descending after a minus.
          """,
          [
            .takes(
              """
              Columns, paths and formulas. A Lua function may stand in the place of each: it \
              is called with a view of each row and gives what to order by, one type for all \
              rows, or nil; descending after a text `-` of its own.
              """),
            .ties("Equal rows keep their order."),
            .groups("Groups stay; the rows are ordered over all of them."),
            .nulls("Null comes last both ways."),
            .order(
              """
              Texts go by their bytes, false comes before true, a figure by its best, else \
              low, else high. NaN comes after all other numbers, and 0 equals -0.
              """),
            .errors("Needs at least one column; a list has no order and is refused."),
          ],
          example: """
            local t = annals.table({{"b", 1}, {"a", 2}, {"c"}, {"d", 2}}, {"name", "n"})
            local rank = {d = 1, c = 2, b = 3, a = 4}
            return t:sort("-n"), t:sort("n", "-name"),
              t:sort(function(row) return rank[row.name] end)
            """,
          output: """
            name  n
            ────  ─
            a     2
            d     2
            b     1
            c     ·

            name  n
            ────  ─
            b     1
            d     2
            a     2
            c     ·

            name  n
            ────  ─
            d     2
            c     ·
            b     1
            a     2
            """)
      ) { table, call throws(LuaError) in
        try table.sort(&call)
      },
      TableMethod(
        "take", .verb,
        Documentation(
          ["t:take(n)"],
          "Gives the first n rows.",
          [
            .rows("All of them, if there are fewer."),
            .groups(
              """
              Groups stay; the rows are counted over the whole table. For each group there \
              is `top`.
              """),
            .errors("A number below 0 is refused."),
          ],
          example: """
            local t = annals.table({{1}, {2}, {3}}, {"n"})
            return t:take(2)
            """,
          output: """
            n
            ─
            1
            2
            """)
      ) { table, call throws(LuaError) in
        let count = Int(clamping: try call.requiredInteger(at: 1))
        try table.push(call) { query throws(EngineError) in try query.taking(count) }
      },
      TableMethod(
        "skip", .verb,
        Documentation(
          ["t:skip(n)"],
          "Gives the rows after the first n.",
          [
            .rows("None, if there are no more than n."),
            .groups("Groups stay; the rows are counted over the whole table."),
            .errors("A number below 0 is refused."),
          ],
          example: """
            local t = annals.table({{1}, {2}, {3}}, {"n"})
            return t:skip(1)
            """,
          output: """
            n
            ─
            2
            3
            """)
      ) { table, call throws(LuaError) in
        let count = Int(clamping: try call.requiredInteger(at: 1))
        try table.push(call) { query throws(EngineError) in try query.skipping(count) }
      },
      TableMethod(
        "top", .verb,
        Documentation(
          [
            "t:top(n, \"-b\", …, bindings)", "t:top(n, function)", "t:top(n, \"-\", function)",
          ],
          """
          Gives the first n rows by some columns, of each group if the table is grouped.
          """,
          [
            .takes("A number of rows, and columns or functions as for `sort`."),
            .groups("They stay, and come in ascending order, null last."),
            .nulls("Null comes last, so it is taken only where there is nothing else."),
            .ties(
              """
              Equal rows keep their order; there are never more than n rows of a group.
              """),
            .errors("Needs at least one column; a number below 0 is refused."),
          ],
          example: """
            local t = annals.table(
              {{"x", 1}, {"y", 5}, {"x", 3}, {"y", 4}, {"x", 2}}, {"g", "n"})
            return t:top(2, "-n"), t:group("g"):top(1, "-n")
            """,
          output: """
            g  n
            ─  ─
            y  5
            y  4

            g  n
            ─  ─
            x  3
            y  5
            """)
      ) { table, call throws(LuaError) in
        try table.top(&call)
      },
      TableMethod(
        verb: "distinct",
        Documentation(
          ["t:distinct(\"a\", …, bindings)", "t:distinct()"],
          "Keeps the first row of each combination of values.",
          [
            .takes("Columns, paths or formulas; without any, all columns but lists count."),
            .columns("All stay, not only the named ones."),
            .order("The rows that stay keep their order."),
            .groups("Groups stay, but do not count unless they are named."),
            .nulls("Null is a value here, and equals null."),
            .errors("A list can't be compared and is refused."),
          ],
          example: """
            local t = annals.table({{"a", 1}, {"b", 1}, {"a", 2}, {nil, 3}}, {"name", "n"})
            return t:distinct("name")
            """,
          output: """
            name  n
            ────  ─
            a     1
            b     1
            ·     3
            """)
      ) { query, texts, bindings throws(EngineError) in
        try query.distinct(texts, bindings)
      },
    ]
  }
}
