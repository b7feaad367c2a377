// A table of pages, which may be long.

extension Aggregate {
  /// What the reference says of it.
  package var documentation: Documentation {
    switch self {
    case .count:
      Documentation(
        ["count()", "count(x)"],
        "How many rows there are, or with x how many where x is known.",
        [
          .gives("An integer."),
          .nulls("Over no rows it is 0."),
        ],
        example: """
          local t = annals.table({{"x", 1}, {"x", 4}, {"y"}, {"x", 4}}, {"g", "n"})
          return t:group("g"):aggregate("rows = count()", "known = count(n)")
          """,
        output: """
          g  rows  known
          ─  ────  ─────
          x     3      3
          y     1      0
          """)
    case .countIf:
      Documentation(
        ["count_if(condition)"],
        "How many rows meet the condition.",
        [
          .gives("An integer."),
          .nulls("A null condition does not hold; over no rows it is 0."),
        ],
        example: """
          local t = annals.table({{"x", 1}, {"x", 4}, {"y"}, {"x", 4}}, {"g", "n"})
          return t:group("g"):aggregate("large = count_if(n > 2)")
          """,
        output: """
          g  large
          ─  ─────
          x      2
          y      0
          """)
    case .distinct:
      Documentation(
        ["distinct(x)"],
        "How many different known values x has.",
        [
          .gives(
            """
            An integer. It counts things where `count` counts rows: `distinct(event)`.
            """),
          .nulls("Null is passed over; over no rows it is 0."),
          .errors("Lists and whole figures are refused."),
        ],
        example: """
          local t = annals.table({{"x", 1}, {"x", 4}, {"y"}, {"x", 4}}, {"g", "n"})
          return t:group("g"):aggregate("different = distinct(n)")
          """,
        output: """
          g  different
          ─  ─────────
          x          2
          y          0
          """)
    case .sum:
      Documentation(
        ["sum(x)", "sum(x, key)"],
        "The known values added; with a key, x once for each key.",
        [
          .gives(
            """
            An integer for integers, else a number: the exact sum rounded once, so that \
            neither order nor threads matter. For a figure a figure: low with unknown as 0, \
            best and high only where all are known.
            """),
          .nulls("Null is passed over; null over nothing known."),
          .errors(
            """
            Claims that may not be added are refused with their rows; see `resolve`. So are \
            values that were computed or chosen from such claims, in however many steps. A \
            number that may occur several times, through a path or a join, needs a key. A sum \
            of integers that passes 64 bits fails with the row of the result: in `aggregate` \
            that of the group, in `derive` the first row of the group, in `cumulate` and \
            `rolling` the row itself. Two values of one key fail with the row of the second.
            """),
        ],
        example: """
          local t = annals.table({{"a", 3}, {"a", 3}, {"b", 4}, {"c"}}, {"event", "n"})
          return t:aggregate("rows = sum(n)", "events = sum(n, event)")
          """,
        output: """
          rows  events
          ────  ──────
            10       7
          """)
    case .mean:
      Documentation(
        ["mean(x)", "mean(x, key)"],
        "The mean of the known values; with a key, x once for each key.",
        [
          .gives("A number."),
          .nulls("Null is passed over; null over nothing known."),
          .errors("As for `sum`. A whole figure is refused; take its `.best`."),
        ],
        example: """
          local t = annals.table({{"a", 3}, {"a", 3}, {"b", 6}, {"c"}}, {"event", "n"})
          return t:aggregate("rows = mean(n)", "events = mean(n, event)")
          """,
        output: """
          rows  events
          ────  ──────
             4     4.5
          """)
    case .median:
      Documentation(
        ["median(x)"],
        """
        The known value in the middle, or half way between the two in the middle.
        """,
        [
          .takes("Numbers or integers."),
          .gives("A number."),
          .nulls("Null is passed over; null over nothing known."),
        ],
        example: """
          local t = annals.table({{"x", 1}, {"x", 4}, {"y"}, {"x", 10}, {"x", 4}}, {"g", "n"})
          return t:group("g"):aggregate("middle = median(n)")
          """,
        output: """
          g  middle
          ─  ──────
          x       4
          y       ·
          """)
    case .quantile:
      Documentation(
        ["quantile(x, q)"],
        "The number below which the share q of the known values lies.",
        [
          .takes("Numbers, and a share from 0 to 1 that is written out or bound."),
          .gives(
            """
            A number; between two values in a straight line (type 7 of Hyndman and Fan).
            """),
          .nulls("Null is passed over; null over nothing known."),
        ],
        example: """
          local t = annals.table({{"x", 1}, {"x", 4}, {"y"}, {"x", 10}, {"x", 4}}, {"g", "n"})
          return t:group("g"):aggregate("low = quantile(n, 0.25)", "high = quantile(n, 0.9)")
          """,
        output: """
          g   low               high
          ─  ────  ─────────────────
          x  3.25  8.200000000000001
          y     ·                  ·
          """)
    case .stddev:
      Documentation(
        ["stddev(x)"],
        "The standard deviation of a sample, with n - 1 below.",
        [
          .takes("Numbers or integers."),
          .gives("A number."),
          .nulls("Null is passed over; null for fewer than two known values."),
        ],
        example: """
          local t = annals.table({{"x", 1}, {"x", 4}, {"y"}, {"x", 10}, {"x", 4}}, {"g", "n"})
          return t:group("g"):aggregate("deviation = round(stddev(n), 2)")
          """,
        output: """
          g  deviation
          ─  ─────────
          x       3.77
          y          ·
          """)
    case .min:
      Documentation(
        ["min(x)"],
        "The smallest known value; of figures the whole figure.",
        [
          .takes(
            """
            Numbers, texts (by their bytes), dates, or figures by their best, else low, else \
            high.
            """),
          .gives("A value of the same type; NaN is above all numbers, and -0 becomes 0."),
          .nulls("Null is passed over; null over nothing known."),
          .ties("Of equal figures the first."),
        ],
        example: """
          local t = annals.table({{"x", 1}, {"x", 4}, {"y"}, {"x", 4}}, {"g", "n"})
          return t:group("g"):aggregate("n = min(n)")
          """,
        output: """
          g  n
          ─  ─
          x  1
          y  ·
          """)
    case .max:
      Documentation(
        ["max(x)"],
        "The greatest known value; of figures the whole figure.",
        [
          .takes(
            """
            Numbers, texts (by their bytes), dates, or figures by their best, else low, else \
            high.
            """),
          .gives("A value of the same type; NaN is above all numbers, and -0 becomes 0."),
          .nulls("Null is passed over; null over nothing known."),
          .ties("Of equal figures the first."),
        ],
        example: """
          local t = annals.table({{"x", 1}, {"x", 4}, {"y"}, {"x", 4}}, {"g", "n"})
          return t:group("g"):aggregate("n = max(n)")
          """,
        output: """
          g  n
          ─  ─
          x  4
          y  ·
          """)
    case .mode:
      Documentation(
        ["mode(x)"],
        "The known value that most rows have.",
        [
          .takes("Any value but a list and a whole figure."),
          .gives("A value of the same type."),
          .ties("The smallest of several."),
          .nulls("Null is passed over; null over nothing known."),
        ],
        example: """
          local t = annals.table({{"x", 1}, {"x", 4}, {"y"}, {"x", 10}, {"x", 4}}, {"g", "n"})
          return t:group("g"):aggregate("usual = mode(n)")
          """,
        output: """
          g  usual
          ─  ─────
          x      4
          y      ·
          """)
    case .first:
      Documentation(
        ["first(x)"],
        "The first known value in the order of the rows.",
        [
          .takes("Any value but a list; of a figure the whole figure."),
          .gives("A value of the same type."),
          .nulls("Null is passed over; null over nothing known."),
        ],
        example: """
          local t = annals.table({{"x"}, {"x", 4}, {"x", 2}}, {"g", "n"})
          return t:group("g"):aggregate("n = first(n)")
          """,
        output: """
          g  n
          ─  ─
          x  4
          """)
    case .last:
      Documentation(
        ["last(x)"],
        "The last known value in the order of the rows.",
        [
          .takes("Any value but a list; of a figure the whole figure."),
          .gives("A value of the same type."),
          .nulls("Null is passed over; null over nothing known."),
        ],
        example: """
          local t = annals.table({{"x"}, {"x", 4}, {"x", 2}}, {"g", "n"})
          return t:group("g"):aggregate("n = last(n)")
          """,
        output: """
          g  n
          ─  ─
          x  2
          """)
    case .any:
      Documentation(
        ["any(condition)"],
        "Whether a row meets the condition; null over nothing known.",
        [
          .gives("A boolean."),
          .nulls("Rows where the condition is null are passed over."),
        ],
        example: """
          local t = annals.table({{"x", 1}, {"x", 4}, {"y"}, {"x", 4}}, {"g", "n"})
          return t:group("g"):aggregate("large = any(n > 2)")
          """,
        output: """
          g  large
          ─  ─────
          x  true
          y  ·
          """)
    case .all:
      Documentation(
        ["all(condition)"],
        "Whether every row with a known answer meets the condition.",
        [
          .gives("A boolean."),
          .nulls(
            """
            Rows where the condition is null are passed over; null over nothing known.
            """),
        ],
        example: """
          local t = annals.table({{"x", 1}, {"x", 4}, {"y"}, {"x", 4}}, {"g", "n"})
          return t:group("g"):aggregate("large = all(n > 2)")
          """,
        output: """
          g  large
          ─  ─────
          x  false
          y  ·
          """)
    case .list:
      Documentation(
        ["list(x)"],
        "A list of the known values in the order of the rows, repeated ones too.",
        [
          .takes("Values that are written as `text(x)` does."),
          .gives("A list of texts."),
          .nulls("Null is passed over; null over nothing known."),
        ],
        example: """
          local t = annals.table({{"x", "b"}, {"x", "a"}, {"y"}, {"x", "b"}}, {"g", "name"})
          return t:group("g"):aggregate("names = list(name)")
          """,
        output: """
          g  names
          ─  ─────
          x  b;a;b
          y  ·
          """)
    }
  }
}
