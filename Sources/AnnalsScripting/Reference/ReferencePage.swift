package import AnnalsEngine

/// A page of the reference: what stands beside the registration of one verb, value or function.
package struct ReferencePage: Hashable, Sendable {
  /// What scripts call it, such as `where`, `annals.table` or `sum`.
  package let name: String
  package let kind: Kind
  package let documentation: Documentation

  package init(_ name: String, _ kind: Kind, _ documentation: Documentation) {
    self.name = name
    self.kind = kind
    self.documentation = documentation
  }

  /// What something is to those who write scripts, in the order of the reference.
  package enum Kind: String, CaseIterable, Sendable {
    case verb, reading, value
    case rowFunction = "function of a row"
    case aggregate = "function of a group"
    case series = "function of a series"

    /// The heading over all of this kind.
    package var heading: String {
      switch self {
      case .verb: "Verbs of tables"
      case .reading: "Reading tables"
      case .value: "Values and modules"
      case .rowFunction: "Functions of a row"
      case .aggregate: "Functions of a group"
      case .series: "Functions of a series"
      }
    }

    /// One sentence on where it stands in a script.
    package var remark: String {
      switch self {
      case .verb: "Each makes a new table of a table `t`, which runs when it is read."
      case .reading: "They bring what is in a table `t` into Lua."
      case .value: "What a script sees besides tables."
      case .rowFunction: "In formulas, and in Lua as `annals.NAME(…)`."
      case .aggregate: "In the formulas of `aggregate`, `pivot` and `derive`."
      case .series: "In the formulas of `derive`, by the order of the rows within the group."
      }
    }
  }
}
