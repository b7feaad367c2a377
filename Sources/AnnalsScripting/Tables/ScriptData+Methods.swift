import AnnalsEngine
import AnnalsEvents
import AnnalsFormats
import AnnalsLua

extension ScriptData {
  /// All that scripts can call on it.
  static var methods: [DocumentedMethod<ScriptData>] {
    [
      DocumentedMethod<ScriptData>(
        "has", .value,
        Documentation(
          ["data:has(\"table\")"],
          "Whether the dataset has a table of that name with rows.",
          [
            .gives(
              """
              A boolean; false also for a table that nobody knows. The tables themselves are \
              the fields of `data`, such as `data.events`.
              """)
          ],
          example: """
            print(data:has("figures"), data:has("parts"), data:has("weather"))
            """,
          output: """
            true	false	false
            """)
      ) { object, call throws(LuaError) in
        let name = try call.requiredString(at: 1)
        call.push(
          try object.session.reading { () throws(EventsError) in try object.dataset.has(name) })
      },
      diff,
    ]
  }

  private static var diff: DocumentedMethod<ScriptData> {
    DocumentedMethod<ScriptData>(
      "diff", .value,
      Documentation(
        ["data:diff(other)", "data:diff(other, deleted)"],
        "How the events of another release of a dataset differ from those of this one, by their ids.",
        [
          .takes(
            """
            `other`: the later release, as `annals.open` gives it. `deleted`: a publisher's list of \
            deleted events as a table, with a column `event_id_cnty` or `id`; they count as removed.
            """),
          .gives(
            """
            Three values. A table with the columns `event`, `change` (`added`, `changed`, `removed`), \
            `column`, `old` and `new`: a changed event has a row for each column with another value. \
            A table with what the figures of both releases add up to. A text with what else is to be \
            known, such as ids that stand twice; nil if that is nothing.
            """),
          .errors("If the events of a dataset have no ids."),
        ],
        example: """
          local columns = {"id", "type"}
          local old = annals.dataset{events = annals.table({
            {id = "e1", type = "clash"}, {id = "e2", type = "raid"}}, columns)}
          local new = annals.dataset{events = annals.table({
            {id = "e1", type = "battle"}, {id = "e3", type = "raid"}}, columns)}
          local changes = old:diff(new)
          print(changes)
          """,
        output: """
          event  change   column  old    new
          ─────  ───────  ──────  ─────  ──────
          e1     changed  type    clash  battle
          e2     removed  ·       ·      ·
          e3     added    ·       ·      ·
          """)
    ) { object, call throws(LuaError) in
      let session = object.session
      let other = try call.requiredObject(at: 1, as: session.types.data).dataset
      let list = try call.object(at: 2, as: session.types.table)?.table()
      let revision = try session.reading { () throws(EventsError) in
        let deleted = try list.map { table throws(EventsError) in
          try DatasetRevision.deletedIDs(in: table, "the list of deleted events")
        }
        return try DatasetRevision(
          from: object.dataset, to: other, deleted: deleted ?? [],
          context: session.planContext(at: call.position))
      }
      for table in [revision.changes, revision.totals] {
        let query = Query(table, catalog: session.catalog)
        call.push(
          try ScriptTable(session, query, position: call.position), as: session.types.table)
      }
      let notes = revision.notes.map(\.description)
      notes.isEmpty ? call.pushNil() : call.push(notes.joined(separator: "\n"))
    }
  }
}
