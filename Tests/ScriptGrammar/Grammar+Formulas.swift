extension Grammar {
  /// Formulas over the columns of events, right and wrong ones.
  public static let formulas = Grammar(rules: formulaRules)

  static let formulaRules: [String: [String]] = [
    "line": [
      "<number>", "<condition>", "<words>", "<formula>", "<name> = <formula>",
      "<formula> <junk> <formula>", "<junk>",
    ],
    // Formulas of a type, so that many can be computed.
    "number": [
      "1", "2.5", "weekday(date)", "length(title)", "place.latitude", "days(date, date_end)",
      "<number> + <number>", "<number> * <number>", "<number> // <number>", "<number> ^ <number>",
      "if_else(<condition>, <number>, <number>)", "coalesce(<number>, 0)", "sum(<number>)",
      "count_if(<condition>)", "rank(<number>)", "cumulate(sum(<number>))", "abs(<number>)",
      "clamp(<number>, <number>, <number>)", "median(<number>)", "distinct(<words>)",
    ],
    "condition": [
      "date == nil", "<number> < <number>", "<words> == <words>", "<condition> and <condition>",
      "<condition> or <condition>", "not (<condition>)", "contains(<words>, <words>)",
      "matches(<words>, '%a+.-$')", "<words> in {<words>, 'a'}", "date >= '2022-01-05'",
      "<words> in $set", "any(<condition>)",
    ],
    "words": [
      "title", "type", "'x'", "place.name", "lower(<words>)", "<words> .. <words>",
      "text(<number>)", "sub(<words>, <number>, <number>)", "replace(<words>, <words>, 'ж')",
      "if_else(<condition>, <words>, <words>)", "first(<words>)", "mode(<words>)",
      "lag(<words>, 1)", "text(start_of(date, 'week'))", "month(date)", "trim(<words>)",
    ],
    "formula": [
      "<atom>", "<name>", "<formula> <operator> <formula>", "(<formula>)", "not <formula>",
      "-<formula>", "<function>(<formula>)", "<function>(<formula>, <formula>)",
      "if_else(<formula>, <formula>, <formula>)", "<formula> in {<atom>, <atom>}",
      "<formula> in $set", "<formula> == nil", "<aggregate>(<formula>)", "count()",
      "rolling(<aggregate>(<formula>), '7 days', date)", "cumulate(sum(<formula>))",
      "lag(<formula>, <atom>)",
      "distance(<formula>, <formula>, <formula>, <formula>)", "quantile(<formula>, <atom>)",
    ],
    "atom": [
      "1", "nil", "true", "0", "-1", "2.5", "1e308", "1e-320", "9223372036854775807",
      "9223372036854775808", "0x7fffffffffffffff", "'killing'", "'2022-01-05'", "''", "'a%'", "'['",
      "'\\0\\xff'", "\"ж\"", "$n", "$missing", "0/0", "1//0", "1%0", "'2022-13-45'",
      "'\\u{10FFFF}'", "[[long]]",
    ],
    "name": [
      "date", "type", "id", "title", "place", "place.name", "place.country", "parent",
      "parent.parent.parent.title", "source.origin.name", "date_end", "nothing", "place.nothing",
      "`type`", "`Event Date`", "figures.value", "value", "value.best", "_row",
      "place.parent.latitude",
    ],
    "operator": [
      "+", "-", "*", "/", "//", "%", "^", "..", "==", "~=", "<", "<=", ">", ">=", "and", "or",
    ],
    "function": [
      "abs", "round", "floor", "ceil", "sqrt", "log", "exp", "coalesce", "clamp", "least",
      "greatest", "text", "number", "integer", "day", "lower", "upper", "length", "trim",
      "contains", "starts_with", "ends_with", "matches", "replace", "sub", "split", "year",
      "quarter", "month", "week", "weekday", "day_of_month", "start_of", "days", "priogrid",
      "nothing", "if_else",
    ],
    "aggregate": [
      "count", "sum", "distinct", "mean", "median", "min", "max", "first", "last", "stddev",
      "any", "all", "mode", "list", "count_if", "rank", "row_number",
    ],
    "junk": [
      ")", "(", "{", "}", ",", "'", "\"", "`", "$", "..", "=", "<", "[[", "--", "\u{0}", "é", "1e",
      "0x", "and and", "function() end", "\\", "((((((((((((((((((((((((((((((((((((((((",
    ],
  ]
}
