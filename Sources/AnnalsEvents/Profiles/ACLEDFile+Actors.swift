import AnnalsEngine

extension ACLEDFile {
  private static let parts = [
    Cast.Part(role: "party", side: "a"), Cast.Part(role: "party", side: "b"),
    Cast.Part(role: "agent", side: "a"), Cast.Part(role: "target", side: "b"),
    Cast.Part(role: "associated", side: "a"), Cast.Part(role: "associated", side: "b"),
  ]

  /// Both main actors of each event, parties but in violence against civilians, where the second is
  /// the target; and those that were associated with them.
  static func cast(_ file: FlatFile, _ rows: EventRows) throws(EngineError) -> Cast {
    let cast = try CastBuilder(file, parts: parts)
    let type = try file.column("event_type")
    let sides = try [0, 1].map { place throws(EngineError) in try Side(file, place, cast) }
    try file.forEach(rows.count) { event throws(EngineError) in
      let row = rows.list[event]
      let isDirected = type.text(row)?.lowercased() == "violence against civilians"
      for side in sides {
        if let actor = try side.actor(row, in: cast) {
          try cast.add(actor, in: event, as: (isDirected ? 2 : 0) + side.place)
        }
        var seen: Set<Int> = []
        for name in side.associated.list(row) {
          let actor = try cast.actor(named: name)
          guard seen.insert(actor).inserted else { continue }
          try cast.add(actor, in: event, as: 4 + side.place)
        }
      }
    }
    return try cast.finished()
  }

  /// The columns of a main actor.
  private struct Side {
    let place: Int
    let name: FlatColumn
    let kind: FlatColumn
    let associated: FlatColumn
    let key: ThingKey

    init(_ file: FlatFile, _ place: Int, _ cast: CastBuilder) throws(EngineError) {
      self.place = place
      let number = place + 1
      name = try file.column("actor\(number)")
      kind = try file.column("inter\(number)")
      associated = try file.column("assoc_actor_\(number)", "ally_actor_\(number)")
      key = try cast.key([name])
    }

    func actor(_ row: Int, in cast: CastBuilder) throws(EngineError) -> Int? {
      try cast.actor(
        row, by: key, id: { name.text(row) }, name: { name.text(row) },
        kind: { kind.text(row).flatMap(ACLEDFile.kind) })
    }
  }

  /// The codebook's name of a type of actor, which files give as a number or in older words; nil for
  /// 0, no actor. What is unknown stays as it is.
  static func kind(_ text: String) -> String? {
    text == "0" ? nil : kinds[text.lowercased()] ?? text
  }

  /// Codebook, "Actor type": numbers, names, and what files called them before.
  static let kinds: [String: String] = {
    var kinds: [String: String] = [:]
    for (place, names) in kindNames.enumerated() {
      kinds[String(place + 1)] = names[0]
      for name in names { kinds[name.lowercased()] = names[0] }
    }
    return kinds
  }()

  private static let kindNames = [
    ["State forces"], ["Rebel group", "Rebel groups", "Rebel forces"],
    ["Political militia", "Political militias", "Militia groups"],
    ["Identity militia", "Identity militias", "Communal militias", "Communal militia"],
    ["Rioters"], ["Protesters"], ["Civilians"],
    ["External/Other forces", "External forces", "Other forces"],
  ]
}
