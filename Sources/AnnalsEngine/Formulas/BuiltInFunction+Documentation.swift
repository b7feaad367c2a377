// A table of pages, which may be long.

extension BuiltInFunction {
  /// What the reference says of it.
  package var documentation: Documentation {
    switch self {
    case .coalesce:
      Documentation(
        ["coalesce(a, b, …)"],
        "The first value that is known.",
        [
          .takes(
            """
            Values of one type; integers and numbers mix, and a text that is written out may \
            stand for a day. A figure gives its `.low`, `.best` or `.high`.
            """),
          .nulls("Null only if all are null."),
          .errors(
            """
            Values of different types are refused. A value that a row does not need, since an \
            earlier one is known, can't make it fail.
            """),
        ],
        example: """
          return annals.table({{1, 5}, {nil, 5}, {nil, nil}}, {"a", "b"})
            :derive("c = coalesce(a, b)", "d = coalesce(a, 0)")
          """,
        output: """
          a  b  c  d
          ─  ─  ─  ─
          1  5  1  1
          ·  5  5  0
          ·  ·  ·  0
          """)
    case .ifElse:
      Documentation(
        ["if_else(condition, a, b)"],
        "The first value where the condition holds, else the second.",
        [
          .takes("A boolean and two values of one type; either may be `nil`."),
          .nulls("A null condition does not hold, so it gives `b`."),
          .errors("A side that a row does not need can't make it fail."),
        ],
        example: """
          return annals.table({{1}, {7}, {nil}}, {"n"})
            :derive("size = if_else(n > 5, 'big', 'small')")
          """,
        output: """
          n  size
          ─  ─────
          1  small
          7  big
          ·  small
          """)
    case .least:
      Documentation(
        ["least(a, b, …)"],
        "The smallest of some values.",
        [
          .takes("At least two numbers, texts or dates, of one type; NaN is above all numbers."),
          .nulls("Null is passed over; null only if all are null."),
          .ties("Of equal values the first."),
          .errors("All values are computed, so each can make a row fail."),
        ],
        example: """
          return annals.table({{1, 5}, {7, 5}, {nil, 5}}, {"a", "b"})
            :derive("c = least(a, b)")
          """,
        output: """
          a  b  c
          ─  ─  ─
          1  5  1
          7  5  5
          ·  5  5
          """)
    case .greatest:
      Documentation(
        ["greatest(a, b, …)"],
        "The greatest of some values.",
        [
          .takes("At least two numbers, texts or dates, of one type; NaN is above all numbers."),
          .nulls("Null is passed over; null only if all are null."),
          .ties("Of equal values the first."),
          .errors("All values are computed, so each can make a row fail."),
        ],
        example: """
          return annals.table({{1, 5}, {7, 5}, {nil, 5}}, {"a", "b"})
            :derive("c = greatest(a, b)")
          """,
        output: """
          a  b  c
          ─  ─  ─
          1  5  5
          7  5  7
          ·  5  5
          """)
    case .clamp:
      Documentation(
        ["clamp(x, low, high)"],
        "The value brought between two bounds.",
        [
          .takes("Numbers, texts or dates, of one type."),
          .nulls("Null if x is; a null bound does not bind."),
          .ties("Where low is above high, the result is high."),
          .errors("All values are computed, so each can make a row fail."),
        ],
        example: """
          return annals.table({{-3}, {4}, {12}, {nil}}, {"x"})
            :derive("inside = clamp(x, 0, 10)")
          """,
        output: """
           x  inside
          ──  ──────
          -3       0
           4       4
          12      10
           ·       ·
          """)
    case .days:
      Documentation(
        ["days(a, b)"],
        "How many days the second date is after the first.",
        [
          .takes("Days, times (their days in UTC), or texts that are written out or bound."),
          .gives("An integer, negative where b is before a."),
          .nulls("Null if either is."),
        ],
        example: """
          return annals.table({{"2022-01-05"}, {"2021-12-30"}, {nil}}, {"x"})
            :derive("after = days('2022-01-01', day(x))")
          """,
        output: """
          x           after
          ──────────  ─────
          2022-01-05      4
          2021-12-30     -2
          ·               ·
          """)
    }
  }
}
