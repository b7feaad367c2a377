import AnnalsEngine

/// Tells which columns of a file make up figures, where nothing else describes the table.
enum FigureDescription {
  /// A Table Schema of the Data Package standard with `annals:figures`; nil if there is no figure.
  static func json(of schema: Schema) -> String? {
    let figures = schema.fields.filter { $0.type == .figure }.map(\.name)
    guard !figures.isEmpty else { return nil }
    var output = OutputBuffer()
    output.append("{\"fields\":[")
    var isFirst = true
    for field in schema.fields {
      let isFigure = field.type == .figure
      let names =
        isFigure ? OutputColumn.Part.allCases.map { field.name + "_" + $0.rawValue } : [field.name]
      for name in names {
        output.append(isFirst ? "{\"name\":" : ",{\"name\":")
        JSONForm.append(text: name, &output)
        output.append(",\"type\":\"\(typeName(field.type))\"}")
        isFirst = false
      }
    }
    output.append("],\"annals:figures\":[")
    for (index, name) in figures.enumerated() {
      output.append(index > 0 ? ",{\"name\":" : "{\"name\":")
      JSONForm.append(text: name, &output)
      for part in OutputColumn.Part.allCases {
        output.append(",\"\(part.rawValue)\":")
        JSONForm.append(text: name + "_" + part.rawValue, &output)
      }
      output.append("}")
    }
    output.append("]}")
    return String(decoding: output.bytes, as: UTF8.self)
  }

  /// The types of the standard. A reference is written as its key, whose type it may not know.
  private static func typeName(_ type: ValueType) -> String {
    switch type {
    case .boolean: "boolean"
    case .integer: "integer"
    case .number, .figure: "number"
    case .text, .reference: "string"
    case .day: "date"
    case .time: "datetime"
    case .list: "list"
    }
  }
}
