import AnnalsEngine
import AnnalsLua

extension ScriptTable {
  /// Verbs that put tables together or give them another shape.
  static var shapeVerbs: [TableMethod] {
    [
      TableMethod(
        "join", .verb,
        Documentation(
          ["t:join(other, \"key\")", "t:join(other, {\"key\", \"a == b\"}, kind)"],
          "Puts rows together with those of another table that match.",
          [
            .takes(
              """
              A table; a column that both have, `"a == b"` for one of each, or a list of \
              these; and a kind. `inner`, unless said, gives a row for each pair. `left` \
              also gives rows of the left without a match, `full` those of both. `semi` and \
              `anti` give the rows of the left that have a match, or none, once. `cross` \
              gives every pair and takes no key.
              """),
            .order(
              """
              By the rows of the left, and for each by those of the right; rows of the right \
              without a match come at the end.
              """),
            .columns(
              """
              Those of the left, then those of the right. One that both have gets `_right` \
              there; a key of one name stands once. `semi` and `anti` add none.
              """),
            .groups("Those of the left stay."),
            .nulls("Null matches nothing, not even null."),
            .errors(
              """
              Keys of different types are refused; integers match numbers of the same value, \
              and a reference matches its key (a key of both types becomes a number or the \
              key's type in a `full` join). A number that a join may give several times can't be added \
              without a key: `sum(x, key)`.
              """),
          ],
          example: """
            local t = annals.table({{"a", 1}, {"b", 2}}, {"name", "n"})
            local other = annals.table({{"a", true}, {"c", false}}, {"name", "known"})
            return t:join(other, "name", "full"), t:join(other, "name", "anti")
            """,
          output: """
            name  n  known
            ────  ─  ─────
            a     1  true
            b     2  ·
            c     ·  false

            name  n
            ────  ─
            b     2
            """)
      ) { table, call throws(LuaError) in
        try table.join(&call)
      },
      TableMethod(
        "expand", .verb,
        Documentation(
          ["t:expand(\"table\")", "t:expand(\"table.column\")"],
          "Gives a row for each row of another table that refers to this one.",
          [
            .takes(
              """
              A table of the dataset with a reference to the rows of this one; with its \
              column, where two refer.
              """),
            .rows(
              """
              In their order, and for each in the order of the other table. A row that none \
              refers to is left out.
              """),
            .columns(
              """
              A reference is added, under the other table's name, from which paths lead on.
              """),
            .groups("Groups stay."),
            .errors(
              """
              The table must hold rows of the dataset, not of `annals.table` or of \
              `aggregate`. A number of this table can now occur several times and can't be \
              added without a key: `sum(x, key)`.
              """),
          ],
          example: """
            return data.events
              :where("type == 'killing'")
              :expand("participations")
              :select("id", "participations", "participations.role")
            """,
          output: """
            id          participations     participations.role
            ──────────  ─────────────────  ───────────────────
            e-killings  x-killings-killed  victim
            """)
      ) { table, call throws(LuaError) in
        let name = try call.requiredString(at: 1)
        try table.push(call) { query throws(EngineError) in try query.expanded(name) }
      },
      TableMethod(
        "explode", .verb,
        Documentation(
          ["t:explode(\"column\")"],
          "Gives a row for each element of a list.",
          [
            .rows(
              """
              In their order, and for each in the order of its list. Rows without an element \
              are left out.
              """),
            .columns("The list's column becomes text; the others are repeated."),
            .groups("Groups stay."),
            .nulls("A null list has no element, and so does an empty one."),
            .errors(
              """
              A column that is no list is refused. A number that is repeated can't be added \
              without a key: `sum(x, key)`.
              """),
          ],
          example: """
            local t = annals.table({{"x", "a;b"}, {"y"}, {"z", "c"}}, {"g", "names"})
            return t:select("g", "name = split(names, ';')"):explode("name")
            """,
          output: """
            g  name
            ─  ────
            x  a
            x  b
            z  c
            """)
      ) { table, call throws(LuaError) in
        let name = try call.requiredString(at: 1)
        try table.push(call) { query throws(EngineError) in try query.exploded(name) }
      },
      TableMethod(
        "append", .verb,
        Documentation(
          ["t:append(other)"],
          "Gives the rows of this table, then those of another.",
          [
            .columns(
              """
              They go by name: those of this table, then those that only the other has. \
              Integers and numbers become numbers.
              """),
            .groups("They end."),
            .nulls("A column that a table lacks is null in its rows."),
            .errors("A column of two types is refused."),
          ],
          example: """
            local t = annals.table({{"a", 1}}, {"name", "n"})
            local other = annals.table({{"b", 2.5, true}}, {"name", "n", "known"})
            return t:append(other)
            """,
          output: """
            name    n  known
            ────  ───  ─────
            a       1  ·
            b     2.5  true
            """)
      ) { table, call throws(LuaError) in
        let other = try call.requiredObject(at: 1, as: table.session.types.table).query()
        try table.push(call) { query throws(EngineError) in try query.appended(other) }
      },
      TableMethod(
        "pivot", .verb,
        Documentation(
          ["t:pivot(\"column\", \"formula\", bindings)"],
          """
          Gives one row for each group, with a column for each value of one column.
          """,
          [
            .takes(
              """
              The column whose values become columns, and a formula as for `aggregate`, \
              without a name, for the cells. It runs at once, since the columns depend on \
              the data.
              """),
            .rows("One for each group in ascending order, or one for the whole table."),
            .columns(
              """
              The group columns, then one for each value in ascending order, null last and \
              called `null`.
              """),
            .groups("They end."),
            .nulls("A cell without rows is null."),
            .errors(
              """
              A group column can't become columns, and there can be no more than 10000. Two \
              columns of one name are refused.
              """),
          ],
          example: """
            local t = annals.table(
              {{"x", "a", 1}, {"x", "b", 2}, {"y", "a", 3}, {"y", "a", 4}}, {"g", "kind", "n"})
            return t:group("g"):pivot("kind", "sum(n)")
            """,
          output: """
            g  a  b
            ─  ─  ─
            x  1  2
            y  7  ·
            """)
      ) { table, call throws(LuaError) in
        try table.pivot(&call)
      },
      TableMethod(
        "unpivot", .verb,
        Documentation(
          ["t:unpivot{\"a\", \"b\", …, name = \"name\", value = \"value\"}"],
          """
          Turns columns into rows: one for each of them, with its name and its value.
          """,
          [
            .takes(
              """
              The columns, and what the two new ones are called, `name` and `value` unless \
              said.
              """),
            .rows("In their order, and for each in the order of the columns."),
            .columns("The others, then the name, then the value."),
            .groups("Groups stay if all their columns do; otherwise they end."),
            .nulls("A null value gives a row as well."),
            .errors("The columns must be of one type; integers and numbers mix."),
          ],
          example: """
            local t = annals.table({{"x", 1, 2}, {"y", 3}}, {"g", "a", "b"})
            return t:unpivot{"a", "b", name = "kind", value = "n"}
            """,
          output: """
            g  kind  n
            ─  ────  ─
            x  a     1
            x  b     2
            y  a     3
            y  b     ·
            """)
      ) { table, call throws(LuaError) in
        try table.unpivot(&call)
      },
      TableMethod(
        "spread", .verb,
        Documentation(
          [
            "t:spread(\"date\", \"date_end\", \"a\", …, {mode = mode})",
            "t:spread(\"date\", \"date_end\")",
          ],
          """
          Divides numbers over the days from a first to a last one, a row for each day.
          """,
          [
            .takes(
              """
              The columns of the first and the last day, then numbers or figures to divide, \
              or none where only the days matter. Modes are `fraction`, unless said: equal parts; `remainder`: whole numbers, \
              with what remains on the first day; `first`: all on the first day, 0 on the \
              others.
              """),
            .rows(
              """
              Each becomes as many as it has days, in their order. A row whose end is null \
              or comes first stays as it is.
              """),
            .columns(
              """
              Both columns of days become the day of the row, and `spread_days` is added: \
              over how many days it was divided, null where it was not. Of a figure each \
              bound is divided.
              """),
            .groups("Groups stay."),
            .nulls("A null number stays null."),
            .errors(
              """
              In mode `remainder` a fraction fails with its row. The other columns are \
              repeated, so they can't be added without a key.
              """),
          ],
          example: """
            local t = annals.table(
              {{"2022-01-01", "2022-01-03", 7}, {"2022-01-05", nil, 2}}, {"date", "date_end", "n"})
            return t:derive("date = day(date)", "date_end = day(date_end)")
              :spread("date", "date_end", "n", {mode = "remainder"})
            """,
          output: """
            date        date_end    n  spread_days
            ──────────  ──────────  ─  ───────────
            2022-01-01  2022-01-01  3            3
            2022-01-02  2022-01-02  2            3
            2022-01-03  2022-01-03  2            3
            2022-01-05  ·           2            ·
            """)
      ) { table, call throws(LuaError) in
        try table.spread(&call)
      },
      TableMethod(
        "complete", .verb,
        Documentation(
          ["t:complete(\"date\", step, {column = value}, {from = day, to = day})"],
          "Fills the gaps of a column of days with new rows.",
          [
            .takes(
              """
              A column of days; a step such as `1 day`, `2 weeks`, `1 month` or `1 year`; \
              what new rows hold, which must be said, since no report is not zero \
              (`annals.null` is for unknown); and a range, if not that of the table.
              """),
            .rows(
              """
              One is added for each step from the first day on that a group lacks. No row is \
              left out, also outside of the range.
              """),
            .order(
              """
              By group in the order of their first rows, then by day, rows without a day \
              last.
              """),
            .columns(
              """
              A new row has the columns of its group, the day and what was given; the others \
              are null.
              """),
            .groups("Groups stay. Each gets the same days."),
            .errors("The column must hold days and be no group column."),
          ],
          example: """
            local t = annals.table(
              {{"x", "2022-01-01", 5}, {"y", "2022-01-03", 2}}, {"g", "date", "n"})
            return t:derive("date = day(date)"):group("g"):complete("date", "1 day", {n = 0})
            """,
          output: """
            g  date        n
            ─  ──────────  ─
            x  2022-01-01  5
            x  2022-01-02  0
            x  2022-01-03  0
            y  2022-01-01  0
            y  2022-01-02  0
            y  2022-01-03  2
            """)
      ) { table, call throws(LuaError) in
        try table.complete(&call)
      },
    ]
  }
}
