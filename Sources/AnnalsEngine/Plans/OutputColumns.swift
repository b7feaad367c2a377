/// What is known of the values of an expression over the rows that a verb takes.
struct Origin {
  /// Without guards: those are ``rows``.
  var lineage = Lineage()
  /// The rows that may stand behind the value.
  var rows: [RowsBehind] = []

  /// The same where the rows can't be told any more.
  var withoutRows: Origin {
    var lineage = lineage
    lineage.lost.formUnion(rows.map(\.table))
    return Origin(lineage: lineage)
  }
}

/// Gathers the named columns that a verb gives, with what is known of each.
struct OutputColumns {
  private(set) var fields: [Field] = []
  private(set) var expressions: [Expression] = []
  private(set) var origins: [Origin] = []
  private var places = GrowingIndex<String>()

  /// - Parameter room: How many slots there will be, about.
  init(room: Int = 0) {
    fields.reserveCapacity(room)
    expressions.reserveCapacity(room)
    origins.reserveCapacity(room)
  }

  /// Adds a column, in place of one of that name if there is one.
  mutating func set(_ name: String, _ value: Typed, _ origins: [Origin]) throws(EngineError) {
    if let index = place(of: name) {
      try replace(index, value, origins)
    } else {
      try append(name, value, origins)
    }
  }

  /// Adds a column of a query as it is.
  mutating func append(_ field: Field, of query: Query, _ place: FormulaPlace) {
    fields.append(
      Field(name: field.name, type: field.type, isHidden: field.isHidden, slot: expressions.count))
    for slot in field.slot..<field.slot + field.width {
      let type = field.width == 1 ? field.type : .number
      let expression = Expression(.slot(slot), type, place)
      expressions.append(expression)
      origins.append(query.origin(of: expression))
    }
  }

  mutating func append(
    _ name: String, _ value: Typed, _ origins: [Origin], isHidden: Bool = false
  ) throws(EngineError) {
    guard let type = value.type else { throw .formula(.typelessNull, value.place) }
    fields.append(
      Field(name: name, type: type, isHidden: isHidden, slot: expressions.count))
    if case .scalar(let expression) = value {
      expressions.append(expression)
    } else {
      expressions += value.expressions
    }
    self.origins += origins
  }

  /// Sees to it that the rows behind each value stand in a slot of their own.
  ///
  /// - Returns: The guards of the slots that have any.
  mutating func appendRowsBehind() -> [Int: Set<Lineage.Guard>] {
    var guards: [Int: Set<Lineage.Guard>] = [:]
    for (index, origin) in origins.enumerated() {
      for behind in origin.rows {
        let slot = expressions.firstIndex(of: behind.rows) ?? appendRowsBehind(behind.rows)
        guards[index, default: []].insert(
          Lineage.Guard(table: behind.table, slot: slot, holdsMany: behind.holdsMany))
      }
    }
    return guards
  }

  /// The same for columns that will stand above those of `other`, so that both keep equal slots.
  mutating func appendRowsBehind(beside other: inout OutputColumns) -> [Int: Set<Lineage.Guard>] {
    var guards: [Int: Set<Lineage.Guard>] = [:]
    for index in origins.indices {
      let pairs = RowsBehind.aligned(origins[index].rows, other.origins[index].rows)
      origins[index].rows = []
      other.origins[index].rows = []
      for (above, below) in pairs {
        let known = expressions.indices.first {
          expressions[$0] == above.rows && other.expressions[$0] == below.rows
        }
        let slot = known ?? appendRowsBehind(above.rows)
        if known == nil { _ = other.appendRowsBehind(below.rows) }
        guards[index, default: []].insert(
          Lineage.Guard(table: above.table, slot: slot, holdsMany: above.holdsMany))
      }
    }
    return guards
  }

  /// A hidden column with the rows behind values.
  ///
  /// - Returns: Its slot.
  mutating func appendRowsBehind(_ rows: Expression) -> Int {
    fields.append(
      Field(
        name: Field.rowsBehindName, type: rows.type, isHidden: true, slot: expressions.count))
    expressions.append(rows)
    origins.append(Origin())
    return expressions.count - 1
  }

  /// Whether each expression is the slot that it will stand in.
  var staysInPlace: Bool {
    for (index, expression) in expressions.enumerated() {
      guard case .slot(index) = expression.kind else { return false }
    }
    return true
  }

  mutating func contains(_ name: String) -> Bool { place(of: name) != nil }

  private mutating func place(of name: String) -> Int? {
    let fields = fields
    return places.first(name, among: fields.count) {
      fields[$0].isHidden ? nil : fields[$0].name
    }
  }

