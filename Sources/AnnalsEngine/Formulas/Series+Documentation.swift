// A table of pages, which may be long.

extension Series {
  /// What the reference says of it.
  package var documentation: Documentation {
    switch self {
    case .rank:
      Documentation(
        ["rank(x)"],
        """
        The place of x in its group in ascending order; equal values share the first.
        """,
        [
          .gives("An integer from 1. For a descending rank of numbers write `rank(-x)`."),
          .ties("Equal values have the same rank, and the next one is as many further on."),
          .nulls("Null has none."),
        ],
        example: """
          return annals.table({{30}, {10}, {10}, {nil}, {20}}, {"n"})
            :derive("place = rank(n)")
          """,
        output: """
           n  place
          ──  ─────
          30      4
          10      1
          10      1
           ·      ·
          20      3
          """)
    case .rowNumber:
      Documentation(
        ["row_number()"],
        "The place of the row in its group, from 1.",
        [
          .order("By the order of the rows within the group; `sort` first.")
        ],
        example: """
          local t = annals.table({{"x"}, {"y"}, {"x"}}, {"g"})
          return t:group("g"):derive("i = row_number()")
          """,
        output: """
          g  i
          ─  ─
          x  1
          y  1
          x  2
          """)
    case .lag:
      Documentation(
        ["lag(x)", "lag(x, n)"],
        "The value of x n rows before (1 unless given), null where none is.",
        [
          .takes("Any value, and a number of rows from 0 that is written out or bound."),
          .order("By the order of the rows within the group; `sort` first."),
          .nulls("A null value is taken as it is."),
        ],
        example: """
          local t = annals.table({{"x", 1}, {"x", 4}, {"y", 7}, {"x", 9}}, {"g", "n"})
          return t:group("g"):derive("other = lag(n)")
          """,
        output: """
          g  n  other
          ─  ─  ─────
          x  1      ·
          x  4      1
          y  7      ·
          x  9      4
          """)
    case .lead:
      Documentation(
        ["lead(x)", "lead(x, n)"],
        "The value of x n rows after (1 unless given), null where none is.",
        [
          .takes("Any value, and a number of rows from 0 that is written out or bound."),
          .order("By the order of the rows within the group; `sort` first."),
          .nulls("A null value is taken as it is."),
        ],
        example: """
          local t = annals.table({{"x", 1}, {"x", 4}, {"y", 7}, {"x", 9}}, {"g", "n"})
          return t:group("g"):derive("other = lead(n)")
          """,
        output: """
          g  n  other
          ─  ─  ─────
          x  1      4
          x  4      9
          y  7      ·
          x  9      ·
          """)
    case .cumulate:
      Documentation(
        ["cumulate(sum(x))"],
        "An aggregate over the rows up to and with this one.",
        [
          .takes(
            """
            A formula of `count`, `count_if`, `distinct`, `sum`, `mean`, `min` and `max`, \
            without a key.
            """),
          .order("By the order of the rows within the group; `sort` first."),
          .nulls("Null is passed over, and null over nothing known yet; counts are 0."),
          .errors("Claims that may not be added within the group are refused."),
        ],
        example: """
          local t = annals.table({{"x", 1}, {"y", 5}, {"x"}, {"x", 4}}, {"g", "n"})
          return t:group("g"):derive("so_far = cumulate(sum(n))")
          """,
        output: """
          g  n  so_far
          ─  ─  ──────
          x  1       1
          y  5       5
          x  ·       1
          x  4       5
          """)
    case .rolling:
      Documentation(
        [
          "rolling(mean(x), '7 days', date)", "rolling(mean(x), '7 days', date, 'partial')",
          "rolling(mean(x), '3 rows')", "rolling(mean(x), '3 rows', 'partial')",
        ],
        """
        An aggregate over a span of the calendar that ends with the row's day, or over so \
        many rows that end with the row; null until the span is full, unless 'partial' follows.
        """,
        [
          .takes(
            """
            A formula of aggregates as for `cumulate`, or of `stddev`, which goes over all rows \
            of each span anew; a span in days, weeks, months, \
            quarters or years, and the day of each row; or a number of rows.
            """),
          .rows(
            """
            Those of the group whose day lies in the span, whatever their order. Days \
            without a row count as days, so a sum needs no gaps filled. A mean is over the \
            rows that there are: for one over the days, `complete` them first. A span of \
            rows goes by their order, so `sort` first.
            """),
          .nulls(
            """
            A row without a day is in no span and gets null. The span is full once it does \
            not begin before the group's first day. Rows that are whole weeks or months, dated \
            by their first day, are counted best: `complete` them, and take '3 rows' for three \
            weeks, where '3 weeks' is full one row later.
            """),
          .ties(
            """
            Of equal figures `min` and `max` take that of the earliest day, or of the earliest \
            row.
            """),
          .errors("Claims that may not be added within the group are refused."),
        ],
        example: """
          local t = annals.table(
            {{"2022-01-01", 1}, {"2022-01-02", 2}, {"2022-01-04", 4}}, {"x", "n"})
          return t:derive("date = day(x)", "two = rolling(sum(n), '2 days', date)",
            "partial = rolling(sum(n), '2 days', date, 'partial')",
            "rows = rolling(sum(n), '2 rows')")
          """,
        output: """
          x           n  date        two  partial  rows
          ──────────  ─  ──────────  ───  ───────  ────
          2022-01-01  1  2022-01-01    ·        1     ·
          2022-01-02  2  2022-01-02    3        3     3
          2022-01-04  4  2022-01-04    4        4     6
          """)
    }
  }
}
