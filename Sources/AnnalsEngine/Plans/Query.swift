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

  /// Queries are handed on all the time, and what is copied is one reference.
  private final class Parts: Sendable {
    let plan: Plan
    let sources: [Table]
    let catalog: Catalog?
    let bound: [Value]
    let schema: Schema
    let groups: [String]
    let facts: SlotFacts

    init(
      _ plan: Plan, _ sources: [Table], _ catalog: Catalog?, _ bound: [Value], _ schema: Schema,
      _ groups: [String], _ facts: SlotFacts
    ) {
      self.plan = plan
      self.sources = sources
      self.catalog = catalog
      self.bound = bound
      self.schema = schema
      self.groups = groups
      self.facts = facts
    }
  }

  private let parts: Parts

  /// All rows and columns of a dataset's table.
  public init(_ name: String, of catalog: Catalog) throws(EngineError) {
    guard let entry = catalog[name] else {
      let near = NearNames.suggestions(for: name, among: catalog.entries.map(\.name))
      throw .misuse(
        "the dataset has no table `\(name.shortened)`",
        fix: near.isEmpty ? nil : "did you mean \(near.quotedAlternatives)?")
    }
    self.init(table: entry.table, entry: entry, catalog: catalog)
  }

  /// All rows and columns of a finished table.
  ///
  /// - Parameter catalog: The dataset that the table's references lead into.
  public init(_ table: Table, catalog: Catalog? = nil) {
    self.init(table: table, entry: nil, catalog: catalog)
  }

  /// A finished table of which something is known.
  ///
  /// - Parameter lineages: Of the table's slots.
  init(_ table: Table, catalog: Catalog?, lineages: [Lineage]) {
    let plain = Query(table, catalog: catalog)
    var facts = plain.facts
    facts.lineages.replaceSubrange(lineages.indices, with: lineages)
    self.init(
      plan: plain.plan, sources: plain.sources, catalog: catalog, bound: [], schema: plain.schema,
      groups: [], facts: facts)
  }

  private init(table: Table, entry: Catalog.Entry?, catalog: Catalog?) {
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
    self.init(
      plan: .source(0), sources: [table], catalog: catalog, bound: [], schema: Schema(fields),
      groups: [], facts: facts)
  }

  init(
    plan: Plan, sources: [Table], catalog: Catalog?, bound: [Value], schema: Schema,
    groups: [String], facts: SlotFacts
  ) {
    parts = Parts(plan, sources, catalog, bound, schema, groups, facts)
  }

  /// The same query but for what is named.
  func with(
    plan: Plan? = nil, sources: [Table]? = nil, catalog: Catalog? = nil, bound: [Value]? = nil,
    schema: Schema? = nil, groups: [String]? = nil, facts: SlotFacts? = nil
  ) -> Query {
    Query(
      plan: plan ?? self.plan, sources: sources ?? self.sources, catalog: catalog ?? self.catalog,
      bound: bound ?? self.bound, schema: schema ?? self.schema, groups: groups ?? self.groups,
      facts: facts ?? self.facts)
  }

  /// How many bytes the query itself takes, roughly, without the tables that it reads.
  package var footprint: Int {
    512 + 256 * schema.allFields.count + 64 * (sources.count + bound.count)
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
