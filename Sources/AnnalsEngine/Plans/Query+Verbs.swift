extension Query {
  /// Keeps the rows for which a condition holds; null does not hold. Groups stay.
  ///
  /// - Throws: ``EngineError/formula(_:_:)`` if the formula can't be read or is no condition.
  public func filtered(
    by formula: String, _ bindings: Bindings = Bindings()
  ) throws(EngineError) -> Query {
    var typer = typer(try formulas.formula(formula), bindings, "where")
    let condition = try typer.condition()
    return with(plan: .filter(plan, condition), bound: typer.bound)
  }

  /// Keeps the rows whose columns equal the given values; null matches null.
  public func filtered(
    equal values: [(column: String, value: Value)]
  ) throws(EngineError) -> Query {
    var result = self
    for (column, value) in values { result = try result.filtered(column, equals: value) }
    return result
  }

  private func filtered(_ column: String, equals value: Value) throws(EngineError) -> Query {
    let names =
      schema[column] == nil
      ? column.split(separator: ".", omittingEmptySubsequences: false).map(String.init) : [column]
    let first = names[0].isEmpty ? column : names[0]
    guard schema[first] != nil else {
      throw .unknownColumn(
        first, verb: "where", near: NearNames.suggestions(for: first, among: schema.names))
    }
    // Messages show what was written, in a table of Lua.
    let written = "{" + column + " = " + value.literal + "}"
    func node(_ kind: FormulaNode.Kind) -> FormulaNode {
      FormulaNode(kind: kind, range: 1..<written.utf8.count - 1)
    }
    let other = node(value == .null ? .null : .binding("value"))
    var typer = typer(
      Formula(text: written, root: node(.binary(.equal, node(.path(names)), other))),
      Bindings(["value": .value(value)]), "where")
    return with(plan: .filter(plan, try typer.condition()), bound: typer.bound)
  }

  /// Gives the named columns, in order: `"name"`, a path, or `"name = formula"`. Groups stay only
  /// where all their columns do.
  public func selecting(
    _ columns: [String], _ bindings: Bindings = Bindings()
  ) throws(EngineError) -> Query {
    try selecting(columns, bindings, verb: "select")
  }

  /// As ``selecting(_:_:)``, for another verb that messages name.
  ///
  /// - Parameter needsNames: Whether a formula must be `"name = formula"`; else its text is its name.
  package func selecting(
    _ columns: [String], _ bindings: Bindings, verb: String, needsNames: Bool = true
  ) throws(EngineError) -> Query {
    guard !columns.isEmpty else {
      throw .misuse("`\(verb)` needs a column", fix: "name what to keep")
    }
    if let chosen = try choosing(columns) { return chosen }
    var output = OutputColumns(room: columns.count + 2)
    var bound = bound
    for text in columns {
      let (name, value) = try column(text, verb, bindings, &bound, needsName: needsNames)
      guard !output.contains(name) else {
        throw .formula(.twice(name), FormulaPlace(formula: text, range: 0..<text.utf8.count))
      }
      try output.append(name, value, origins(of: value))
    }
    let kept = groups.allSatisfy { output.contains($0) } ? groups : []
    appendHidden(to: &output)
    return projected(output, bound: bound, groups: kept)
  }

  /// The columns of these names, which takes no step, since all are there already. Nil if there is more
  /// to it: formulas, or rows behind the values, which stand in columns of their own.
  private func choosing(_ columns: [String]) throws(EngineError) -> Query? {
    var fields: [Field] = []
    fields.reserveCapacity(schema.allFields.count)
    var seen = Set<String>(minimumCapacity: columns.count)
    for name in columns {
      guard let field = schema[name],
        (field.slot..<field.slot + field.width).allSatisfy({ facts.lineages[$0].isPlain })
      else { return nil }
      guard seen.insert(name).inserted else {
        throw .formula(.twice(name), FormulaPlace(formula: name, range: 0..<name.utf8.count))
      }
      fields.append(field)
    }
    for field in schema.allFields where field.isHidden && !field.holdsRowsBehind {
      fields.append(field)
    }
    return with(
      schema: Schema(fields), groups: groups.allSatisfy(columns.contains) ? groups : [])
  }

  /// Adds columns, each `"name = formula"`; a later one sees the earlier ones. A name that is there
  /// already is replaced in its place.
  public func deriving(
    _ formulas: [String], _ bindings: Bindings = Bindings()
  ) throws(EngineError) -> Query {
    guard !formulas.isEmpty else {
      throw .misuse("`derive` needs a formula", fix: "write \"name = formula\"")
    }
    var result = self
    for text in formulas { result = try result.deriving(text, bindings) }
    return result
  }

  private func deriving(_ text: String, _ bindings: Bindings) throws(EngineError) -> Query {
    let (given, formula) = try formulas.namedFormula(text)
    guard let name = given else {
      throw .formula(.nameNeeded(verb: "derive"), formula.place(formula.root))
    }
    guard !groups.contains(name) else {
      throw .misuse("`derive` can't replace the group column `\(name)`", fix: "use another name")
    }
    let context = context("derive")
    var typer = FormulaTyper(
      context: context, formula: formula, bindings: bindings, bound: bound,
      aggregates: AggregateScope(
        rows: context, firstSlot: facts.lineages.count, frame: .partition))
    let value = try typer.typed()
    let windows = typer.aggregates?.windows ?? []
    let base = windowed(
      windows, lineages: typer.aggregates?.lineages ?? [:], bound: typer.bound)
    var output = visibleColumns(value.place)
    try output.set(name, value, base.origins(of: value))
    base.appendHidden(to: &output)
    return base.projected(output, bound: typer.bound)
  }

  /// The rows with the values of window calls as further slots, with what is known of some of those.
  private func windowed(
    _ calls: [WindowCall], lineages: [Int: Lineage], bound: [Value]
  ) -> Query {
    guard !calls.isEmpty else { return with(bound: bound) }
    var facts = facts.adding(calls.count)
    for (slot, lineage) in lineages { facts.lineages[slot] = lineage }
    let keys = groups.compactMap { schema[$0] }.flatMap { field in
      value(of: field, FormulaPlace(formula: field.name, range: 0..<0)).expressions
    }
    return with(
      plan: .window(plan, partition: keys, calls: calls), bound: bound, facts: facts)
  }

  /// Leaves columns out.
  public func dropping(_ columns: [String]) throws(EngineError) -> Query {
    guard !columns.isEmpty else {
      throw .misuse("`drop` needs a column", fix: "name what to leave out")
    }
    for name in columns where schema[name] == nil {
      throw .unknownColumn(
        name, verb: "drop", near: NearNames.suggestions(for: name, among: schema.names))
    }
    let dropped = Set(columns)
    let kept = schema.names.filter { !dropped.contains($0) }
    guard !kept.isEmpty else { throw .misuse("`drop` would leave no column", fix: nil) }
    return try selecting(kept)
  }

  /// Gives columns other names, which they keep their places under.
  public func renaming(_ names: [(new: String, old: String)]) throws(EngineError) -> Query {
    for (_, old) in names where schema[old] == nil {
      throw .unknownColumn(
        old, verb: "rename", near: NearNames.suggestions(for: old, among: schema.names))
    }
    func renamed(_ name: String) -> String { names.first { $0.old == name }?.new ?? name }
    var seen = Set<String>(minimumCapacity: schema.fields.count)
    for name in schema.names.map(renamed) where !seen.insert(name).inserted {
      throw .misuse("`rename` would give two columns the name `\(name)`", fix: nil)
    }
    let fields = schema.allFields.map { field in
      Field(
        name: field.isHidden ? field.name : renamed(field.name), type: field.type,
        isHidden: field.isHidden, slot: field.slot)
    }
    return with(schema: Schema(fields), groups: groups.map(renamed))
  }

  /// Orders the rows by columns or formulas, each descending if a minus stands before it. Equal rows
  /// keep their order; nulls come last both ways; texts go by bytes. Groups stay.
  public func sorted(
    by columns: [String], _ bindings: Bindings = Bindings()
  ) throws(EngineError) -> Query {
    guard !columns.isEmpty else {
      throw .misuse("`sort` needs a column", fix: "name what to sort by")
    }
    var keys: [SortKey] = []
    var bound = bound
    for text in columns { keys.append(try sortKey(text, "sort", bindings, &bound)) }
    return with(plan: .sort(plan, keys), bound: bound)
  }

  /// Whether the minus before a text asks for descending order: before a column, a path, a call or
  /// brackets it does, and in `-a + b` it belongs to the formula.
  private func isDescending(_ text: String) throws(EngineError) -> Bool {
    guard text.hasPrefix("-"), schema[text] == nil else { return false }
    if schema[String(text.dropFirst())] != nil { return true }
    if case .negated = try formulas.formula(text).root.kind { return true }
    return false
  }

  func sortKey(
    _ text: String, _ verb: String, _ bindings: Bindings, _ bound: inout [Value]
  ) throws(EngineError) -> SortKey {
    let isDescending = try isDescending(text)
    let name = isDescending ? String(text.dropFirst()) : text
    let value = try column(name, verb, bindings, &bound, needsName: false).value
    switch value {
    case .null(let place): throw .formula(.typelessNull, place)
    case .figure(let figure):
      return SortKey(figure.orderKey(value.place), isDescending: isDescending)
    case .scalar(let expression):
      if expression.type == .list { throw .formula(.listInFormula(verb), expression.place) }
      return SortKey(expression, isDescending: isDescending)
    }
  }

  /// The first rows, at most `count`. Groups stay.
  public func taking(_ count: Int) throws(EngineError) -> Query {
    guard count >= 0 else { throw .misuse("`take` needs a number from 0, not \(count)", fix: nil) }
    return with(plan: .slice(plan, skip: 0, take: count))
  }

  /// The rows after the first `count`. Groups stay.
  public func skipping(_ count: Int) throws(EngineError) -> Query {
    guard count >= 0 else { throw .misuse("`skip` needs a number from 0, not \(count)", fix: nil) }
    return with(plan: .slice(plan, skip: count, take: nil))
  }

  /// The one column that a path leads to, under the path as its name.
  package func following(_ path: String) throws(EngineError) -> Query {
    let names = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let node = FormulaNode(kind: .path(names), range: 0..<path.utf8.count)
    var typer = typer(Formula(text: path, root: node), Bindings(), "row")
    let value = try typer.typed()
    var output = OutputColumns()
    // It is read and no more: what stands behind it is of no use.
    try output.append(path, value, value.expressions.map { _ in Origin() })
    return projected(output, bound: typer.bound, groups: [])
  }

  /// Keeps the rows for which a function of the host returns true.
  ///
  /// - Parameter function: The function's number in the run's ``HostFunctions``.
  package func filtered(byHostFunction function: Int) -> Query {
    with(
      plan: .hostFilter(
        plan, function: function, slots: schema.fields.flatMap { $0.slot..<$0.slot + $0.width }))
  }
}

extension Value {
  /// As a script writes it, for messages.
  fileprivate var literal: String {
    switch self {
    case .null: "annals.null"
    case .text, .day, .time, .reference: "\"" + text.shortened + "\""
    default: text
    }
  }
}
