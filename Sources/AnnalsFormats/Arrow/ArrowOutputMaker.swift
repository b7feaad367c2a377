import AnnalsEngine

/// Brings columns into the one form that a file has for their values, whatever computed them.
///
/// Values under a null are 0 or empty, whole numbers are as narrow as they allow, and codes number the
/// texts by first appearance, with no text that does not occur. What has that form already is not
/// copied.
struct ArrowOutputMaker {
  let budget: MemoryBudget

  func output(_ name: String, _ column: Column) throws(EngineError) -> ArrowOutput {
    switch column.type {
    case .boolean: return try plain(name, .boolean, try bits(column), column)
    case .number: return try plain(name, .number, try numbers(column), column)
    case .day: return try plain(name, .day, try integers(column, as: Int32.self), column)
    case .time: return try plain(name, .time, try integers(column, as: Int64.self), column)
    case .integer: return try integers(name, column)
    case .text: return try texts(name, column)
    case .list: return try list(name, column)
    case .reference, .figure:
      preconditionFailure("references are written as keys, figures as three columns")
    }
  }

  private func plain(
    _ name: String, _ type: WrittenType, _ part: ArrowOutput.Part, _ column: Column
  ) throws(EngineError) -> ArrowOutput {
    ArrowOutput(
      name: name, type: type, values: values(column, [part]), dictionary: nil)
  }

  private func values(_ column: Column, _ parts: [ArrowOutput.Part?]) -> ArrowOutput.Values {
    let nullCount = column.nullCount
    var validity: ArrowOutput.Part?
    if nullCount > 0, let bits = column.validity { validity = part(bits) }
    return ArrowOutput.Values(
      count: column.count, nullCount: nullCount, parts: [validity] + parts)
  }

  private func part(_ bits: Bitmap) -> ArrowOutput.Part {
    ArrowOutput.Part(memory: SharedMemory(bits.words), byteCount: (bits.count + 7) / 8)
  }

  private func part<T>(_ buffer: Buffer<T>) -> ArrowOutput.Part {
    let memory = SharedMemory(buffer)
    return ArrowOutput.Part(memory: memory, byteCount: memory.byteCount)
  }

  // MARK: Numbers

  private func bits(_ column: Column) throws(EngineError) -> ArrowOutput.Part {
    guard case .boolean(let bits) = column.storage else { throw Self.wrongLayout }
    guard let validity = column.validity else { return part(bits) }
    let clean = try Bitmap(count: column.count, budget: budget)
    for index in 0..<(column.count + 63) / 64 {
      clean.words[index] = bits.words[index] & validity.words[index]
    }
    return part(clean)
  }

  private func numbers(_ column: Column) throws(EngineError) -> ArrowOutput.Part {
    guard case .double(let values) = column.storage else { throw Self.wrongLayout }
    return part(try clean(values, column, none: 0))
  }

