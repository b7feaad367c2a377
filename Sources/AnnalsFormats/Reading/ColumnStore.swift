import AnnalsEngine

/// One column of a file, put together from its pieces in the order of the file.
final class ColumnStore {
  private enum Storage {
    /// Nothing but nulls so far.
    case nulls
    case integers(NarrowIntegers)
    case doubles(GrowingBuffer<Double>)
    case codes(NarrowIntegers)
    case texts(LooseTexts)
  }

  let rule: ColumnRule
  private(set) var count = 0
  /// Whether the texts of values that were read as something else are needed: the file must be read
  /// again for this column.
  private(set) var mustBeText = false
  /// Whether texts get no numbers any more.
  private(set) var isLoose = false
  /// How many values each marker of the rule took.
  private(set) var markerCounts: [Int]
  private var kind: ColumnKind
  private var storage = Storage.nulls
  private var validity: GrowingBuffer<UInt64>?
  private var hasDigits = false
  /// All texts, where several threads have tables of their own;
  private var texts: TextTable?
  /// else the table of the one that reads.
  private var single: TextTable?
  private let maps: [TextMap]
  private let dictionaryLimit: Int
  private let budget: MemoryBudget

  /// - Parameter workerCount: How many threads read pieces.
  init(
    _ rule: ColumnRule, workerCount: Int, dictionaryLimit: Int, budget: MemoryBudget
  ) throws(EngineError) {
    self.rule = rule
    markerCounts = Array(repeating: 0, count: rule.markers.count)
    self.dictionaryLimit = dictionaryLimit
    self.budget = budget
    kind = rule.isDeclared ? ColumnKind(rule.field.type) : .none
    var maps: [TextMap] = []
    if workerCount > 1 {
      for _ in 0..<workerCount { maps.append(try TextMap(budget: budget)) }
      texts = try TextTable(budget: budget)
    }
    self.maps = maps
    try makeStorage()
  }

  /// Appends the next piece, which `worker` has read.
  func append(_ piece: ColumnPiece, worker: Int) throws(EngineError) {
    let added = piece.values.count
    defer { count += added }
    guard !mustBeText else { return }
    for marker in markerCounts.indices { markerCounts[marker] += piece.markerCounts[marker] }
    try appendValidity(piece)
    guard rule.isDeclared || piece.hasValues else { return try append(nulls: added) }
    guard let joined = kind.joined(with: piece.kind) else { return giveUp() }
    if joined != kind { try turn(into: joined) }
    if piece.hasDigits { hasDigits = true }
    try appendValues(piece, worker)
  }

  /// The column, and its field with the type that was found. The store is used up.
  func finished() throws(EngineError) -> (field: FieldDefinition, column: Column) {
    var field = rule.field
    if !rule.isDeclared { field.type = kind.foundType }
    let validity = try validity?.finished()
    let column = Column(
      type: field.type.valueType, count: count, storage: try finishedStorage(),
      validity: validity.map { Bitmap(count: count, words: $0) })
    guard case .list(let delimiter) = field.type else { return (field, column) }
    return (field, try Self.divided(column, by: delimiter, budget))
  }

  /// Looks at what only the whole column can tell: numbers without any digits are none.
  func settle() {
    if !rule.isDeclared, kind == .number, !hasDigits { giveUp() }
  }

  /// A marker of two capitals in a column of such texts alone, where it is a code like the others: `NA`
  /// is Namibia among countries. Nil if there is none.
  var codeAmongMarkers: Int? {
    guard !rule.isDeclared, kind == .text, case .codes = storage, let table = texts ?? single,
      table.count > 1,
      let marker = rule.markers.indices.first(where: {
        markerCounts[$0] > 0 && Self.isCode(rule.markers[$0])
      })
    else { return nil }
    let view = table.view
    for number in 0..<table.count {
      let text = view.range(number)
      guard text.length == 2,
        view.bytes.withSpan(text.start..<text.start + 2, { Self.isCode([$0[0], $0[1]]) })
      else { return nil }
    }
    return marker
  }

  private static func isCode(_ bytes: [UInt8]) -> Bool {
    bytes.count == 2 && bytes.allSatisfy { (0x41...0x5A).contains($0) }
  }

  // MARK: Kinds

  private func giveUp() {
    mustBeText = true
    storage = .nulls
    validity = nil
  }

  private func turn(into joined: ColumnKind) throws(EngineError) {
    let known = storage
    kind = joined
    try makeStorage()
    guard case .integers(let integers) = known, case .doubles(let doubles) = storage else {
      return try append(nulls: count)
    }
    for row in 0..<integers.count { try doubles.append(Double(integers[row])) }
    hasDigits = true
  }

  private func makeStorage() throws(EngineError) {
    switch kind {
    case .none: storage = .nulls
    case .boolean, .integer:
      storage = .integers(try NarrowIntegers(.integers, budget: budget))
    case .day: storage = .integers(try NarrowIntegers(.days, budget: budget))
    case .time: storage = .integers(try NarrowIntegers(.times, budget: budget))
    case .number: storage = .doubles(try GrowingBuffer(budget: budget))
    case .text: storage = .codes(try NarrowIntegers(.codes, budget: budget))
    }
  }

  // MARK: Nulls

  private func append(nulls added: Int) throws(EngineError) {
    switch storage {
    case .nulls: return
    case .integers(let values), .codes(let values): try values.append(zeros: added)
    case .doubles(let values): try values.append(repeating: 0, count: added)
    case .texts(let values): try values.append(empty: added)
    }
  }

