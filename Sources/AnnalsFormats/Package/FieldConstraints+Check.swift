import AnnalsEngine

extension FieldConstraints {
  /// Whether a value may break one of them other than being missing or not unique.
  var hasLimits: Bool { choices != nil || minimum != nil || maximum != nil }

  /// The constraint that a known value breaks.
  func broken(by value: Value) -> DataProblem.Reason? {
    if let choices, !choices.contains(value) {
      let texts = choices.map(\.text)
      let near = NearNames.suggestions(for: value.text, among: texts)
      return .notAllowed(choices: texts, near: near)
    }
    if let minimum, Self.isLess(value, minimum) { return .belowMinimum(minimum.text) }
    if let maximum, Self.isLess(maximum, value) { return .aboveMaximum(maximum.text) }
    return nil
  }

  /// Whether one value of an ordered type comes before another of the same type.
  private static func isLess(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.integer(let left), .integer(let right)): left < right
    case (.number(let left), .number(let right)): left < right
    case (.day(let left), .day(let right)): left < right
    case (.time(let left), .time(let right)): left < right
    default: false
    }
  }
}
