/// A table that is still to be computed: a plan, the tables it reads, and the names of its columns.
///
/// Every verb gives a new query; nothing runs until ``run(_:)``.
public struct Query: Sendable {
  package var plan: Plan { parts.plan }
  /// The tables that the plan reads.
  package var sources: [Table] { parts.sources }
  /// The dataset that references lead into.
  package var catalog: Catalog? { parts.catalog }
  /// The values of `.binding` expressions.
  package var bound: [Value] { parts.bound }
  public var schema: Schema { parts.schema }
  /// The names of the group columns; empty if the table is not grouped.
  public var groups: [String] { parts.groups }
  var facts: SlotFacts { parts.facts }
  /// What verbs have read, of this query and of those that it was made from.
  var formulas: FormulaMemory { parts.formulas }

  /// Queries are handed on all the time, and what is copied is one reference.
  private final class Parts: Sendable {
    let plan: Plan
    let sources: [Table]
    let catalog: Catalog?
    let bound: [Value]
    let schema: Schema
    let groups: [String]
    let facts: SlotFacts
    let formulas: FormulaMemory

    init(
      _ plan: Plan, _ sources: [Table], _ catalog: Catalog?, _ bound: [Value], _ schema: Schema,
      _ groups: [String], _ facts: SlotFacts, _ formulas: FormulaMemory
    ) {
      self.plan = plan
      self.sources = sources
      self.catalog = catalog
      self.bound = bound
      self.schema = schema
      self.groups = groups
      self.facts = facts
      self.formulas = formulas
    }
  }

  private let parts: Parts

  private init(_ parts: Parts) { self.parts = parts }

  /// All rows and columns of a dataset's table.
  public init(_ name: String, of catalog: Catalog) throws(EngineError) {
    try self.init(name, of: catalog, formulas: FormulaMemory())
  }

  /// The same for one who asks more than one table.
  package init(
    _ name: String, of catalog: Catalog, formulas: FormulaMemory
  ) throws(EngineError) {
    guard let entry = catalog[name] else {
      let near = NearNames.suggestions(for: name, among: catalog.entries.map(\.name))
      throw .misuse(
        "the dataset has no table `\(name.shortened)`",
        fix: near.isEmpty ? nil : "did you mean \(near.quotedAlternatives)?")
    }
    self.init(table: entry.table, entry: entry, catalog: catalog, formulas: formulas)
  }

  /// All rows and columns of a finished table.
  ///
  /// - Parameter catalog: The dataset that the table's references lead into.
  public init(_ table: Table, catalog: Catalog? = nil) {
    self.init(table, catalog: catalog, formulas: FormulaMemory())
  }

  /// The same for one who asks more than one table.
  package init(_ table: Table, catalog: Catalog?, formulas: FormulaMemory) {
    self.init(table: table, entry: nil, catalog: catalog, formulas: formulas)
  }

  /// A finished table of which something is known.
  ///
  /// - Parameter lineages: Of the table's slots.
  init(_ table: Table, catalog: Catalog?, formulas: FormulaMemory, lineages: [Lineage]) {
    let plain = Query(table, catalog: catalog, formulas: formulas)
    var facts = plain.facts
    facts.lineages.replaceSubrange(lineages.indices, with: lineages)
    self = plain.with(facts: facts)
  }

  private init(
    table: Table, entry: Catalog.Entry?, catalog: Catalog?, formulas: FormulaMemory
  ) {
    let rowSlot = table.schema.width
    var fields = table.schema.allFields
    var facts = SlotFacts(count: rowSlot + 1)
    facts.uniqueSlots = [[rowSlot]]
    if let entry {
      fields.append(
        Field(
          name: entry.name, type: .reference(table: entry.name), isHidden: true, slot: rowSlot))
      facts.rowSlots[entry.name] = rowSlot
      for slot in entry.guardedSlots {
        facts.lineages[slot].guards = [
          Lineage.Guard(table: entry.name, slot: rowSlot, holdsMany: false)
        ]
      }
      let key = entry.key.compactMap { table.schema[$0]?.slot }
      if !key.isEmpty, key.count == entry.key.count { facts.uniqueSlots.append(SlotSet(key)) }
    } else {
      fields.append(Field(name: "row", type: .integer, isHidden: true, slot: rowSlot))
    }
    parts = Parts(.source(0), [table], catalog, [], Schema(fields), [], facts, formulas)
  }

  /// The same query but for what is named.
  func with(
    plan: Plan? = nil, sources: [Table]? = nil, catalog: Catalog? = nil, bound: [Value]? = nil,
    schema: Schema? = nil, groups: [String]? = nil, facts: SlotFacts? = nil
  ) -> Query {
    Query(
      Parts(
        plan ?? self.plan, sources ?? self.sources, catalog ?? self.catalog, bound ?? self.bound,
        schema ?? self.schema, groups ?? self.groups, facts ?? self.facts, formulas))
  }

  /// How many bytes the query itself takes, roughly, without the tables that it reads.
  package var footprint: Int {
    bound.reduce(512 + 256 * schema.allFields.count + 64 * sources.count) { $0 + $1.footprint }
  }

  /// Whether it has so many steps that it is better run now, and gone on from what that gives:
  /// what goes over all steps of a plan would take long, and nest deep.
  package var isLong: Bool { plan.hasMoreSteps(than: 1000) }

  func context(_ verb: String) -> FormulaContext {
    FormulaContext(schema: schema, catalog: catalog, facts: facts, verb: verb)
  }

  func typer(_ formula: Formula, _ bindings: Bindings, _ verb: String) -> FormulaTyper {
    FormulaTyper(context: context(verb), formula: formula, bindings: bindings, bound: bound)
  }
}