  private func appendValidity(_ piece: ColumnPiece) throws(EngineError) {
    guard piece.nulls.count > 0 || validity != nil else { return }
    let end = count + piece.values.count
    let words: GrowingBuffer<UInt64>
    if let validity {
      words = validity
      try fill(words, from: count, to: end)
    } else {
      words = try GrowingBuffer(budget: budget)
      try fill(words, from: 0, to: end)
      validity = words
    }
    let (target, nulls) = (Lane(words), Lane(piece.nulls))
    for index in 0..<piece.nulls.count {
      let row = count + Int(nulls[index])
      target[row >> 6] &= ~(1 << UInt64(row & 63))
    }
  }

  /// Sets the bits of some rows, which lie behind all others.
  private func fill(
    _ words: GrowingBuffer<UInt64>, from start: Int, to end: Int
  ) throws(EngineError) {
    try words.append(repeating: 0, count: (end + 63) / 64 - words.count)
    var row = start
    while row < end {
      let next = min((row | 63) + 1, end)
      let bits = next - row == 64 ? ~0 : (1 as UInt64) << UInt64(next - row) - 1
      words[row >> 6] |= bits << UInt64(row & 63)
      row = next
    }
  }

  private func isNull(_ row: Int) -> Bool {
    guard let validity else { return false }
    return validity[row >> 6] >> UInt64(row & 63) & 1 == 0
  }

  // MARK: Values

  private func appendValues(_ piece: ColumnPiece, _ worker: Int) throws(EngineError) {
    if kind == .text { try learn(piece, worker) }
    let added = piece.values.count
    let values = Lane(piece.values)
    switch storage {
    case .nulls: return
    case .integers(let integers):
      try integers.append(values, count: added, from: piece.lowest, to: piece.highest)
    case .doubles(let doubles):
      try doubles.reserve(added)
      let target = Lane(doubles)
      let isWhole = piece.kind == .integer
      for row in 0..<added {
        target[doubles.count &+ row] =
          isWhole ? Double(values[row]) : Double(bitPattern: UInt64(bitPattern: values[row]))
      }
      doubles.extend(by: added)
      if isWhole, piece.hasValues { hasDigits = true }
    case .codes(let codes):
      let last = Int64(max((texts ?? piece.table)?.count ?? 0, 1) - 1)
      let map = maps.isEmpty ? nil : Lane(maps[worker].numbers)
      try codes.append(values, count: added, from: 0, to: last, map: map)
    case .texts(let loose):
      guard let table = piece.table else { return try loose.append(piece) }
      try loose.append(piece, by: table)
    }
  }

  // MARK: Texts

  /// Numbers the texts that the piece has first; with too many of them, none get numbers any more.
  private func learn(_ piece: ColumnPiece, _ worker: Int) throws(EngineError) {
    guard case .codes(let codes) = storage, let table = piece.table else { return }
    let firstNew = table.count - piece.newTextRows.count
    for index in 0..<piece.newTextRows.count {
      var (total, isNew) = (firstNew + index + 1, true)
      if let texts {
        let text = table.view.range(firstNew + index)
        let known: Int
        (known, isNew) = try texts.number(of: table.view.bytes, text.start, text.length)
        try maps[worker].numbers.append(Int32(known))
        total = texts.count
      }
      let rows = count + Int(piece.newTextRows[index]) + 1
      if isNew, total > dictionaryLimit, total > rows / 2 {
        return try loosen(codes, texts ?? table)
      }
    }
    if texts == nil { single = table }
  }

  /// Writes the texts of all rows so far one after another.
  private func loosen(_ codes: NarrowIntegers, _ table: TextTable) throws(EngineError) {
    let loose = try LooseTexts(budget: budget)
    for row in 0..<count {
      if isNull(row) {
        try loose.append(empty: 1)
      } else {
        try loose.append(Int(codes[row]), of: table)
      }
    }
    isLoose = true
    storage = .texts(loose)
    texts = nil
    single = nil
  }

  private func finishedStorage() throws(EngineError) -> Column.Storage {
    switch storage {
    case .nulls:
      let codes = try NarrowIntegers(.codes, budget: budget)
      try codes.append(zeros: count)
      return try codes.finished(nil)
    case .doubles(let values): return .double(try values.finished())
    case .codes(let codes): return try codes.finished(try (texts ?? single)?.finished())
    case .texts(let texts): return .text(try texts.finished())
    case .integers(let values):
      guard kind == .boolean else { return try values.finished(nil) }
      let bits = try Bitmap(count: count, budget: budget)
      for row in 0..<count where values[row] != 0 { bits.set(row) }
      return .boolean(bits)
    }
  }

  private static func divided(
    _ column: Column, by delimiter: String, _ budget: MemoryBudget
  ) throws(EngineError) -> Column {
    let builder = try ColumnBuilder(type: .list, budget: budget)
    for row in 0..<column.count {
      if !column.isNull(row), let text = column.textLocation(row) {
        try builder.append(list: FieldType.split(text.block.string(text.index), by: delimiter))
      } else {
        try builder.appendNull()
      }
    }
    return try builder.finished()
  }
}

/// Which number each text of a thread's own table has among those of the column.
private final class TextMap {
  let numbers: GrowingBuffer<Int32>

  init(budget: MemoryBudget) throws(EngineError) { numbers = try GrowingBuffer(budget: budget) }
}
