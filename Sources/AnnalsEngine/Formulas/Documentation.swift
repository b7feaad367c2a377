/// What the reference says of one function or verb. It stands beside the registration.
package struct Documentation: Hashable, Sendable {
  /// How it is called, one form after another.
  package let signatures: [String]
  /// One sentence on what it does.
  package let summary: String
  /// What holds beyond the summary, in the order in which readers see it.
  package let rules: [Rule]
  /// A script that shows it. It needs nothing, or the shipped dataset.
  package let example: String
  /// What a run of the example prints and returns.
  package let output: String

  package init(
    _ signatures: [String], _ summary: String, _ rules: [Rule], example: String, output: String
  ) {
    self.signatures = signatures
    self.summary = summary
    self.rules = rules
    self.example = example
    self.output = output
  }
}

extension Documentation {
  /// What happens to one thing.
  package struct Rule: Hashable, Sendable {
    package let about: About
    package let sentence: String

    static package func takes(_ sentence: String) -> Rule { Rule(.takes, sentence) }
    static package func gives(_ sentence: String) -> Rule { Rule(.gives, sentence) }
    static package func rows(_ sentence: String) -> Rule { Rule(.rows, sentence) }
    static package func columns(_ sentence: String) -> Rule { Rule(.columns, sentence) }
    static package func groups(_ sentence: String) -> Rule { Rule(.groups, sentence) }
    static package func nulls(_ sentence: String) -> Rule { Rule(.nulls, sentence) }
    static package func ties(_ sentence: String) -> Rule { Rule(.ties, sentence) }
    static package func order(_ sentence: String) -> Rule { Rule(.order, sentence) }
    static package func errors(_ sentence: String) -> Rule { Rule(.errors, sentence) }

    private init(_ about: About, _ sentence: String) {
      self.about = about
      self.sentence = sentence
    }
  }

  /// What a rule is about.
  package enum About: String, Sendable {
    case takes, gives, rows, columns, groups, nulls, ties, order, errors
  }
}
