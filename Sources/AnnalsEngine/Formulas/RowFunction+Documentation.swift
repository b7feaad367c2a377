// A table of pages, which may be long.

extension RowFunction {
  /// What the reference says of it.
  package var documentation: Documentation {
    switch self {
    case .abs:
      Documentation(
        ["abs(x)"],
        "The size of a number without its sign.",
        [
          .gives("An integer for an integer, else a number."),
          .nulls("Null gives null."),
          .errors("The least integer has no positive twin and fails."),
        ],
        example: """
          return annals.table({{-2}, {3}, {nil}}, {"x"})
            :derive("size = abs(x)")
          """,
        output: """
           x  size
          ──  ────
          -2     2
           3     3
           ·     ·
          """)
    case .round:
      Documentation(
        ["round(x)", "round(x, decimals)"],
        "The nearest whole number, or the nearest with so many decimals; halves go away from zero.",
        [
          .takes("A number; the decimals, from 0 to 15, stand in the formula or are bound."),
          .gives(
            """
            An integer; with decimals a number. A number such as 2.675 is stored as a little \
            less, and gives 2.67. An integer stays as it is.
            """),
          .nulls("Null gives null."),
          .errors("Without decimals a number that passes 64 bits fails."),
        ],
        example: """
          return annals.table({{2.5}, {-2.5}, {3.14159}, {nil}}, {"x"})
            :derive("whole = round(x)", "hundredths = round(x, 2)")
          """,
        output: """
                x  whole  hundredths
          ───────  ─────  ──────────
              2.5      3         2.5
             -2.5     -3        -2.5
          3.14159      3        3.14
                ·      ·           ·
          """)
    case .floor:
      Documentation(
        ["floor(x)"],
        "The greatest whole number that is not above x.",
        [
          .gives("An integer."),
          .nulls("Null gives null."),
          .errors("A number that passes 64 bits fails."),
        ],
        example: """
          return annals.table({{2.5}, {-2.5}, {2.2}, {nil}}, {"x"})
            :derive("whole = floor(x)")
          """,
        output: """
             x  whole
          ────  ─────
           2.5      2
          -2.5     -3
           2.2      2
             ·      ·
          """)
    case .ceil:
      Documentation(
        ["ceil(x)"],
        "The smallest whole number that is not below x.",
        [
          .gives("An integer."),
          .nulls("Null gives null."),
          .errors("A number that passes 64 bits fails."),
        ],
        example: """
          return annals.table({{2.5}, {-2.5}, {2.2}, {nil}}, {"x"})
            :derive("whole = ceil(x)")
          """,
        output: """
             x  whole
          ────  ─────
           2.5      3
          -2.5     -2
           2.2      3
             ·      ·
          """)
    case .sqrt:
      Documentation(
        ["sqrt(x)"],
        "The square root; null for what is below zero.",
        [
          .gives("A number."),
          .nulls("Null gives null."),
        ],
        example: """
          return annals.table({{9}, {2}, {-1}}, {"x"})
            :derive("root = sqrt(x)")
          """,
        output: """
           x                root
          ──  ──────────────────
           9                   3
           2  1.4142135623730951
          -1                   ·
          """)
    case .log:
      Documentation(
        ["log(x)"],
        "The natural logarithm; null for what is not above zero.",
        [
          .gives("A number."),
          .nulls("Null gives null."),
        ],
        example: """
          return annals.table({{1}, {10}, {0}}, {"x"})
            :derive("log = log(x)")
          """,
        output: """
           x                log
          ──  ─────────────────
           1                  0
          10  2.302585092994046
           0                  ·
          """)
    case .exp:
      Documentation(
        ["exp(x)"],
        "e to the power of x.",
        [
          .gives("A number, infinite where it passes what a number holds."),
          .nulls("Null gives null."),
        ],
        example: """
          return annals.table({{0}, {1}, {nil}}, {"x"})
            :derive("power = exp(x)")
          """,
        output: """
          x              power
          ─  ─────────────────
          0                  1
          1  2.718281828459045
          ·                  ·
          """)
    case .text:
      Documentation(
        ["text(x)"],
        "Any value as it is written in CSV.",
        [
          .takes("Any value but a list and a whole figure; a reference gives its key."),
          .nulls("Null gives null."),
        ],
        example: """
          return annals.table({{2}, {0.5}, {nil}}, {"x"})
            :derive("label = 'n' .. text(x)", "day = text(day('2022-01-05'))")
          """,
        output: """
            x  label  day
          ───  ─────  ──────────
            2  n2     2022-01-05
          0.5  n0.5   2022-01-05
            ·  ·      2022-01-05
          """)
    case .number:
      Documentation(
        ["number(x)"],
        "A number from an integer, a boolean or a text; bad text fails.",
        [
          .takes(
            """
            A number, an integer, a boolean (true is 1) or a text such as `1.5` or `2e3`, \
            without white space.
            """),
          .nulls("Null gives null."),
          .errors(
            """
            A text that is no number fails with its row, unless the row does not need it, as \
            in the other side of `if_else`.
            """),
        ],
        example: """
          return annals.table({{"1.5"}, {"2"}, {nil}}, {"x"})
            :derive("n = number(x)")
          """,
        output: """
          x      n
          ───  ───
          1.5  1.5
          2      2
          ·      ·
          """)
    case .integer:
      Documentation(
        ["integer(x)"],
        "A whole number from a number, a boolean or a text; a fraction fails.",
        [
          .takes("An integer, a number, a boolean (true is 1) or a text."),
          .nulls("Null gives null."),
          .errors(
            """
            A fraction, what passes 64 bits and a text that is no integer fail with their \
            row; round first, with `round`, `floor` or `ceil`.
            """),
        ],
        example: """
          return annals.table({{"12"}, {"-3"}, {nil}}, {"x"})
            :derive("n = integer(x)")
          """,
        output: """
          x    n
          ──  ──
          12  12
          -3  -3
          ·    ·
          """)
    case .day:
      Documentation(
        ["day(x)"],
        "The day of a time, or of a text such as 2022-01-05; bad text fails.",
        [
          .takes("A day, a time (its day in UTC) or a text."),
          .nulls("Null gives null."),
          .errors(
            """
            A text that is no day fails with its row, and so does a day that no calendar \
            has.
            """),
        ],
        example: """
          return annals.table({{"2022-01-05"}, {nil}}, {"x"})
            :derive("next = day(x) + 1")
          """,
        output: """
          x           next
          ──────────  ──────────
          2022-01-05  2022-01-06
          ·           ·
          """)
    case .lower:
      Documentation(
        ["lower(text)"],
        "The text in lower case, by Unicode's rules without a locale.",
        [
          .nulls("Null gives null.")
        ],
        example: """
          return annals.table({{"Almaty"}, {"ÄÖ"}}, {"name"})
            :derive("low = lower(name)")
          """,
        output: """
          name    low
          ──────  ──────
          Almaty  almaty
          ÄÖ      äö
          """)
    case .upper:
      Documentation(
        ["upper(text)"],
        "The text in upper case, by Unicode's rules without a locale.",
        [
          .nulls("Null gives null."),
          .gives("It may be longer than the text: ß becomes SS."),
        ],
        example: """
          return annals.table({{"Almaty"}, {"straße"}}, {"name"})
            :derive("up = upper(name)")
          """,
        output: """
          name    up
          ──────  ───────
          Almaty  ALMATY
          straße  STRASSE
          """)
    case .length:
      Documentation(
        ["length(text)", "length(list)"],
        """
        How many Unicode characters (code points) the text has; of a list how many texts.
        """,
        [
          .gives("An integer; 0 for an empty text."),
          .nulls("Null gives null."),
        ],
        example: """
          return annals.table({{"Ärger"}, {""}, {nil}}, {"x"})
            :derive("n = length(x)")
          """,
        output: """
          x      n
          ─────  ─
          Ärger  5
                 0
          ·      ·
          """)
    case .trim:
      Documentation(
        ["trim(text)"],
        "The text without white space at either end.",
        [
          .gives("White space inside stays."),
          .nulls("Null gives null."),
        ],
        example: """
          return annals.table({{"  two words "}}, {"x"})
            :derive("text = trim(x)", "n = length(text)")
          """,
        output: """
          x             text       n
          ────────────  ─────────  ─
            two words   two words  9
          """)
    case .contains:
      Documentation(
        ["contains(text, part)", "contains(list, text)"],
        """
        Whether the part occurs, byte by byte; of a list whether one of its texts is the \
        part.
        """,
        [
          .gives("A boolean. Case counts; an empty part occurs everywhere in a text."),
          .nulls("Null on either side gives null."),
        ],
        example: """
          return annals.table({{"protest"}, {"Protest"}, {nil}}, {"x"})
            :derive("found = contains(x, 'pro')")
          """,
        output: """
          x        found
          ───────  ─────
          protest  true
          Protest  false
          ·        ·
          """)
    case .startsWith:
      Documentation(
        ["starts_with(text, part)"],
        "Whether the text begins with the part.",
        [
          .gives("A boolean. Case counts."),
          .nulls("Null on either side gives null."),
        ],
        example: """
          return annals.table({{"protest"}, {"a protest"}, {nil}}, {"x"})
            :derive("found = starts_with(x, 'pro')")
          """,
        output: """
          x          found
          ─────────  ─────
          protest    true
          a protest  false
          ·          ·
          """)
    case .endsWith:
      Documentation(
        ["ends_with(text, part)"],
        "Whether the text ends with the part.",
        [
          .gives("A boolean. Case counts."),
          .nulls("Null on either side gives null."),
        ],
        example: """
          return annals.table({{"protest"}, {"protests"}, {nil}}, {"x"})
            :derive("found = ends_with(x, 'test')")
          """,
        output: """
          x         found
          ────────  ─────
          protest   true
          protests  false
          ·         ·
          """)
    case .matches:
      Documentation(
        ["matches(text, pattern)"],
        "Whether a pattern of Lua matches somewhere in the text.",
        [
          .takes(
            """
            A text and a pattern of Lua's manual, section 6.4.1. Characters are Unicode code \
            points; classes such as `%a` are of ASCII.
            """),
          .gives("A boolean. `^` and `$` bind the pattern to the ends."),
          .nulls("Null on either side gives null."),
          .errors(
            """
            A written pattern is checked before anything runs, a computed one with its row; \
            a search of more than a million steps fails with its row.
            """),
        ],
        example: """
          return annals.table({{"A-12"}, {"B12"}, {nil}}, {"code"})
            :derive("dashed = matches(code, '^%a%-%d+$')")
          """,
        output: """
          code  dashed
          ────  ──────
          A-12  true
          B12   false
          ·     ·
          """)
    case .replace:
      Documentation(
        ["replace(text, part, other)"],
        "The text with every occurrence of the part replaced, from left to right.",
        [
          .takes("Texts; the part is no pattern, and an empty one occurs nowhere."),
          .nulls("Null in any place gives null."),
        ],
        example: """
          return annals.table({{"a, b, c"}, {nil}}, {"x"})
            :derive("text = replace(x, ', ', '/')")
          """,
        output: """
          x        text
          ───────  ─────
          a, b, c  a/b/c
          ·        ·
          """)
    case .sub:
      Documentation(
        ["sub(text, first)", "sub(text, first, last)"],
        "The characters (code points) from first to last, or to the end.",
        [
          .takes(
            """
            A text and integers, which count from 1, negative ones from the end, as in Lua.
            """),
          .gives("A text, empty where first is after last."),
          .nulls("Null in any place gives null."),
        ],
        example: """
          return annals.table({{"Ärger"}, {nil}}, {"x"})
            :derive("from = sub(x, 2)", "part = sub(x, 1, 2)", "ending = sub(x, -2)")
          """,
        output: """
          x      from  part  ending
          ─────  ────  ────  ──────
          Ärger  rger  Är    er
          ·      ·     ·     ·
          """)
    case .split:
      Documentation(
        ["split(text, separator)"],
        "A list of what stands between the separators.",
        [
          .takes("Texts; the separator is no pattern, and an empty one occurs nowhere."),
          .gives("A list, of an empty text the empty one; `explode` makes rows of it."),
          .nulls("Null on either side gives null."),
        ],
        example: """
          return annals.table({{"a;b"}, {"c"}, {nil}}, {"x"})
            :derive("parts = split(x, ';')", "n = length(parts)")
          """,
        output: """
          x    parts  n
          ───  ─────  ─
          a;b  a;b    2
          c    c      1
          ·    ·      ·
          """)
    case .year:
      Documentation(
        ["year(date)"],
        "The year as an integer.",
        [
          .takes(
            """
            A day, a time (its day in UTC), or a text that is written out or bound; a column \
            of texts needs `day(x)`.
            """),
          .nulls("Null gives null."),
        ],
        example: """
          return annals.table({{"2022-01-02"}, {"2022-12-31"}, {nil}}, {"x"})
            :derive("date = day(x)", "y = year(date)")
          """,
        output: """
          x           date           y
          ──────────  ──────────  ────
          2022-01-02  2022-01-02  2022
          2022-12-31  2022-12-31  2022
          ·           ·              ·
          """)
    case .quarter:
      Documentation(
        ["quarter(date)"],
        "The quarter as text that sorts: 2022-Q1.",
        [
          .takes(
            """
            A day, a time (its day in UTC), or a text that is written out or bound; a column \
            of texts needs `day(x)`.
            """),
          .nulls("Null gives null."),
        ],
        example: """
          return annals.table({{"2022-01-02"}, {"2022-12-31"}, {nil}}, {"x"})
            :derive("date = day(x)", "q = quarter(date)")
          """,
        output: """
          x           date        q
          ──────────  ──────────  ───────
          2022-01-02  2022-01-02  2022-Q1
          2022-12-31  2022-12-31  2022-Q4
          ·           ·           ·
          """)
    case .month:
      Documentation(
        ["month(date)"],
        "The month as text that sorts: 2022-01.",
        [
          .takes(
            """
            A day, a time (its day in UTC), or a text that is written out or bound; a column \
            of texts needs `day(x)`.
            """),
          .nulls("Null gives null."),
        ],
        example: """
          return annals.table({{"2022-01-02"}, {"2022-12-31"}, {nil}}, {"x"})
            :derive("date = day(x)", "m = month(date)")
          """,
        output: """
          x           date        m
          ──────────  ──────────  ───────
          2022-01-02  2022-01-02  2022-01
          2022-12-31  2022-12-31  2022-12
          ·           ·           ·
          """)
    case .week:
      Documentation(
        ["week(date)"],
        "The ISO 8601 week as text that sorts: 2022-W01.",
        [
          .takes(
            """
            A day, a time (its day in UTC), or a text that is written out or bound; a column \
            of texts needs `day(x)`.
            """),
          .gives(
            """
            Weeks start on Monday; the first days of January may belong to the last week of \
            the year before.
            """),
          .nulls("Null gives null."),
        ],
        example: """
          return annals.table({{"2022-01-02"}, {"2022-12-31"}, {nil}}, {"x"})
            :derive("date = day(x)", "w = week(date)")
          """,
        output: """
          x           date        w
          ──────────  ──────────  ────────
          2022-01-02  2022-01-02  2021-W52
          2022-12-31  2022-12-31  2022-W52
          ·           ·           ·
          """)
    case .weekday:
      Documentation(
        ["weekday(date)"],
        "The day of the week: Monday is 1, Sunday 7.",
        [
          .takes(
            """
            A day, a time (its day in UTC), or a text that is written out or bound; a column \
            of texts needs `day(x)`.
            """),
          .gives("An integer."),
          .nulls("Null gives null."),
        ],
        example: """
          return annals.table({{"2022-01-02"}, {"2022-12-31"}, {nil}}, {"x"})
            :derive("date = day(x)", "d = weekday(date)")
          """,
        output: """
          x           date        d
          ──────────  ──────────  ─
          2022-01-02  2022-01-02  7
          2022-12-31  2022-12-31  6
          ·           ·           ·
          """)
    case .dayOfMonth:
      Documentation(
        ["day_of_month(date)"],
        "The day within its month, from 1.",
        [
          .takes(
            """
            A day, a time (its day in UTC), or a text that is written out or bound; a column \
            of texts needs `day(x)`.
            """),
          .gives("An integer."),
          .nulls("Null gives null."),
        ],
        example: """
          return annals.table({{"2022-01-02"}, {"2022-12-31"}, {nil}}, {"x"})
            :derive("date = day(x)", "d = day_of_month(date)")
          """,
        output: """
          x           date         d
          ──────────  ──────────  ──
          2022-01-02  2022-01-02   2
          2022-12-31  2022-12-31  31
          ·           ·            ·
          """)
    case .startOf:
      Documentation(
        ["start_of(date, unit)", "start_of(date, 'week', first)"],
        """
        The first day of the date's week, month, quarter or year; a week starts on Monday \
        unless `first` names another day.
        """,
        [
          .takes(
            """
            A day as for `month`, and the unit: `week`, `month`, `quarter` or `year`. \
            `first` is `monday` to `sunday`; other units pass over it.
            """),
          .gives("A day."),
          .nulls(
            "Null gives null, and so does a week that begins before the calendar, in -9999."),
          .errors("Unit and first day must be written out or bound, not computed."),
        ],
        example: """
          return annals.table({{"2022-01-05"}, {nil}}, {"x"})
            :derive("date = day(x)", "week = start_of(date, 'week')",
              "shifted = start_of(date, 'week', 'saturday')", "month = start_of(date, 'month')")
          """,
        output: """
          x           date        week        shifted     month
          ──────────  ──────────  ──────────  ──────────  ──────────
          2022-01-05  2022-01-05  2022-01-03  2022-01-01  2022-01-01
          ·           ·           ·           ·           ·
          """)
    case .distance:
      Documentation(
        ["distance(lat, lon, lat, lon)"],
        "The km between two places along a great circle.",
        [
          .takes("Degrees of latitude and longitude of one place, then of the other."),
          .gives("A number, on a sphere with the Earth's mean radius, 6371.0088 km."),
          .nulls("Null in any place gives null, and so do degrees outside of 90 and 180."),
        ],
        example: """
          return annals.table({{43.24, 76.89}, {51.17, 71.45}, {nil}}, {"lat", "lon"})
            :derive("km = round(distance(lat, lon, 43.24, 76.89))")
          """,
        output: """
            lat    lon   km
          ─────  ─────  ───
          43.24  76.89    0
          51.17  71.45  972
              ·      ·    ·
          """)
    case .priogrid:
      Documentation(
        ["priogrid(lat, lon)"],
        """
        The number of the PRIO-GRID cell, half a degree wide, that the place lies in.
        """,
        [
          .takes(
            """
            Degrees of latitude and longitude; 90 and 180 belong to the last row and column.
            """),
          .gives("An integer."),
          .nulls("Null in any place gives null, and so do degrees outside of 90 and 180."),
        ],
        example: """
          return annals.table({{43.24, 76.89}, {51.17, 71.45}, {nil}}, {"lat", "lon"})
            :derive("cell = priogrid(lat, lon)")
          """,
        output: """
            lat    lon    cell
          ─────  ─────  ──────
          43.24  76.89  192034
          51.17  71.45  203543
              ·      ·       ·
          """)
    }
  }
}
