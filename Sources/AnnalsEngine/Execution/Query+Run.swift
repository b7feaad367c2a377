extension Query {
  /// Computes the table.
  ///
  /// The result is the same, to the bit, for any number of threads.
  ///
  /// - Throws: ``EngineError/row(_:row:_:)`` for the lowest row that can't be worked with,
  ///   ``EngineError/refusedAddition(_:)``, ``EngineError/misuse(_:fix:)`` for a plan of more than 4,000 steps, ``EngineError/outOfMemory(needed:limit:)`` and
  ///   ``EngineError/stopped``.
  public func run(_ context: RunContext) throws(EngineError) -> Table {
    if plan.hasMoreSteps(than: Self.stepLimit) {
      throw .misuse(
        "the table is made in more than \(Self.stepLimit) steps",
        fix: "run it in between, and go on from the table that this gives")
    }
    guard let observer = context.observer else { return try computed(context) }
    observer(.begins)
    do throws(EngineError) {
      let table = try computed(context)
      observer(.ends(rowsIn: sources.reduce(0) { $0 + $1.rowCount }, rowsOut: table.rowCount))
      return table
    } catch {
      observer(.fails)
      throw error
    }
  }

  /// How many rows the query gives where no step has to be run for that; else nil. No column is looked at.
  package func knownRowCount() throws(EngineError) -> Int? {
    guard case .source(let index) = plan else { return nil }
    return try sources[index].foundRowCount()
  }

  /// What goes over the steps of a plan nests as deep as they do.
  private static let stepLimit = 4000

  private func computed(_ context: RunContext) throws(EngineError) -> Table {
    var needed = SlotSet()
    for field in schema.allFields { needed = needed.union(field.slot..<field.slot + field.width) }
    let result =
      if plan.givesNoRows(sources) {
        try noRows(needed, context)
      } else {
        try result(of: context.rewritesPlans ? rewrittenPlan : plan, needed, context)
      }
    var fields: [Field] = []
    var columns: [Column] = []
    for field in schema.allFields {
      fields.append(
        Field(name: field.name, type: field.type, isHidden: field.isHidden, slot: columns.count))
      for slot in field.slot..<field.slot + field.width {
        guard let column = result.columns[slot] else {
          preconditionFailure("a slot that was asked for is there")
        }
        columns.append(column)
      }
    }
    return Table(schema: Schema(fields), rowCount: result.rowCount, columns: columns)
  }

  /// The needed slots where no row comes out, which needs no step to be run.
  private func noRows(
    _ needed: SlotSet, _ context: RunContext
  ) throws(EngineError) -> SlotColumns {
    let executor = Executor(query: self, context: context)
    let types = plan.types(sources)
    var columns: [Column?] = Array(repeating: nil, count: types.count)
    for slot in needed { columns[slot] = try executor.emptyColumn(types[slot]) }
    return SlotColumns(rowCount: 0, columns: columns)
  }

  private func result(
    of plan: Plan, _ needed: SlotSet, _ context: RunContext
  ) throws(EngineError) -> SlotColumns {
    let plainly = Executor(query: self, context: context)
    // What functions of the host do is not done twice.
    guard plan.contains({ $0.isJoin }), !plan.contains({ $0.callsHost }) else {
      return try plainly.run(plan, needed: needed)
    }
    do throws(EngineError) {
      return try Executor(query: self, context: context, joinsByCode: true)
        .run(plan, needed: needed)
    } catch {
      switch error {
      case .stopped, .outOfMemory: throw error
      // What fails, and in which row, is told by joins that go one side after the other.
      default: return try plainly.run(plan, needed: needed)
      }
    }
  }

  /// The same query over its finished table, which ``run(_:)`` gave, with one more column: nothing
  /// is computed again.
  package func settled(
    _ table: Table, adding name: String, _ type: ValueType, _ columns: [Column]
  ) throws(EngineError) -> Query {
    let field = Field(name: name, type: type, slot: table.schema.width)
    let wider = Table(
      schema: Schema(table.schema.allFields + [field]), rowCount: table.rowCount,
      columns: try table.columns + columns)
    let settled = settled(wider)
    guard schema[name] != nil else { return settled }
    throw .misuse(
      "`derive` with a function can't replace the column `\(name)`", fix: "use another name")
  }

  /// The same query over its finished table, which ``run(_:)`` gave: nothing is computed again.
  ///
  /// Fields of the table past the query's own are plain columns.
  package func settled(_ table: Table) -> Query {
    // Slots may have moved: `run` leaves out those without a name.
    var moved = SlotMap(count: facts.lineages.count)
    var settled = Array(repeating: Lineage(), count: table.schema.width + 1)
    for (old, new) in zip(schema.allFields, table.schema.allFields) {
      for offset in 0..<old.width {
        moved[old.slot + offset] = new.slot + offset
        settled[new.slot + offset] = facts.lineages[old.slot + offset]
      }
    }
    var newFacts = facts.moved(moved, lineages: settled)
    newFacts.uniqueSlots.append([table.schema.width])
    return with(
      plan: .source(0), sources: [table], bound: [], schema: table.schema, facts: newFacts)
  }
}

extension Plan {
  fileprivate var isJoin: Bool {
    if case .join = self { return true }
    return false
  }

  fileprivate var callsHost: Bool {
    if case .hostFilter = self { return true }
    return false
  }
}
