import AnnalsEngine

extension ParameterReader {
  /// What the reference says of the function that declares parameters.
  static let page = ReferencePage(
    "params", .value,
    Documentation(
      ["params { { \"name\", type = , default = , choices = , required = , help = }, … }"],
      "Declares the parameters of the script and gives their values.",
      [
        .takes(
          """
          A list of declarations. Types are `text`, `integer`, `number`, `boolean`, `day` \
          and `list` (given with commas); without `type` that of the default counts. \
          `choices` is a list, or the name of a column; a column of the model that the \
          dataset lacks gives none, and any value may be given.
          """),
        .gives(
          """
          The values as fields; as the bindings of a formula, `$name` stands for them.
          """),
        .nulls("A parameter without a value is nil, and in a formula `$name == nil`."),
        .errors(
          """
          It can be called once. A missing value that is required, one of the wrong type and \
          one that is no choice end the run with status 64; a default need not be among the \
          choices.
          """),
      ],
      example: """
        local p = params {
          { "least", default = 3, help = "how many events" },
          { "role", choices = "participations.role" },
        }
        return data.participations
          :where("$role == nil or role == $role", p)
          :count("role"):where("n >= $least", p)
        """,
      output: """
        role         n
        ──────────  ──
        agent       21
        associated   7
        deployed     6
        target       6
        victim       5
        party        3
        """))
}