  private mutating func replace(
    _ index: Int, _ value: Typed, _ origins: [Origin]
  ) throws(EngineError) {
    let taken = fields[index].slot..<fields[index].slot + fields[index].width
    if let type = value.type, taken.count == value.expressions.count {
      fields[index] = Field(name: fields[index].name, type: type, slot: taken.lowerBound)
      expressions.replaceSubrange(taken, with: value.expressions)
      self.origins.replaceSubrange(taken, with: origins)
      return
    }
    let old = self
    self = OutputColumns()
    for (position, field) in old.fields.enumerated() {
      if position == index {
        try append(field.name, value, origins)
        continue
      }
      let slots = field.slot..<field.slot + field.width
      fields.append(
        Field(name: field.name, type: field.type, isHidden: field.isHidden, slot: expressions.count)
      )
      expressions += old.expressions[slots]
      self.origins += old.origins[slots]
    }
  }
}

extension Query {
  /// A column as it is, as a typed value.
  func value(of field: Field, _ place: FormulaPlace) -> Typed {
    guard field.type == .figure else {
      return .scalar(Expression(.slot(field.slot), field.type, place))
    }
    func part(_ offset: Int) -> Expression {
      Expression(.slot(field.slot + offset), .number, place)
    }
    return .figure(FigureExpression(low: part(0), best: part(1), high: part(2)))
  }

  /// What is known of the slots of a value.
  func origins(of value: Typed) -> [Origin] {
    if case .scalar(let expression) = value { return [origin(of: expression)] }
    return value.expressions.map { origin(of: $0) }
  }

  func origin(of expression: Expression) -> Origin {
    if case .slot(let slot) = expression.kind, facts.lineages[slot].isPlain { return Origin() }
    return Origin(
      lineage: facts.lineage(of: expression, catalog), rows: facts.rowsBehind(expression, catalog))
  }

  /// The query that computes these columns from the rows of this one, and hidden ones for the rows
  /// behind their values.
  func projected(_ output: OutputColumns, bound: [Value], groups: [String]? = nil) -> Query {
    var output = output
    let guards = output.appendRowsBehind()
    // Where a slot went that is passed on as it is.
    var moved = SlotMap(count: facts.lineages.count)
    for (index, expression) in output.expressions.enumerated() {
      if case .slot(let slot) = expression.kind, moved[slot] == nil { moved[slot] = index }
    }
    var lineages = output.origins.map(\.lineage)
    for (index, guards) in guards { lineages[index].guards = guards }
    var facts = facts.moved(moved, lineages: [])
    let isNew = output.expressions.count != self.facts.lineages.count || !output.staysInPlace
    facts.lineages = lineages
    return with(
      plan: isNew ? .project(plan, output.expressions) : plan, bound: bound,
      schema: Schema(output.fields), groups: groups, facts: facts)
  }

  /// Adds the columns of row numbers, which people don't see.
  func appendHidden(to output: inout OutputColumns) {
    for field in schema.allFields where field.isHidden && !field.holdsRowsBehind {
      output.append(field, of: self, FormulaPlace(formula: field.name, range: 0..<0))
    }
  }

  /// The columns that people see, as they are.
  ///
  /// - Parameter others: How many further columns there will be, about.
  func visibleColumns(_ place: FormulaPlace, and others: Int = 2) -> OutputColumns {
    var output = OutputColumns(room: schema.width + others)
    for field in schema.fields { output.append(field, of: self, place) }
    return output
  }

  /// A column by its whole name, else a formula with or without `name =`.
  func column(
    _ text: String, _ verb: String, _ bindings: Bindings, _ bound: inout [Value],
    needsName: Bool = true
  ) throws(EngineError) -> (name: String, value: Typed) {
    if let field = schema[text] {
      return (text, value(of: field, FormulaPlace(formula: text, range: 0..<text.utf8.count)))
    }
    let (name, formula) = try formulas.namedFormula(text)
    var typer = FormulaTyper(
      context: context(verb), formula: formula, bindings: bindings, bound: bound)
    let value = try typer.typed()
    bound = typer.bound
    if let name { return (name, value) }
    if case .path(let names) = formula.root.kind { return (names.joined(separator: "."), value) }
    guard !needsName else {
      throw .formula(.nameNeeded(verb: verb), formula.place(formula.root))
    }
    return (text, value)
  }
}

extension Field {
  /// What hidden columns with the rows behind values are called.
  static let rowsBehindName = "rows behind"

  var holdsRowsBehind: Bool { isHidden && name == Self.rowsBehindName }
}
