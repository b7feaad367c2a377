import AnnalsEngine
import AnnalsEvents
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
      }
    ]
  }
}
