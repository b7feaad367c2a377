import AnnalsEngine

extension Reference {
  /// The pages as Markdown: `index.md`, and a file for each name.
  package var files: [(name: String, text: String)] {
    [("index.md", index)]
      + names.map { name in
        let sections = pages(named: name).map(\.section)
        let note = "<!-- Made from what stands beside the registrations; not written by hand. -->"
        let text = ["# " + name, note] + sections + ["[All pages](index.md)"]
        return (name + ".md", text.joined(separator: "\n\n") + "\n")
      }
  }

  private var index: String {
    var lines = [
      "# Reference", "",
      "<!-- Made from what stands beside the registrations; not written by hand. -->", "",
      "A page for each verb, value and function; `annals help NAME` shows it in a terminal. The rules",
      "that hold for all of them stand in [Writing scripts](../scripts.md).",
    ]
    for kind in ReferencePage.Kind.allCases {
      lines += ["", "## " + kind.heading, "", kind.remark, "", "| | |", "| --- | --- |"]
      for page in pages where page.kind == kind {
        let summary = page.documentation.summary.replacing("|", with: "\\|")
        lines.append("| [`\(page.name)`](\(page.name).md) | \(summary) |")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension ReferencePage {
  /// The page as a part of the file of its name.
  fileprivate var section: String {
    var parts = [
      "*" + kind.rawValue.capitalizedFirst + "*",
      "```text\n" + documentation.signatures.joined(separator: "\n") + "\n```",
      documentation.summary,
    ]
    let rules = documentation.rules.map { "- **\($0.about.rawValue)**: \($0.sentence)" }
    if !rules.isEmpty { parts.append(rules.joined(separator: "\n")) }
    // In this form `.ci/check-docs` runs it as well.
    let file = name + "-" + kind.fileName + ".lua"
    parts.append("```lua\n-- \(file)\n\(documentation.example)\n```")
    parts.append("```console\n$ annals run \(file)\n\(documentation.output)\n```")
    return parts.joined(separator: "\n\n")
  }
}

extension ReferencePage.Kind {
  fileprivate var fileName: String {
    switch self {
    case .verb, .reading, .value: "example"
    case .rowFunction, .aggregate, .series: "function"
    }
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
