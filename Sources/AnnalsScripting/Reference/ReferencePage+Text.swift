import AnnalsEngine

extension ReferencePage {
  /// The page for a terminal, ending with a line break.
  package var text: String {
    var lines = [name + ": " + kind.title, ""]
    lines += documentation.signatures.map { "  " + $0 }
    lines += [""] + ReferenceText.wrapped(documentation.summary)
    if !documentation.rules.isEmpty { lines.append("") }
    let width = documentation.rules.map(\.about.rawValue.count).max() ?? 0
    for rule in documentation.rules {
      let label = rule.about.rawValue
      let space = String(repeating: " ", count: width - label.count + 2)
      lines += ReferenceText.wrapped(rule.sentence, first: "  " + label + space)
    }
    lines += ["", "example"] + ReferenceText.indented(documentation.example)
    lines += ["", "gives"] + ReferenceText.indented(documentation.output)
    return lines.joined(separator: "\n") + "\n"
  }
}

extension ReferencePage.Kind {
  fileprivate var title: String {
    switch self {
    case .verb: "a verb of tables"
    case .reading: "a method that reads tables"
    case .value: "what a script sees"
    case .rowFunction: "a function of a row, in formulas and as `annals.NAME` in Lua"
    case .aggregate: "a function of a group, in `aggregate`, `pivot` and `derive`"
    case .series: "a function of a series, in `derive`"
    }
  }
}

extension Reference {
  /// Every name with its summary, by kind, ending with a line break.
  package var text: String {
    let width = names.map(\.count).max() ?? 0
    var lines: [String] = []
    for kind in ReferencePage.Kind.allCases {
      lines += ReferenceText.wrapped(kind.heading + ". " + kind.remark) + [""]
      for page in pages where page.kind == kind {
        let space = String(repeating: " ", count: width - page.name.count + 2)
        lines += ReferenceText.wrapped(
          page.documentation.summary, first: "  " + page.name + space)
      }
      lines.append("")
    }
    return lines.joined(separator: "\n")
  }
}

/// Text broken into lines for a terminal.
enum ReferenceText {
  private static let width = 80

  /// The words of a text, broken between them; later lines are indented as far as the first.
  static func wrapped(_ text: String, first: String = "") -> [String] {
    let indent = String(repeating: " ", count: first.count)
    var lines: [String] = []
    var line = first
    var isEmpty = true
    for word in text.split(separator: " ") {
      if !isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = indent
        isEmpty = true
      }
      line += (isEmpty ? "" : " ") + word
      isEmpty = false
    }
    return lines + [line]
  }

  static func indented(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.isEmpty ? "" : "  " + $0
    }
  }
}
