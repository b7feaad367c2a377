import AnnalsEngine

/// An aggregate or a series in a formula: its text, and what it needs to know of each row.
package struct TwinCall: Sendable {
  package enum Frame: Sendable {
    case group
    case cumulative
    case rolling(String, date: TwinFormula, isPartial: Bool)
    case lastRows(Int, isPartial: Bool)

    var isCumulative: Bool {
      if case .cumulative = self { true } else { false }
    }
  }

  let name: String
  let type: ValueType
  let argument: TwinFormula?
  /// `sum(x, key)` takes x once for each key.
  var key: TwinFormula?
  /// Of `quantile` and `median`.
  var share = 0.5
  /// Of `lag` and `lead`.
  var step = 1
  var frame = Frame.group

  var text: String {
    var parts = [argument, key].compactMap { $0?.text() }
    if name == "quantile" { parts.append("\(share)") }
    if name == "lag" || name == "lead" { parts.append("\(step)") }
    return "\(name)(\(parts.joined(separator: ", ")))"
  }

  /// What is computed for each row before the call, in this order.
  var inputs: [TwinFormula] {
    var inputs = [argument, key].compactMap { $0 }
    if case .rolling(_, let date, _) = frame { inputs.append(date) }
    return inputs
  }

  var columns: Set<String> { inputs.reduce(into: []) { $0.formUnion($1.columns) } }

  var isSeries: Bool { ["row_number", "rank", "lag", "lead"].contains(name) }
}
