import Annals
import AnnalsPlatform

/// Looks for mistakes in a bundle.
struct BundleCheck {
  /// Something that its author should know.
  struct Finding {
    /// Whether it is a mistake; else it tells what could not be checked, or may be meant so.
    let isProblem: Bool
    /// `report.lua:8`, or a file.
    let place: String
    let message: String

    var text: String {
      let lines = message.split(separator: "\n", omittingEmptySubsequences: false)
      let first = (isProblem ? "problem  " : "note     ") + place + ": " + (lines.first ?? "")
      return ([first] + lines.dropFirst().map { "  " + $0 }).map { $0 + "\n" }.joined()
    }
  }

  private(set) var findings: [Finding] = []
  private let bundle: ReportBundle
  private let used: [ReportBundle]
  private let dataset: Dataset
  private let interrupt: ScriptInterrupt

  /// Makes the dataset that the scripts run on, so that the walls can be raised afterwards.
  ///
  /// - Parameter used: Bundles whose modules it may require.
  init(
    _ bundle: ReportBundle, used: [ReportBundle], interrupt: ScriptInterrupt
  ) throws(CommandError) {
    self.bundle = bundle
    self.used = used
    self.interrupt = interrupt
    let sample = SampleDataset(for: bundle.manifest)
    let folder: ScratchFolder
    do throws(PlatformError) { folder = try sample.write() } catch {
      throw .writing(error.description)
    }
    do throws(CommandError) {
      dataset = try DatasetFinder.open(
        folder.path, threadCount: 1, stop: interrupt.flag, tellsProblems: false)
    } catch .data(let message) {
      throw .data(
        "no dataset can have what `needs` names: " + message.replacing(folder.path + "/", with: ""))
    }
    for column in sample.unknownReferences {
      findings.append(
        Finding(
          isProblem: false, place: Manifest.path,
          message: "`\(column)` is needed as a reference, and the model does not know to which"
            + " table; here it is text"))
    }
  }

  mutating func run() throws(CommandError) {
    let readable = try checkSyntax()
    try checkNames(in: readable)
    for script in bundle.manifest.scripts where readable.contains(where: { $0.name == script.file })
    {
      try check(script)
    }
  }

  private mutating func problem(_ place: String, _ message: String) {
    findings.append(Finding(isProblem: true, place: place, message: message))
  }

  private mutating func note(_ place: String, _ message: String) {
    findings.append(Finding(isProblem: false, place: place, message: message))
  }

  private static var limits: ScriptLimits {
    var limits = ScriptLimits.standard
    limits.timeout = .seconds(10)
    limits.heapByteCount = 256 << 20
    limits.totalByteCount = 256 << 20
    return limits
  }

  private var emptyRun: ScriptRun {
    var run = ScriptRun(dataset: dataset, limits: Self.limits, interrupt: interrupt)
    run.reservedNames = RunOptions.optionNames
    return run
  }

  // MARK: Texts

  /// - Returns: The Lua files that are Lua.
  private mutating func checkSyntax() throws(CommandError) -> [Script] {
    let scripts = bundle.files.all.filter { $0.path.hasSuffix(".lua") }
      .map { Script(name: $0.path, source: $0.bytes) }
    let errors = try Self.caught { [emptyRun] () throws(ScriptError) in
      try emptyRun.syntaxErrors(in: scripts)
    }
    for (script, error) in zip(scripts, errors) {
      switch error {
      case nil: break
      case .failed(_, let message, let place, _, _): problem(place ?? script.name, message)
      case .interrupted: throw .script(.interrupted)
      case .limit(let message, _, _), .parameter(let message, _):
        problem(script.name, "it can't be compiled: " + message)
      }
    }
    let known = Set(scripts.map(\.name))
    for script in bundle.manifest.scripts where !known.contains(script.file) {
      problem(script.file, "a script's name ends in .lua")
    }
    return zip(scripts, errors).filter { $1 == nil }.map(\.0)
  }

  private mutating func checkNames(in scripts: [Script]) throws(CommandError) {
    let names = scripts.map { script in
      (script.name, LuaNameReader.names(in: String(decoding: script.source, as: UTF8.self)))
    }
    let known = try Self.caught { [emptyRun] () throws(ScriptError) in
      try emptyRun.globalNames()
    }
    let set = Set(names.flatMap { $0.1.writes.map(\.name) })
    var told: Set<[String]> = []
    for (file, names) in names {
      for use in names.reads where !known.contains(use.name) && !set.contains(use.name) {
        guard told.insert([file, use.name]).inserted else { continue }
        let near = NearNames.suggestions(for: use.name, among: known.sorted())
        problem(
          "\(file):\(use.line)",
          "nobody sets the global `\(use.name)`"
            + (near.isEmpty ? "" : "\nfix: did you mean \(near.quotedAlternatives)?"))
      }
    }
    checkPermissions(names)
    checkTables(names)
  }

