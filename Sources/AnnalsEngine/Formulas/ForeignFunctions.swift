/// What functions of formulas are called in SQL, pandas, Polars and dplyr.
enum ForeignFunctions {
  /// The names of ours that are meant; nil where the name is none of theirs.
  static func meant(by name: String) -> [String]? {
    names[name.lowercased()].map { [$0] }
  }

  static let names = [
    "avg": "mean", "average": "mean", "std": "stddev", "stdev": "stddev", "sd": "stddev",
    "stddev_samp": "stddev", "total": "sum", "minimum": "min", "maximum": "max",
    "n": "count", "len": "length", "size": "count", "nrow": "count",
    "count_distinct": "distinct", "n_unique": "distinct", "nunique": "distinct",
    "n_distinct": "distinct", "countif": "count_if",
    "percentile": "quantile", "percentile_cont": "quantile", "quantile_cont": "quantile",
    "array_agg": "list", "string_agg": "list", "group_concat": "list", "collect": "list",
    "bool_and": "all", "bool_or": "any", "every": "all", "some": "any",
    "rownumber": "row_number", "cumsum": "cumulate", "cum_sum": "cumulate", "shift": "lag",
    "ifelse": "if_else", "iif": "if_else", "ifnull": "coalesce", "nvl": "coalesce",
    "fillna": "coalesce", "fill_null": "coalesce", "pmin": "least", "pmax": "greatest",
    "strlen": "length", "nchar": "length", "char_length": "length", "substr": "sub",
    "substring": "sub", "mid": "sub", "slice": "sub", "ucase": "upper", "toupper": "upper",
    "lcase": "lower", "tolower": "lower", "strip": "trim", "startswith": "starts_with",
    "endswith": "ends_with", "instr": "contains", "regexp_matches": "matches",
    "gsub": "replace", "string_split": "split", "str_split": "split", "ceiling": "ceil",
    "ln": "log", "date_trunc": "start_of", "floor_date": "start_of",
    "datediff": "days", "date_diff": "days", "dayofweek": "weekday", "wday": "weekday",
    "to_date": "day", "date": "day", "todate": "day", "to_number": "number",
    "tonumber": "number", "tostring": "text", "to_string": "text", "str": "text", "int": "integer",
    "float": "number", "haversine": "distance", "st_distance": "distance",
  ]
}
