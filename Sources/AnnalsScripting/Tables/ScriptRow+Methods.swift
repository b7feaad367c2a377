import AnnalsEngine
import AnnalsLua

extension ScriptRow {
  /// All that scripts can call on it.
  static var methods: [DocumentedMethod<ScriptRow>] {
    [
      DocumentedMethod<ScriptRow>(
        "copy", .value,
        Documentation(
          ["row:copy()"],
          "Gives a view of the same row that stays when the loop moves on.",
          [
            .errors("The view of a loop that is over can't be copied any more.")
          ],
          example: """
            local t = annals.table({{"a"}, {"b"}}, {"name"})
            local last
            for row in t:rows() do last = row:copy() end
            print(last.name)
            """,
          output: """
            b
            """)
      ) { object, call throws(LuaError) in
        let cursor = try object.source.cursor(row: try object.current())
        call.push(try ScriptRow(object.source, at: cursor).shown())
      }
    ]
  }
}
