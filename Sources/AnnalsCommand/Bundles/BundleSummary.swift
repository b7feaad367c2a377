import Annals

/// A bundle in plain words: what it is, runs, needs and asks for.
struct BundleSummary {
  let bundle: ReportBundle

  private var manifest: Manifest { bundle.manifest }

  var text: String {
    ([title, about] + [
      section("it runs", scripts), section("it needs", needs),
    ] + (manifest.uses.isEmpty ? [] : [section("it uses", uses)]) + [
      section("it asks for", permissions),
      section("it is tested by", tests), section("files", files),
    ]).joined(separator: "\n\n") + "\n"
  }

  private var title: String {
    let title = "\(manifest.id) \(manifest.version): \(manifest.title)"
    return manifest.summary.map { title + "\n\n" + $0 } ?? title
  }

  private var about: String {
    AlignedText.text([
      ["by", manifest.authors.joined(separator: ", ")], ["licence", manifest.licence],
      ["for", "Annals \(manifest.annals)"], ["hash", bundle.hash.text],
      ["signature", signature],
    ])
  }

  private var signature: String {
    guard let signature = bundle.signature else { return "none: who packed it can't be told" }
    return "by \(signature.key.id); `annals bundle verify` tells whether you trust it"
  }

  /// The first part of what `verify` tells: who, what, and the hashes.
  ///
  /// - Parameter signer: As the user's own file calls the key.
  func verification(by signer: String) -> String {
    let about = AlignedText.text([
      ["signed by", signer], ["key", bundle.signature?.key.id ?? ""],
      ["made by", manifest.authors.joined(separator: ", ")], ["hash", bundle.hash.text],
    ])
    return [
      "\(manifest.id) \(manifest.version): \(manifest.title)", about, section("files", files),
    ]
    .joined(separator: "\n\n") + (manifest.tests.isEmpty ? "\n" : "\n\ntests\n")
  }

  private var scripts: [[String]] {
    manifest.scripts.map { entry in
      let source = bundle.contents(of: entry.file) ?? []
      let title = Script(name: entry.file, source: source).title
      return [entry.name, entry.file, title ?? "it does not say what it does"]
    }
  }

  private var needs: [[String]] {
    guard !manifest.needs.isEmpty else { return [["no table in particular"]] }
    return manifest.needs.map { table in
      let columns = table.columns.map { $0.name + " (" + $0.type + ")" }
      return [table.name, columns.isEmpty ? "any columns" : columns.joined(separator: ", ")]
    }
  }

  private var uses: [[String]] {
    let lock = try? bundle.lock()
    return manifest.uses.map { use in
      let locked = lock?[use.id].map { "locked to \($0.version), \($0.hash.text)" }
      return [use.id, "\(use.range)", locked ?? "not locked"]
    }
  }

  private var permissions: [[String]] {
    let asked = manifest.permissions
    var rows: [[String]] = []
    if let reason = asked.read { rows.append(["to read files in folders that you grant", reason]) }
    if let reason = asked.write {
      rows.append(["to write files in folders that you grant", reason])
    }
    for variable in asked.environment {
      rows.append(["to read the variable `\(variable.name)`", variable.reason])
    }
    if let memory = manifest.limits.memory { rows.append(["\(memory) MiB of memory", ""]) }
    if let seconds = manifest.limits.seconds { rows.append(["\(seconds) s of time", ""]) }
    if let output = manifest.limits.output { rows.append(["\(output) MiB of output", ""]) }
    return rows.isEmpty ? [["nothing: it computes and returns"]] : rows
  }

  private var tests: [[String]] {
    let tests = manifest.tests.map { test in
      let data =
        switch test.data {
        case .file(let path): "on " + path
        case .named(let name, _): "on the dataset " + name
        }
      return [test.name, data, test.goldens.joined(separator: ", ")]
    }
    return tests.isEmpty ? [["nothing"]] : tests
  }

  private var files: [[String]] {
    (manifest.files ?? []).map { ["\($0.path)", "\($0.byteCount) bytes", $0.hash.text] }
  }

  private func section(_ title: String, _ rows: [[String]]) -> String {
    title + "\n"
      + AlignedText.text(rows).split(separator: "\n").map { "  " + $0 }.joined(separator: "\n")
  }
}
