import AnnalsEngine

extension Cast {
  /// Who took part in the events of a file, by the rows that speak for them.
  init(of layout: EventLayout, _ file: FlatFile, _ rows: EventRows) throws(EngineError) {
    let cast = try CastBuilder(file)
    let members = try layout.members.map { member throws(EngineError) in
      try MemberColumns(member, file, cast)
    }
    let isDirected = try layout.isDirected?(file)
    let asserter = try layout.asserter?(file)
    try file.forEach(rows.count) { event throws(EngineError) in
      let row = rows.list[event]
      let directed = isDirected?(row) ?? false
      for member in members { try member.add(row, event, directed, to: cast) }
      if let asserter = asserter?(row) { _ = try cast.actor(named: asserter) { "source" } }
    }
    self = try cast.finished()
  }
}

/// The columns of a ``CastMember`` in a file.
private struct MemberColumns {
  private let key: [FlatColumn]
  private let thing: ThingKey
  private let name: FlatColumn
  private let kind: ((Int) -> String?)?
  private let country: FlatColumn
  private let certainty: ((Int) -> String?)?
  private let part: Int
  private let directedPart: Int
  private let isList: Bool

  init(_ member: CastMember, _ file: FlatFile, _ cast: CastBuilder) throws(EngineError) {
    let key = try member.key.map { names throws(EngineError) in try file.column(names) }
    name = try file.column(member.name)
    self.key = key.allSatisfy { $0.column == nil } ? [name] : key
    thing = try cast.key(self.key)
    kind = try member.kind?(file)
    country = try file.column(member.country)
    certainty = try member.certainty?(file)
    part = cast.number(of: member.part)
    directedPart = member.directedPart.map { cast.number(of: $0) } ?? part
    isList = member.isList
  }

  func add(
    _ row: Int, _ event: Int, _ directed: Bool, to cast: CastBuilder
  ) throws(EngineError) {
    let part = directed ? directedPart : part
    if isList { return try addAll(row, event, part, to: cast) }
    guard let actor = try actor(row, in: cast) else { return }
    try cast.add(actor, in: event, as: part, certainty?(row))
  }

  private func actor(_ row: Int, in cast: CastBuilder) throws(EngineError) -> Int? {
    let actor = try cast.actor(
      row, by: thing, id: { key.compactMap { $0.text(row) }.joined(separator: " ") },
      name: { name.text(row) ?? key.lazy.compactMap { $0.text(row) }.first },
      kind: { kind?(row) }, country: { country.text(row) })
    if let actor { return actor }
    guard let name = name.text(row) else { return nil }
    return try cast.actor(named: name)
  }

  private func addAll(
    _ row: Int, _ event: Int, _ part: Int, to cast: CastBuilder
  ) throws(EngineError) {
    let names = name.list(row)
    if names.isEmpty { return }
    let countries = country.list(row)
    var seen: Set<Int> = []
    for (place, name) in names.enumerated() {
      let actor = try cast.actor(
        named: name, kind: { names.count == 1 ? kind?(row) : nil },
        country: { countries.count == names.count ? countries[place] : nil })
      guard seen.insert(actor).inserted else { continue }
      try cast.add(actor, in: event, as: part, certainty?(row))
    }
  }
}
