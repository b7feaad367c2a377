import AnnalsEngine

/// Reads one column of an Arrow file and checks its values.
///
/// What stands in the file as it does here is used there; all else is copied: other widths and units,
/// and columns of several batches.
struct ArrowColumnReader: Sendable {
  let bytes: ArrowBytes
  let field: ArrowField
  let pieces: [ArrowPiece]
  /// Set where the field has one.
  let dictionary: ArrowDictionary?
  /// How many threads may look through a column.
  let threadCount: Int

  var count: Int { pieces.reduce(0) { $0 + $1.count } }

  func column() throws(ArrowColumnFailure) -> Column {
    do {
      let validity = try validity()
      if let dictionary {
        return try ArrowCodes(reader: self, validity: validity).column(dictionary.read())
      }
      let storage = try storage(validity)
      return Column(
        type: field.type.valueType, count: count, storage: storage, validity: validity)
    } catch {
      throw ArrowColumnFailure(error)
    }
  }

  /// Nil where nothing is null.
  private func validity() throws -> Bitmap? {
    if field.type == .null { return try Bitmap(count: count, budget: bytes.budget) }
    guard pieces.contains(where: { $0.nullCount > 0 }) else { return nil }
    return try bytes.joinedBits(
      pieces.map { (range: $0.nullCount > 0 ? $0.validity : nil, count: $0.count) })
  }

  private func storage(_ validity: Bitmap?) throws -> Column.Storage {
    switch field.type {
    case .null:
      let none = try TextBlockBuilder(budget: bytes.budget).finished()
      return .codes8(try Buffer(count: count, budget: bytes.budget), TextDictionary(texts: none))
    case .boolean:
      return .boolean(
        try bytes.joinedBits(pieces.map { (range: $0.buffers[0], count: $0.count) }))
    case .integer(let bits, let isSigned): return try integers(bits, isSigned, validity)
    case .number(64): return .double(try values(Double.self))
    case .number: return .double(try converted(validity) { (value: Float) in Double(value) })
    case .date32: return .int32(try days(validity))
    case .date64: return .int32(try daysOfMilliseconds(validity))
    case .timestamp(let unit): return .int64(try times(unit, validity))
    case .text(let layout):
      return .text(try ArrowTexts(bytes: bytes, layout: layout).block(pieces))
    case .list(let isLarge, let layout):
      return try ArrowLists(bytes: bytes, isLarge: isLarge, layout: layout).storage(pieces)
    }
  }

  func values<T: BitwiseCopyable & Sendable>(_ type: T.Type) throws(EngineError) -> Buffer<T> {
    try bytes.joined(type, pieces.map { (range: $0.buffers[0], count: $0.count) })
  }

  // MARK: Numbers

  private func integers(
    _ bits: Int, _ isSigned: Bool, _ validity: Bitmap?
  ) throws -> Column.Storage {
    switch (bits, isSigned) {
    case (8, true): .int8(try values(Int8.self))
    case (16, true): .int16(try values(Int16.self))
    case (32, true): .int32(try values(Int32.self))
    case (_, true): .int64(try values(Int64.self))
    case (8, false): .int16(try converted(validity) { (value: UInt8) in Int16(value) })
    case (16, false): .int32(try converted(validity) { (value: UInt16) in Int32(value) })
    case (32, false): .int64(try converted(validity) { (value: UInt32) in Int64(value) })
    case (_, false):
      .int64(
        try converted(validity, .integerTooLarge) { (value: UInt64) in Int64(exactly: value) })
    }
  }

  private func days(_ validity: Bitmap?) throws -> Buffer<Int32> {
    let days = try values(Int32.self)
    let known = Int64(Day.numbers.lowerBound)...Int64(Day.numbers.upperBound)
    if IntegerLanes.signed32(days).lie(in: known, threadCount: threadCount) { return days }
    return try converted(validity, .dayOutOfRange) { (day: Int32) in
      Day.numbers.contains(day) ? day : nil
    }
  }

