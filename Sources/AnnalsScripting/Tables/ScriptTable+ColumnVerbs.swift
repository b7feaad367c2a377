import AnnalsEngine
import AnnalsLua

extension ScriptTable {
  /// Verbs that choose and make columns.
  static var columnVerbs: [TableMethod] {
    [
      TableMethod(
        verb: "select",
        Documentation(
          ["t:select(\"a\", \"b.c\", \"name = formula\", …, bindings)"],
          "Gives these columns in this order.",
          [
            .columns(
              """
              A path's column bears the whole path as its name; a formula needs a name of \
              its own.
              """),
            .rows("All stay, in their order."),
            .groups("Groups stay if all their columns do; otherwise they end."),
            .nulls("A path is null where a link is missing."),
            .errors(
              """
              No column at all, one name twice, and a name that is unknown are refused.
              """),
          ],
          example: """
            return data.events
              :where("place ~= nil")
              :select("type", "place.name", "named = place.kind ~= nil")
              :take(2)
            """,
          output: """
            type              place.name                      named
            ────────────────  ──────────────────────────────  ─────
            facility_control  Akimat buildings in Kazakhstan  true
            facility_control  Akimat buildings in Kazakhstan  true
            """)
      ) { query, texts, bindings throws(EngineError) in
        try query.selecting(texts, bindings)
      },
      TableMethod(
        verb: "drop",
        Documentation(
          ["t:drop(\"a\", …)"],
          "Leaves columns out.",
          [
            .columns("The others keep their places."),
            .rows("All stay, in their order."),
            .groups("They end if one of their columns is dropped."),
            .errors("An unknown name is refused, and so is a table without a column."),
          ],
          example: """
            local t = annals.table({{"a", 1, true}}, {"name", "n", "known"})
            return t:drop("n")
            """,
          output: """
            name  known
            ────  ─────
            a     true
            """)
      ) { query, texts, _ throws(EngineError) in
        try query.dropping(texts)
      },
      TableMethod(
        "rename", .verb,
        Documentation(
          ["t:rename{new = \"old\", …}"],
          "Gives columns other names, in their places.",
          [
            .columns("Two columns may swap their names."),
            .groups("Groups stay, under their new names."),
            .errors("An unknown old name is refused, and a new one that another column has."),
          ],
          example: """
            local t = annals.table({{"a", 1}}, {"name", "n"})
            return t:rename{count = "n"}
            """,
          output: """
            name  count
            ────  ─────
            a         1
            """)
      ) { table, call throws(LuaError) in
        try table.rename(&call)
      },
      TableMethod(
        "derive", .verb,
        Documentation(
          ["t:derive(\"name = formula\", …, bindings)", "t:derive(\"name\", function)"],
          "Adds columns that are computed from the others.",
          [
            .takes(
              """
              Formulas, each with a name, of which a later one sees the earlier; or a name \
              and a Lua function, called with a view of each row.
              """),
            .rows("All stay, in their order."),
            .columns(
              """
              A new one comes last; one whose name is there already is replaced in its \
              place.
              """),
            .groups(
              """
              Groups stay. An aggregate in a formula is over the row's group, or over the \
              whole table.
              """),
            .nulls(
              """
              What a function gives may be nil; a function that only gives nil makes a \
              column of text.
              """),
            .errors(
              """
              A group column can't be replaced. A function must give values of one type; \
              integers and numbers mix. It hides the claims that its values are from: adding \
              them is not watched.
              """),
          ],
          example: """
            local t = annals.table({{"x", 1}, {"x", 3}, {"y", 6}}, {"g", "n"})
            return t:group("g"):derive("share = n / sum(n)", "percent = round(share * 100)"),
              t:derive("label", function(row) return row.g .. row.n end)
            """,
          output: """
            g  n  share  percent
            ─  ─  ─────  ───────
            x  1   0.25       25
            x  3   0.75       75
            y  6      1      100

            g  n  label
            ─  ─  ─────
            x  1  x1
            x  3  x3
            y  6  y6
            """)
      ) { table, call throws(LuaError) in
        try table.derive(&call)
      },
    ]
  }
}
