import AnnalsEngine

/// Makes sure that each foreign key leads to columns that exist and are of its types.
package enum ForeignKeyCheck {
  /// Checks the keys of all tables; a table whose schema is not known yet is passed over.
  package static func check(_ resources: [TableResource]) throws(FormatsError) {
    for resource in resources {
      for key in resource.schema?.foreignKeys ?? [] {
        guard let target = resources.first(where: { $0.name == key.table }) else {
          let near = NearNames.suggestions(for: key.table, among: resources.map(\.name))
          throw error(.unknownTable(key.table, near: near), at: key)
        }
        if let schema = target.schema { try check(key, of: resource, against: schema) }
      }
    }
  }

  private static func check(
    _ key: ForeignKey, of resource: TableResource, against schema: TableSchema
  ) throws(FormatsError) {
    for (column, referred) in zip(key.columns, key.referredColumns) {
      guard let there = schema[referred] else {
        let near = NearNames.suggestions(for: referred, among: schema.names)
        throw error(.unknownColumn(referred, near: near), at: key)
      }
      if let here = resource.schema?[column], here.type.valueType != there.type.valueType {
        throw error(
          .keyType(
            column: column, type: here.type.name, referred: "\(key.table).\(referred)",
            referredType: there.type.name), at: key)
      }
    }
  }

  private static func error(_ problem: DescriptorProblem, at key: ForeignKey) -> FormatsError {
    .descriptor(file: key.file, place: key.place, problem: problem)
  }
}