  private func daysOfMilliseconds(_ validity: Bitmap?) throws -> Buffer<Int32> {
    let perDay: Int64 = 86_400_000
    let whole: Buffer<Int64> = try converted(validity, .dayNotWhole) { (time: Int64) in
      time % perDay == 0 ? time / perDay : nil
    }
    return try converted(whole, validity, .dayOutOfRange) { day in
      Int32(exactly: day).flatMap { Day.numbers.contains($0) ? $0 : nil }
    }
  }

  private func times(_ unit: ArrowType.TimeUnit, _ validity: Bitmap?) throws -> Buffer<Int64> {
    let range = Timestamp.range
    func scaled(by factor: Int64) throws -> Buffer<Int64> {
      try converted(validity, .timeOutOfRange) { (value: Int64) in
        let (time, overflow) = value.multipliedReportingOverflow(by: factor)
        return overflow || !range.contains(time) ? nil : time
      }
    }
    switch unit {
    case .second: return try scaled(by: 1_000_000)
    case .millisecond: return try scaled(by: 1000)
    case .microsecond:
      let times = try values(Int64.self)
      let known = range.lowerBound...range.upperBound - 1
      if IntegerLanes.signed64(times).lie(in: known, threadCount: threadCount) { return times }
      return try scaled(by: 1)
    case .nanosecond:
      return try converted(validity, .timeTooFine) { (value: Int64) in
        value % 1000 == 0 ? value / 1000 : nil
      }
    }
  }

  // MARK: Other widths and units

  private func converted<From: BitwiseCopyable & Sendable, To: BitwiseCopyable & Sendable>(
    _ validity: Bitmap?, _ reason: ColumnProblem.Reason = .integerTooLarge,
    _ convert: (From) -> To?
  ) throws(ArrowColumnFailure) -> Buffer<To> where To: ExpressibleByIntegerLiteral {
    do {
      return try converted(values(From.self), validity, reason, convert)
    } catch {
      throw ArrowColumnFailure(error)
    }
  }

  /// New values; what can't be converted is an error, unless it is null and so means nothing.
  func converted<From: BitwiseCopyable & Sendable, To: BitwiseCopyable & Sendable>(
    _ values: Buffer<From>, _ validity: Bitmap?, _ reason: ColumnProblem.Reason,
    _ convert: (From) -> To?
  ) throws(ArrowColumnFailure) -> Buffer<To> where To: ExpressibleByIntegerLiteral {
    let result: Buffer<To>
    do {
      result = try Buffer<To>(count: values.count, budget: bytes.budget)
    } catch {
      throw ArrowColumnFailure(error)
    }
    let source = values.span
    var target = result.mutableSpan
    for row in source.indices {
      if let value = convert(source[row]) {
        target[row] = value
      } else if validity?[row] ?? true {
        throw .problem(reason, row: row + 1)
      }
    }
    return result
  }
}

/// Reads the codes of a column that has a dictionary.
private struct ArrowCodes {
  let reader: ArrowColumnReader
  let validity: Bitmap?

  func column(_ texts: ArrowDictionary.Texts) throws -> Column {
    guard let encoding = reader.field.dictionary else {
      preconditionFailure("a column with a dictionary is encoded")
    }
    // A negative code is one past the largest when its bits are read without a sign.
    let bound =
      encoding.isSigned && encoding.bits < 64
      ? min(texts.count, 1 << (encoding.bits - 1)) : texts.count
    let storage: Column.Storage
    switch encoding.bits {
    case _ where texts.codes != nil: return try recoded(texts, encoding, bound)
    case 8:
      storage = .codes8(try checked(bound) { .unsigned8($0) }, texts.dictionary)
    case 16:
      storage = .codes16(try checked(bound) { .unsigned16($0) }, texts.dictionary)
    case 32:
      // Not by `??`: Swift 6.3 loses what is thrown while an autoclosure makes a case of an enum.
      if let narrow = try narrowed(bound, texts.dictionary) {
        storage = narrow
      } else {
        storage = .codes32(try checked(bound) { .signed32($0) }, texts.dictionary)
      }
    default:
      let codes: Buffer<Int32> = try reader.converted(
        reader.values(UInt64.self), validity, .codeOutsideDictionary
      ) { $0 < UInt64(bound) ? Int32(truncatingIfNeeded: $0) : nil }
      storage = .codes32(codes, texts.dictionary)
    }
    return Column(type: .text, count: reader.count, storage: storage, validity: validity)
  }

