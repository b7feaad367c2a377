public import AnnalsEngine
import AnnalsFormats

/// The tables and columns that event data have here, whatever their publisher calls them.
///
/// A dataset may have more of both. A table of the model that it lacks is there and empty.
public enum Model {
  /// What a data package declares as `annals:model`.
  public static let version = DataPackage.knownModelVersion

  /// In the order in which they are listed.
  public static let tables: [ModelTable] = [
    events, participations, actors, places, sources, figures, parts, original,
  ]

  /// The table of a name; nil if the model has none.
  public static func table(_ name: String) -> ModelTable? {
    tables.first { $0.name == name }
  }

  private static let datePrecisions = [
    "day", "days", "week", "month", "year", "window", "open",
  ]
  private static let dateBases = ["stated", "implied", "reported", "imputed"]

  private static let events = ModelTable(
    "events",
    [
      .text("id"), .day("date"), .day("date_end"), .choice("date_precision", datePrecisions),
      .choice("date_basis", dateBases), .text("type"), .text("subtype"), .text("title"),
      .reference("place", to: "places"), .reference("parent", to: "events"), .text("status"),
      .reference("source", to: "sources"), .text("locator"),
    ])

  private static let participations = ModelTable(
    "participations",
    [
      .text("id"), .reference("event", to: "events"), .reference("actor", to: "actors"),
      .text("role"), .text("side"),
      .choice("certainty", ["explicit", "implied", "alleged", "ambiguous"]),
      .reference("source", to: "sources"), .text("locator"),
    ])

  private static let actors = ModelTable(
    "actors",
    [
      .text("id"), .text("name"), .text("kind"), .text("country"),
      .reference("parent", to: "actors"), .list("aliases"),
    ])

  private static let places = ModelTable(
    "places",
    [
      .text("id"), .text("name"), .text("kind"), .text("country"), .text("admin1"),
      .text("admin2"), .number("latitude"), .number("longitude"), .integer("precision"),
      .reference("parent", to: "places"),
    ])

  private static let sources = ModelTable(
    "sources",
    [
      .text("id"), .text("name"), .text("kind"), .text("publisher"), .text("url"), .day("date"),
      .reference("relayed_by", to: "sources"), .reference("origin", to: "sources"),
    ])

  private static let figureColumns: [ModelColumn] = [
    .text("id"), .reference("event", to: "events"), .day("date"), .day("date_end"),
    .choice("date_precision", datePrecisions), .choice("date_basis", dateBases),
    .text("measure"), .text("unit"), .figure("value"), .text("stated"),
    .choice(
      "qualifier",
      [
        "exact", "more_than", "at_least", "less_than", "at_most", "about", "vague", "range",
        "all", "none_or_unknown",
      ]),
    .choice("basis", ["literal", "convention", "policy"]), .text("population"),
    .text("quantity"), .text("disjoint"),
    .choice("accumulation", ["increment", "cumulative", "snapshot"]),
    .reference("asserted_by", to: "actors"), .reference("source", to: "sources"),
    .text("locator"),
  ]

  private static let figures = ModelTable("figures", figureColumns)
  private static let parts = ModelTable(
    "parts", figureColumns + [.reference("whole", to: "figures")])
  private static let original = ModelTable("original", [.reference("event", to: "events")])
}

/// A table of the model.
public struct ModelTable: Hashable, Sendable {
  public let name: String
  public let columns: [ModelColumn]

  init(_ name: String, _ columns: [ModelColumn]) {
    self.name = name
    self.columns = columns
  }

  /// The column of a name; nil if the model has none.
  public func column(_ name: String) -> ModelColumn? { columns.first { $0.name == name } }
}

/// A column of the model.
public struct ModelColumn: Hashable, Sendable {
  public let name: String
  public let type: ValueType
  /// All values that the model knows; empty where any may stand.
  public let choices: [String]

  private init(_ name: String, _ type: ValueType, choices: [String] = []) {
    self.name = name
    self.type = type
    self.choices = choices
  }

  static func text(_ name: String) -> ModelColumn { ModelColumn(name, .text) }
  static func day(_ name: String) -> ModelColumn { ModelColumn(name, .day) }
  static func number(_ name: String) -> ModelColumn { ModelColumn(name, .number) }
  static func integer(_ name: String) -> ModelColumn { ModelColumn(name, .integer) }
  static func list(_ name: String) -> ModelColumn { ModelColumn(name, .list) }
  static func figure(_ name: String) -> ModelColumn { ModelColumn(name, .figure) }

  static func choice(_ name: String, _ choices: [String]) -> ModelColumn {
    ModelColumn(name, .text, choices: choices)
  }

  static func reference(_ name: String, to table: String) -> ModelColumn {
    ModelColumn(name, .reference(table: table))
  }
}
