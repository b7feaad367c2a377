import AnnalsEngine
import AnnalsEvents
import AnnalsLua

/// `data` and what `annals.open` gives: an open dataset, whose fields are its tables.
final class ScriptData {
  unowned let session: ScriptSession
  let dataset: Dataset

  init(_ session: ScriptSession, _ dataset: Dataset) {
    self.session = session
    self.dataset = dataset
  }

  static var description: LuaObjectDescription<ScriptData> {
    var description = LuaObjectDescription<ScriptData>()
    description.footprint = \.footprint
    description.add(methods)
    description.on(.index) { object, call throws(LuaError) in
      let name = try call.requiredString(at: 1)
      call.push(try object.table(name), as: object.session.types.table)
    }
    description.on(.toString) { object, call throws(LuaError) in
      call.push(object.dataset.name)
    }
    description.on(.pairs) { object, call throws(LuaError) in
      var names = object.dataset.catalog.entries.map(\.name)[...]
      call.push(function: "next") { call throws(LuaError) in
        guard let name = names.popFirst() else { return call.pushNil() }
        call.push(name)
        call.push(try object.table(name), as: object.session.types.table)
      }
    }
    return description
  }

  /// How many bytes it takes without what plans reserve, roughly.
  ///
  /// What a large file takes by being mapped counts as no memory, but the kernel's lists of its pages are
  /// some. A few of these make Lua collect the datasets that no script can reach any more.
  private var footprint: Int {
    dataset.catalog.entries.reduce(4096) { sum, entry in
      let (rows, columns) = (entry.table.knownRowCount ?? 0, entry.table.schema.allFields.count)
      return sum + 1024 + 512 * columns + min(rows / 8 * columns, Self.mostForPages)
    }
  }

  /// Bytes for a table; more would end runs on large files.
  private static let mostForPages = 2 << 20

  private func check(_ name: String) throws(LuaError) {
    let known = dataset.catalog.entries.map(\.name)
    guard !known.contains(name) else { return }
    let near = NearNames.suggestions(for: name, among: known)
    throw LuaError(
      "unknown_table", "the dataset has no table `\(name.shortened)`",
      fix: near.isEmpty ? "it has \(known.quotedList)" : "did you mean \(near.quotedAlternatives)?")
  }

  private func table(_ name: String) throws(LuaError) -> ScriptTable {
    try check(name)
    let query = try session.engine { () throws(EngineError) in
      try Query(name, of: dataset.catalog, formulas: session.formulas)
    }
    return try ScriptTable(session, query, position: nil)
  }
}
