/// A named column of a table.
public struct Field: Hashable, Sendable {
  public let name: String
  public let type: ValueType
  /// Hidden fields carry row numbers along and are shown to nobody.
  package let isHidden: Bool
  /// The position of its first column among the columns of the table.
  package let slot: Int

  package init(name: String, type: ValueType, isHidden: Bool = false, slot: Int) {
    self.name = name
    self.type = type
    self.isHidden = isHidden
    self.slot = slot
  }

  /// How many columns it takes: three for a figure (low, best, high), else one.
  package var width: Int { type == .figure ? 3 : 1 }
}

/// The fields of a table, in order.
public struct Schema: Hashable, Sendable {
  /// All fields, hidden ones too.
  package let allFields: [Field]
  /// The fields that people see, in order.
  public let fields: [Field]
  /// Where the fields that people see stand, if they are many.
  private let places: [String: Int]

  private static let manyCount = 32

  package init(_ fields: [Field]) {
    allFields = fields
    let shownCount = fields.count { !$0.isHidden }
    // Hidden ones stand last, as a rule.
    let first = fields.prefix(shownCount)
    self.fields =
      shownCount == fields.count
      ? fields : first.allSatisfy { !$0.isHidden } ? Array(first) : fields.filter { !$0.isHidden }
    places =
      shownCount > Self.manyCount
      ? Dictionary(self.fields.enumerated().map { ($1.name, $0) }, uniquingKeysWith: min) : [:]
  }

  /// Lays fields out one after another.
  package init(names: [(name: String, type: ValueType)]) {
    var fields: [Field] = []
    var slot = 0
    for (name, type) in names {
      let field = Field(name: name, type: type, slot: slot)
      fields.append(field)
      slot += field.width
    }
    self.init(fields)
  }

  public var names: [String] { fields.map(\.name) }

  /// How many columns stand behind the fields.
  package var width: Int { allFields.reduce(0) { $0 + $1.width } }

  public subscript(name: String) -> Field? {
    if fields.count > Self.manyCount { return places[name].map { fields[$0] } }
    return fields.first { $0.name == name }
  }
}