  private func integers(_ name: String, _ column: Column) throws(EngineError) -> ArrowOutput {
    var least: Int64 = 0
    var greatest: Int64 = 0
    for row in 0..<column.count where !column.isNull(row) {
      let value = column.integer(row)
      least = min(least, value)
      greatest = max(greatest, value)
    }
    func output<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
      _ type: T.Type
    ) throws(EngineError) -> ArrowOutput? {
      guard T(exactly: least) != nil, T(exactly: greatest) != nil else { return nil }
      return try plain(
        name, .integer(bits: T.bitWidth), try integers(column, as: type), column)
    }
    if let narrow = try output(Int8.self) { return narrow }
    if let narrow = try output(Int16.self) { return narrow }
    if let narrow = try output(Int32.self) { return narrow }
    return try plain(
      name, .integer(bits: 64), try integers(column, as: Int64.self), column)
  }

  /// Whole numbers that are known to fit a type.
  private func integers<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ column: Column, as _: T.Type
  ) throws(EngineError) -> ArrowOutput.Part {
    switch column.storage {
    case .int8(let values as Buffer<T>): return part(try clean(values, column, none: 0))
    case .int16(let values as Buffer<T>): return part(try clean(values, column, none: 0))
    case .int32(let values as Buffer<T>): return part(try clean(values, column, none: 0))
    case .int64(let values as Buffer<T>): return part(try clean(values, column, none: 0))
    default:
      let result = try Buffer<T>(count: column.count, budget: budget)
      for row in 0..<column.count where !column.isNull(row) {
        result[row] = T(truncatingIfNeeded: column.integer(row))
      }
      return part(result)
    }
  }

  /// The values with `none` under nulls.
  private func clean<T: BitwiseCopyable & Sendable & Equatable>(
    _ values: Buffer<T>, _ column: Column, none: T
  ) throws(EngineError) -> Buffer<T> {
    guard let validity = column.validity else { return values }
    let source = values.span
    var isClean = true
    for row in source.indices where !validity[row] { isClean = isClean && source[row] == none }
    if isClean { return values }
    let result = try Buffer<T>(count: values.count, budget: budget)
    var target = result.mutableSpan
    for row in source.indices { target[row] = validity[row] ? source[row] : none }
    return result
  }

  // MARK: Texts

  private func texts(_ name: String, _ column: Column) throws(EngineError) -> ArrowOutput {
    switch column.storage {
    case .codes8(let codes, let dictionary): try coded(name, codes, dictionary, column)
    case .codes16(let codes, let dictionary): try coded(name, codes, dictionary, column)
    case .codes32(let codes, let dictionary): try coded(name, codes, dictionary, column)
    case .text(let block):
      ArrowOutput(
        name: name, type: .text, values: values(column, parts(try whole(block, column))),
        dictionary: nil)
    default: throw Self.wrongLayout
    }
  }

  private func coded<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ name: String, _ codes: Buffer<T>, _ dictionary: TextDictionary, _ column: Column
  ) throws(EngineError) -> ArrowOutput {
    // The new code of each old one, -1 for one that was not met yet.
    let order = try Buffer<Int32>(count: dictionary.count, budget: budget)
    for code in 0..<dictionary.count { order[code] = -1 }
    let firsts = try GrowingBuffer<Int32>(budget: budget)
    for row in 0..<column.count where !column.isNull(row) {
      let code = Int(codes[row])
      guard order[code] < 0 else { continue }
      order[code] = Int32(firsts.count)
      try firsts.append(Int32(code))
    }
    let count = firsts.count
    var isOrdered = count == dictionary.count
    for code in 0..<count where isOrdered { isOrdered = Int(firsts[code]) == code }
    var texts = dictionary.texts
    if !isOrdered {
      let builder = try TextBlockBuilder(budget: budget)
      let known = dictionary.texts
      for code in 0..<count { try builder.append(known[Int(firsts[code])]) }
      texts = try builder.finished()
    }
    func written<U: FixedWidthInteger & BitwiseCopyable & Sendable>(
      _: U.Type
    ) throws(EngineError) -> ArrowOutput.Part {
      if isOrdered, let same = codes as? Buffer<U> { return part(try clean(same, column, none: 0)) }
      let result = try Buffer<U>(count: column.count, budget: budget)
      for row in 0..<column.count where !column.isNull(row) {
        result[row] = U(truncatingIfNeeded: order[Int(codes[row])])
      }
      return part(result)
    }
    let bits = count <= 1 << 8 ? 8 : count <= 1 << 16 ? 16 : 32
    let codesPart =
      switch bits {
      case 8: try written(UInt8.self)
      case 16: try written(UInt16.self)
      default: try written(Int32.self)
      }
    return ArrowOutput(
      name: name, type: .codes(bits: bits, isSigned: bits == 32 || count <= 1 << (bits - 1)),
      values: values(column, [codesPart]),
      dictionary: ArrowOutput.Values(count: count, parts: [nil] + parts(try whole(texts, nil))))
  }

  /// The offsets and bytes of texts.
  private func parts(_ block: TextBlock) -> [ArrowOutput.Part?] {
    [part(block.offsets), part(block.bytes)]
  }

  /// Texts that begin at the first byte, end at the last, and are empty where the column is null.
  private func whole(_ block: TextBlock, _ column: Column?) throws(EngineError) -> TextBlock {
    var isWhole = block.offsets[0] == 0 && Int(block.offsets[block.count]) == block.bytes.count
    if let column, column.validity != nil {
      for row in 0..<block.count where column.isNull(row) {
        isWhole = isWhole && block.length(row) == 0
      }
    }
    if isWhole { return block }
    let builder = try TextBlockBuilder(budget: budget)
    for row in 0..<block.count {
      let isNull = column?.isNull(row) ?? false
      if isNull { try builder.append("") } else { try builder.append(block[row]) }
    }
    return try builder.finished()
  }

  private func list(_ name: String, _ column: Column) throws(EngineError) -> ArrowOutput {
    guard case .list(var offsets, var texts) = column.storage else { throw Self.wrongLayout }
    var isWhole = offsets[0] == 0 && Int(offsets[column.count]) == texts.count
    for row in 0..<column.count where column.isNull(row) {
      isWhole = isWhole && offsets[row] == offsets[row + 1]
    }
    if !isWhole {
      let newOffsets = try Buffer<Int64>(count: column.count + 1, budget: budget)
      let builder = try TextBlockBuilder(budget: budget)
      for row in 0..<column.count {
        if !column.isNull(row) {
          for element in Int(offsets[row])..<Int(offsets[row + 1]) {
            try builder.append(texts[element])
          }
        }
        newOffsets[row + 1] = Int64(builder.count)
      }
      offsets = newOffsets
      texts = try builder.finished()
    }
    var values = values(column, [part(offsets)])
    values.elements = [
      ArrowOutput.Values(count: texts.count, parts: [nil] + parts(try whole(texts, nil)))
    ]
    return ArrowOutput(name: name, type: .list, values: values, dictionary: nil)
  }

  private static let wrongLayout = EngineError.misuse(
    "a column has another layout than its type says", fix: nil)
}
