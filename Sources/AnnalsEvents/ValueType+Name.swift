import AnnalsEngine

extension ValueType {
  /// What a type is called in summaries: `day`, `text`, `→ places`.
  var name: String {
    switch self {
    case .boolean: "boolean"
    case .integer: "integer"
    case .number: "number"
    case .text: "text"
    case .day: "day"
    case .time: "time"
    case .list: "list"
    case .figure: "figure"
    case .reference(let table): "→ " + table
    }
  }
}
