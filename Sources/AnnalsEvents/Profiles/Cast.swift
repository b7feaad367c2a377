import AnnalsEngine

/// Who took part in the events of a file, and who they are.
struct Cast: Sendable {
  /// The part that somebody had in an event.
  struct Part: Hashable, Sendable {
    let role: String
    let side: String?
  }

  let parts: [Part]
  /// For each participation its event, its actor, and the number of its part.
  let events: Buffer<Int32>
  let actors: Buffer<Int32>
  let partNumbers: Buffer<UInt8>
  let certainties: Column
  /// For each actor.
  let ids: Column
  let names: Column
  let kinds: Column
  let countries: Column
}

/// Gathers a ``Cast`` event by event.
final class CastBuilder {
  private let file: FlatFile
  /// All that occur, fewer than 256.
  private var parts: [Cast.Part] = []
  private let things: ThingNumbers
  private let events: GrowingBuffer<Int32>
  private let actors: GrowingBuffer<Int32>
  private let partNumbers: GrowingBuffer<UInt8>
  private let certainties: ColumnBuilder
  private let ids: ColumnBuilder
  private let names: ColumnBuilder
  private let kinds: LateTexts
  private let countries: LateTexts

  init(_ file: FlatFile) throws(EngineError) {
    self.file = file
    things = try ThingNumbers(budget: file.budget)
    events = try GrowingBuffer(budget: file.budget)
    actors = try GrowingBuffer(budget: file.budget)
    partNumbers = try GrowingBuffer(budget: file.budget)
    certainties = try ColumnBuilder(type: .text, budget: file.budget)
    ids = try ColumnBuilder(type: .text, budget: file.budget)
    names = try ColumnBuilder(type: .text, budget: file.budget)
    kinds = try LateTexts(file.budget)
    countries = try LateTexts(file.budget)
  }

  /// The place of a part among those that occur.
  func number(of part: Cast.Part) -> Int {
    if let number = parts.firstIndex(of: part) { return number }
    parts.append(part)
    return parts.count - 1
  }

  /// A key by which rows name actors, to be kept for all rows.
  func key(_ columns: [FlatColumn]) throws(EngineError) -> ThingKey {
    try ThingKey(columns, budget: file.budget)
  }

  /// The actor that a row names; nil if it names none. The id is asked for once for each actor, the
  /// rest until it is known.
  func actor(
    _ row: Int, by key: ThingKey, id: () -> String?, name: () -> String?,
    kind: () -> String? = { nil }, country: () -> String? = { nil }
  ) throws(EngineError) -> Int? {
    guard let number = try key.number(row, among: things) else { return nil }
    try know(number, id: id, name: name, kind: kind, country: country)
    return number
  }

  /// The actor of a name that is its id.
  func actor(
    named name: String, kind: () -> String? = { nil }, country: () -> String? = { nil }
  ) throws(EngineError) -> Int {
    let number = try things.number([name])
    try know(number, id: { name }, name: { name }, kind: kind, country: country)
    return number
  }

  private func know(
    _ number: Int, id: () -> String?, name: () -> String?, kind: () -> String?,
    country: () -> String?
  ) throws(EngineError) {
    if number == ids.count {
      let name = name()
      try ids.append((id() ?? name).map(Value.text) ?? .null)
      try names.append(name.map(Value.text) ?? .null)
    }
    try kinds.know(number, kind)
    try countries.know(number, country)
  }

  /// Notes that an actor had a part, by its place among the parts, in an event.
  ///
  /// - Parameter certainty: How sure that is; nil where nobody says.
  func add(
    _ actor: Int, in event: Int, as part: Int, _ certainty: String?
  ) throws(EngineError) {
    try events.append(Int32(event))
    try actors.append(Int32(actor))
    try partNumbers.append(UInt8(part))
    try certainties.append(certainty.map(Value.text) ?? .null)
  }

  /// The cast; the builder is used up.
  func finished() throws(EngineError) -> Cast {
    Cast(
      parts: parts, events: try events.finished(), actors: try actors.finished(),
      partNumbers: try partNumbers.finished(), certainties: try certainties.finished(),
      ids: try ids.finished(), names: try names.finished(), kinds: try kinds.finished(),
      countries: try countries.finished())
  }
}

/// A text of each thing that may become known after the thing was first met.
private final class LateTexts {
  private let interner: TextInterner
  private let codes: GrowingBuffer<Int32>
  private let budget: MemoryBudget

  init(_ budget: MemoryBudget) throws(EngineError) {
    self.budget = budget
    interner = try TextInterner(budget: budget)
    codes = try GrowingBuffer(budget: budget)
  }

  /// Asks for the text of a thing unless it is known.
  func know(_ number: Int, _ text: () -> String?) throws(EngineError) {
    if number == codes.count { try codes.append(-1) }
    guard codes[number] < 0, let text = text() else { return }
    let bytes = Array(text.utf8)
    codes[number] = Int32(try interner.code(for: bytes.span))
  }

  func finished() throws(EngineError) -> Column {
    let texts = try interner.finished().texts
    let builder = try ColumnBuilder(type: .text, budget: budget)
    for number in 0..<codes.count {
      if codes[number] < 0 {
        try builder.appendNull()
      } else {
        try builder.append(text: texts[Int(codes[number])])
      }
    }
    return try builder.finished()
  }
}