  /// Codes of 32 bits in fewer, if their dictionary needs no more, all are within it, and there is memory.
  private func narrowed(
    _ bound: Int, _ dictionary: TextDictionary
  ) throws -> Column.Storage? {
    let codes = try reader.values(Int32.self)
    let lanes = try? codes.narrowed(
      below: bound, threadCount: reader.threadCount, budget: reader.bytes.budget)
    switch lanes {
    case .unsigned8(let codes): return .codes8(codes, dictionary)
    case .unsigned16(let codes): return .codes16(codes, dictionary)
    default: return nil
    }
  }

  /// Codes that are all within the dictionary; those of nulls are made 0 if they are not.
  private func checked<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ bound: Int, _ lanes: (Buffer<T>) -> IntegerLanes
  ) throws -> Buffer<T> {
    let codes = try reader.values(T.self)
    if bound > 0, lanes(codes).lie(in: 0...Int64(bound - 1), threadCount: reader.threadCount) {
      return codes
    }
    return try reader.converted(codes, validity, .codeOutsideDictionary) { code in
      code >= 0 && code < bound ? code : nil
    }
  }

  /// Other codes than the file's, since the dictionary holds a text twice, or null.
  private func recoded(
    _ texts: ArrowDictionary.Texts, _ encoding: ArrowField.Dictionary, _ bound: Int
  ) throws -> Column {
    guard let known = texts.codes else { preconditionFailure("there are other codes") }
    func codes<T: FixedWidthInteger & BitwiseCopyable & Sendable>(_ type: T.Type) throws
      -> Buffer<Int32>
    {
      try reader.converted(reader.values(type), validity, .codeOutsideDictionary) { code in
        code >= 0 && code < bound ? known[Int(code)] : nil
      }
    }
    let codes =
      switch encoding.bits {
      case 8: try codes(UInt8.self)
      case 16: try codes(UInt16.self)
      case 32: try codes(UInt32.self)
      default: try codes(UInt64.self)
      }
    let count = reader.count
    let bits = try Bitmap(count: count, budget: reader.bytes.budget)
    for row in 0..<count where validity?[row] ?? true {
      if codes[row] >= 0 { bits.set(row) }
    }
    for row in 0..<count where codes[row] < 0 { codes[row] = 0 }
    return Column(
      type: .text, count: count, storage: .codes32(codes, texts.dictionary), validity: bits)
  }
}

/// Reads lists of texts.
private struct ArrowLists {
  let bytes: ArrowBytes
  let isLarge: Bool
  let layout: ArrowType.TextLayout

  /// Lists of a single piece stay where they are.
  func storage(_ pieces: [ArrowPiece]) throws -> Column.Storage {
    let texts = ArrowTexts(bytes: bytes, layout: layout)
    if pieces.count == 1 {
      let offsets = try offsets(of: pieces[0], texts)
      return .list(offsets: offsets, try texts.block(pieces[0].elements))
    }
    let offsets = try GrowingBuffer<Int64>(budget: bytes.budget)
    let builder = try TextBlockBuilder(budget: bytes.budget)
    try offsets.append(0)
    for piece in pieces {
      let own = try self.offsets(of: piece, texts)
      let block = try texts.block(piece.elements)
      for row in 0..<piece.count {
        for element in Int(own[row])..<Int(own[row + 1]) { try builder.append(block[element]) }
        try offsets.append(Int64(builder.count))
      }
    }
    return .list(offsets: try offsets.finished(), try builder.finished())
  }

  private func offsets(of piece: ArrowPiece, _ texts: ArrowTexts) throws -> Buffer<Int64> {
    let offsets = try texts.offsets(piece.buffers[0], count: piece.count, isLarge: isLarge)
    try texts.check(offsets, limit: piece.elements[0].count)
    guard piece.elements[0].nullCount == 0 else {
      throw ArrowColumnFailure.problem(.nullInList, row: nil)
    }
    return offsets
  }
}
