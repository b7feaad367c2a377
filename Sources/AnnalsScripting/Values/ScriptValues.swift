import AnnalsEngine
import AnnalsLua

extension ScriptSession {
  /// Pushes a cell of a table as ``push(_:of:to:)`` pushes its value.
  func push(
    _ table: Table, row: Int, _ field: Field, of catalog: Catalog, to call: borrowing LuaCall
  ) throws(LuaError) {
    guard field.type == .list, let list = table.list(row: row, field: field) else {
      return try push(table.value(row: row, field: field), of: catalog, to: call)
    }
    call.push(try luaList(list.texts, list.range))
  }

  /// A Lua list of some texts of a block.
  func luaList(_ texts: TextBlock, _ range: Range<Int>) throws(LuaError) -> LuaReference {
    try luaList(range.count) { texts.string(range.lowerBound + $0) }
  }

  /// A Lua list of texts, which are copied a few at a time: what Lua holds of them counts as its own.
  func luaList(_ count: Int, _ text: (Int) -> String) throws(LuaError) -> LuaReference {
    let list = try state.makeTable([])
    for start in stride(from: 0, to: count, by: Self.textsAtATime) {
      let part = start..<min(start + Self.textsAtATime, count)
      try state.fill(list, from: start + 1, part.map(text))
    }
    return list
  }

  private static let textsAtATime = 1024

  /// Pushes a value of the data as scripts see it: null is nil, days and times are texts.
  ///
  /// - Parameter catalog: The dataset that references lead into.
  func push(
    _ value: Value, of catalog: Catalog, to call: borrowing LuaCall
  ) throws(LuaError) {
    switch value {
    case .null: call.pushNil()
    case .boolean(let value): call.push(value)
    case .integer(let value): call.push(value)
    case .number(let value): call.push(value)
    case .text(let value): call.push(value)
    case .day(let value): call.push(value.description)
    case .time(let value): call.push(value.description)
    case .list(let texts): call.push(try luaList(texts.count) { texts[$0] })
    case .figure(let figure): call.push(ScriptFigure(figure), as: types.figure)
    case .reference(let reference):
      let source = try source(of: reference.table, in: catalog)
      call.push(ScriptReference(source, reference), as: types.reference)
    }
  }

  /// A plain value of a script as a value of data; nil for tables, functions and the like.
  func value(_ value: LuaValue) -> Value? {
    switch value {
    case .nil: return .null
    case .boolean(let value): return .boolean(value)
    case .integer(let value): return .integer(value)
    case .number(let value): return .number(value)
    case .string(let text): return .text(text.string)
    case .object(let object, _):
      if let figure = object as? ScriptFigure { return .figure(figure.figure) }
      if let reference = object as? ScriptReference { return .reference(reference.reference) }
      return object is ScriptNull ? .null : nil
    case .table, .function, .other: return nil
    }
  }

  /// A Lua table of texts as a list; nil for anything else.
  func list(_ value: LuaValue) throws(LuaError) -> Value? {
    guard case .table(let table) = value else { return nil }
    var texts: [String] = []
    var areTexts = true
    try eachElement(of: table) { element throws(LuaError) in
      if case .string(let text) = element { texts.append(text.string) } else { areTexts = false }
      return areTexts
    }
    return areTexts ? .list(texts) : nil
  }

  /// Hands on the elements of a Lua list, which will be copied: what the copies take is kept from the
  /// plans meanwhile, since one text of Lua may stand in it a thousand times.
  ///
  /// - Parameters:
  ///   - share: Of the budget, where several lists are copied together.
  ///   - body: Returns false to see no more of them.
  func eachElement(
    of list: LuaReference, share: BudgetShare? = nil,
    _ body: (LuaValue) throws(LuaError) -> Bool
  ) throws(LuaError) {
    let share = share ?? BudgetShare(of: budget)
    for index in 0..<(try state.length(of: list)) {
      let element = try state.get(index + 1, of: list)
      // The text, and the value that holds it.
      let byteCount = 64 + (element.text?.bytes.count ?? 0)
      try engine { () throws(EngineError) in try share.grow(by: byteCount) }
      guard try body(element) else { return }
    }
  }

  /// The bindings that a verb was given as its last argument, if it is a table or `params`.
  ///
  /// - Returns: The bindings, and how many arguments stand before them.
  func bindings(
    _ call: inout LuaCall, from first: Int
  ) throws(LuaError) -> (Bindings, argumentCount: Int) {
    guard call.count >= first else { return (Bindings(), call.count) }
    if let parameters = call.object(at: call.count, as: types.parameters) {
      return (parameters.bindings, call.count - 1)
    }
    guard call.type(at: call.count) == .table else { return (Bindings(), call.count) }
    var bindings: [String: Bindings.Binding] = [:]
    let share = BudgetShare(of: budget)
    for (key, value) in try state.pairs(of: call.requiredTable(at: call.count)) {
      guard let name = key.text?.string else {
        throw LuaError(
          "wrong_argument", "the bindings of `\(call.functionName)` must have names",
          fix: "write {name = value}, and $name in the formula")
      }
      bindings[name] = try binding(value, name, share)
    }
    return (Bindings(bindings), call.count - 1)
  }

  private func binding(
    _ value: LuaValue, _ name: String, _ share: BudgetShare
  ) throws(LuaError) -> Bindings.Binding {
    if let plain = self.value(value) { return .value(plain) }
    guard case .table(let list) = value else {
      throw LuaError("wrong_argument", "`$\(name)` is no value that a formula can use")
    }
    var elements: [Value] = []
    try eachElement(of: list, share: share) { element throws(LuaError) in
      guard let element = self.value(element) else {
        throw LuaError("wrong_argument", "`$\(name)` holds something that is no value")
      }
      elements.append(element)
      return true
    }
    return .set(elements)
  }

  /// The texts that a verb was given, with its bindings last.
  func texts(
    _ call: inout LuaCall, from first: Int = 1
  ) throws(LuaError) -> ([String], Bindings) {
    let (bindings, count) = try bindings(&call, from: first)
    var texts: [String] = []
    texts.reserveCapacity(max(count - first + 1, 0))
    for position in stride(from: first, through: count, by: 1) {
      texts.append(
        try call.requiredString(at: position, fix: "columns and formulas stand in quotes"))
    }
    return (texts, bindings)
  }

  /// The texts that a Lua table lists.
  func texts(of list: LuaReference, _ verb: String) throws(LuaError) -> [String] {
    var texts: [String] = []
    try eachElement(of: list) { element throws(LuaError) in
      guard let text = element.text?.string else {
        throw LuaError("wrong_argument", "`\(verb)` needs names in its table")
      }
      texts.append(text)
      return true
    }
    return texts
  }

  /// A named text of a Lua table; nil if it is not there.
  func text(
    _ name: String, of table: LuaReference, _ verb: String
  ) throws(LuaError) -> String? {
    let value = try state.get(name, of: table)
    if value.isNil { return nil }
    guard let text = value.text?.string else {
      throw LuaError("wrong_argument", "`\(name)` of `\(verb)` must be a text")
    }
    return text
  }
}
