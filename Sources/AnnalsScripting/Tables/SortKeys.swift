import AnnalsEngine
import AnnalsLua

/// The keys that a verb was given to order rows by: texts and functions of the script.
///
/// What a function gives stands in a column of its own, which the verb leaves out again.
struct SortKeys {
  /// The rows, with the columns of the functions.
  let query: Query
  /// Columns and formulas, with a minus where the order descends.
  let texts: [String]
  let bindings: Bindings
  private let added: [String]

  /// Reads the arguments of a verb from a position on. A text `-` before a function makes its order
  /// descend.
  init(
    of table: ScriptTable, _ call: inout LuaCall, from first: Int, verb: String
  ) throws(LuaError) {
    let (bindings, count) = try table.session.bindings(&call, from: first)
    var table = table
    var texts: [String] = []
    var added: [String] = []
    var isDescending = false
    for position in stride(from: first, through: count, by: 1) {
      if call.type(at: position) == .function {
        let name = Self.freeName(verb, added.count + 1, try table.query().schema)
        table = try ScriptTable(
          table.session, deriving: name, with: try call.requiredFunction(at: position),
          giver: "the function of `\(verb)`", from: table, position: call.position)
        added.append(name)
        texts.append((isDescending ? "-" : "") + name)
        isDescending = false
        continue
      }
      let text = try call.requiredString(at: position)
      isDescending = text == "-"
      guard isDescending else {
        texts.append(text)
        continue
      }
      guard position < count, call.type(at: position + 1) == .function else {
        throw LuaError(
          "misuse", "`\(verb)` finds no function after `-`",
          fix: "write a column as \"-name\", and a function after \"-\"")
      }
    }
    query = try table.query()
    self.texts = texts
    self.bindings = bindings
    self.added = added
  }

  /// The rows that the verb gives, without the columns of the functions.
  func rows(
    _ verb: (Query, [String], Bindings) throws(EngineError) -> Query
  ) throws(EngineError) -> Query {
    let output = try verb(query, texts, bindings)
    return added.isEmpty ? output : try output.dropping(added)
  }

  /// A name that no column has.
  private static func freeName(_ verb: String, _ number: Int, _ schema: Schema) -> String {
    var name = "key \(number) of \(verb)"
    while schema[name] != nil { name += "'" }
    return name
  }
}