  /// Tables that the scripts use by name and the manifest does not need.
  private mutating func checkTables(_ names: [(String, LuaNames)]) {
    let needed = Set(bundle.manifest.needs.map(\.name))
    var told: Set<String> = []
    for (file, names) in names {
      for use in names.members where use.name.hasPrefix("data.") {
        let table = String(use.name.dropFirst(5))
        guard !table.contains("."), !needed.contains(table), told.insert(table).inserted else {
          continue
        }
        note(
          "\(file):\(use.line)",
          "the manifest does not need the table `\(table)`; its formulas are not checked")
      }
    }
  }

  // MARK: Permissions

  private mutating func checkPermissions(_ names: [(String, LuaNames)]) {
    let asked = bundle.manifest.permissions
    let reads = names.flatMap { file, names in
      names.members.filter { ["annals.open", "annals.read"].contains($0.name) }.map { (file, $0) }
    }
    compare("read", isAsked: asked.read != nil, uses: reads)
    let writes = names.flatMap { file, names in
      names.methods.filter { $0.name == "save" }.map { (file, $0) }
    }
    compare("write", isAsked: asked.write != nil, uses: writes)
    checkVariables(names)
  }

  private mutating func compare(
    _ permission: String, isAsked: Bool, uses: [(file: String, use: LuaNames.Use)]
  ) {
    if isAsked, uses.isEmpty {
      note(Manifest.path, "it asks for the permission `\(permission)`, and no script uses it")
    }
    guard !isAsked, let first = uses.first else { return }
    problem(
      "\(first.file):\(first.use.line)",
      "`\(first.use.name)` needs the permission `\(permission)`, and the manifest does not ask for it"
        + "\nfix: add it to `permissions`, with the reason")
  }

  private mutating func checkVariables(_ names: [(String, LuaNames)]) {
    let asked = bundle.manifest.permissions.environment.map(\.name)
    var used: Set<String> = []
    var readsAny = false
    for (file, names) in names {
      for (name, line) in names.variables {
        guard let name else {
          readsAny = true
          continue
        }
        if used.insert(name).inserted, !asked.contains(name) {
          problem(
            "\(file):\(line)",
            "the manifest does not ask to read the variable `\(name)`"
              + "\nfix: add it to `environment` in `permissions`, with the reason")
        }
      }
    }
    for name in asked where !used.contains(name) && !readsAny {
      note(Manifest.path, "it asks to read the variable `\(name)`, and no script does")
    }
  }

  // MARK: Scripts

  private mutating func check(_ entry: BundleScript) throws(CommandError) {
    let target = try RunTarget.script(entry.name, of: bundle, at: bundle.name, used: used)
    if target.script.title == nil {
      problem(
        entry.file,
        "its first lines do not say what it does"
          + "\nfix: begin it with a comment: `-- Tolls by month`")
    }
    var run = emptyRun
    target.addModules(to: &run)
    let backstop = OverdueScript.backstop(
      for: Self.limits, fix: "see what `\(entry.file)` does on a table of one row")
    defer { backstop?.cancel() }
    do throws(ScriptError) {
      let declarations = try run.declarations(target.script)
      for declaration in declarations where declaration.help == nil {
        problem(
          entry.file,
          "the parameter `\(declaration.name)` has no help"
            + "\nfix: add `help = \"…\"` to it in `params`")
      }
      let needed = declarations.filter(\.isRequired)
      _ = try run.report(target.script, parameters: needed.map { ($0.name, Self.text(for: $0)) }) {
        _ in
      }
    } catch {
      try judge(error, entry.file)
    }
  }

  /// A text for a parameter that must be given.
  private static func text(for declaration: ParameterDeclaration) -> String {
    if let first = declaration.choices?.first { return first }
    return switch declaration.type {
    case .integer, .number: "1"
    case .boolean: "true"
    case .day: "2000-01-03"
    default: "a"
    }
  }

  /// What an error of a run on tables of one made-up row says of the script.
  private mutating func judge(_ error: ScriptError, _ file: String) throws(CommandError) {
    switch error {
    case .interrupted: throw .script(error)
    case .failed(let kind, let message, let place, let fix, _):
      let text = message + (fix.map { "\nfix: " + $0 } ?? "")
      if Self.kindsOfData.contains(kind) {
        note(
          place ?? file, "from here on it could not be checked on tables of one row: " + text)
      } else {
        problem(place ?? file, text)
      }
    case .limit(let message, let place, _):
      note(place ?? file, "from here on it could not be checked on tables of one row: " + message)
    case .parameter(let message, _):
      note(file, "it could not be checked on tables of one row: " + message)
    }
  }

  /// Errors that may come from the made-up values, or from what was not granted.
  private static let kindsOfData: Set<String> = ["script", "row", "data", "file", "permission"]

  private static func caught<Result>(
    _ body: () throws(ScriptError) -> Result
  ) throws(CommandError) -> Result {
    do throws(ScriptError) { return try body() } catch { throw .script(error) }
  }
}
