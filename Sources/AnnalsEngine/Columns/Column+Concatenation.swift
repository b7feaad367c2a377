extension Column {
  /// Columns of one type put one after another.
  static func concatenated(_ parts: [Column], budget: MemoryBudget) throws(EngineError) -> Column {
    if parts.count == 1 { return parts[0] }
    if let storage = try joinedStorage(parts, budget) {
      return Column(
        type: parts[0].type, count: parts.reduce(0) { $0 + $1.count }, storage: storage,
        validity: try joinedValidity(parts, budget))
    }
    if let dictionary = parts[0].dictionary, parts.allSatisfy({ $0.dictionary === dictionary }) {
      return try concatenated(parts, of: dictionary, budget: budget)
    }
    let builder = try ColumnBuilder(
      type: parts[0].type, target: parts[0].target, budget: budget)
    for part in parts { try builder.append(all: part) }
    return try builder.finished()
  }

  /// Text columns of one dictionary put one after another.
  private static func concatenated(
    _ parts: [Column], of dictionary: TextDictionary, budget: MemoryBudget
  ) throws(EngineError) -> Column {
    let total = parts.reduce(0) { $0 + $1.count }
    let codes = try Buffer<Int32>(count: total, budget: budget)
    let known = try Bitmap(count: total, budget: budget)
    var offset = 0
    for part in parts {
      for row in 0..<part.count {
        if row & 0xFFFF == 0 { try budget.checkStop() }
        if part.isNull(row) { continue }
        codes[offset + row] = Int32(part.textLocation(row)?.index ?? 0)
        known.set(offset + row)
      }
      offset += part.count
    }
    return Column(
      type: .text, count: total, storage: .codes32(codes, dictionary), validity: known)
  }

  // MARK: Columns that are stored alike

  /// The values of columns that are stored alike, copied as they are; nil where they are not.
  private static func joinedStorage(
    _ parts: [Column], _ budget: MemoryBudget
  ) throws(EngineError) -> Storage? {
    func joined<T: BitwiseCopyable & Sendable>(
      _ buffer: (Storage) -> Buffer<T>?
    ) throws(EngineError) -> Buffer<T>? {
      let buffers = parts.compactMap { buffer($0.storage) }
      guard buffers.count == parts.count else { return nil }
      let result = try Buffer<T>(count: parts.reduce(0) { $0 + $1.count }, budget: budget)
      var offset = 0
      for (part, buffer) in zip(parts, buffers) {
        try result.copy(from: buffer, 0..<part.count, at: offset, budget)
        offset += part.count
      }
      return result
    }
    switch parts[0].storage {
    case .boolean:
      let bits = parts.compactMap { part in
        if case .boolean(let bits) = part.storage { bits } else { nil }
      }
      guard bits.count == parts.count else { return nil }
      return .boolean(try joinedBits(bits, parts, budget))
    case .int8:
      return try joined { if case .int8(let own) = $0 { own } else { nil } }.map { .int8($0) }
    case .int16:
      return try joined { if case .int16(let own) = $0 { own } else { nil } }.map { .int16($0) }
    case .int32:
      return try joined { if case .int32(let own) = $0 { own } else { nil } }.map { .int32($0) }
    case .int64:
      return try joined { if case .int64(let own) = $0 { own } else { nil } }.map { .int64($0) }
    case .double:
      return try joined { if case .double(let own) = $0 { own } else { nil } }.map { .double($0) }
    case .codes8(_, let all):
      return try joined {
        if case .codes8(let own, let other) = $0, other === all { own } else { nil }
      }.map { .codes8($0, all) }
    case .codes16(_, let all):
      return try joined {
        if case .codes16(let own, let other) = $0, other === all { own } else { nil }
      }.map { .codes16($0, all) }
    case .codes32(_, let all):
      return try joined {
        if case .codes32(let own, let other) = $0, other === all { own } else { nil }
      }.map { .codes32($0, all) }
    case .reference(_, let target):
      return try joined {
        if case .reference(let own, let other) = $0, other === target { own } else { nil }
      }.map { .reference($0, target) }
    case .text:
      let blocks = parts.compactMap { part in
        if case .text(let block) = part.storage { block } else { nil }
      }
      guard blocks.count == parts.count else { return nil }
      return .text(try joinedTexts(blocks, parts, budget))
    case .list: return nil
    }
  }

  private static func joinedTexts(
    _ blocks: [TextBlock], _ parts: [Column], _ budget: MemoryBudget
  ) throws(EngineError) -> TextBlock {
    let total = parts.reduce(0) { $0 + $1.count }
    let offsets = try Buffer<Int64>(count: total + 1, budget: budget)
    var row = 0
    var end: Int64 = 0
    for (block, part) in zip(blocks, parts) {
      let source = block.offsets.span
      var target = offsets.mutableSpan
      let shift = end - source[0]
      for indices in Parts(below: part.count) {
        try budget.checkStop()
        for index in indices { target[row + index + 1] = source[index + 1] + shift }
      }
      row += part.count
      end = source[part.count] + shift
    }
    let bytes = try Buffer<UInt8>(count: Int(end), budget: budget)
    var offset = 0
    for (block, part) in zip(blocks, parts) {
      let own = Int(block.offsets[0])..<Int(block.offsets[part.count])
      try bytes.copy(from: block.bytes, own, at: offset, budget)
      offset += own.count
    }
    return TextBlock(offsets: offsets, bytes: bytes)
  }

  private static func joinedValidity(
    _ parts: [Column], _ budget: MemoryBudget
  ) throws(EngineError) -> Bitmap? {
    guard parts.contains(where: { $0.validity != nil }) else { return nil }
    var known: [Bitmap] = []
    for part in parts {
      if let validity = part.validity {
        known.append(validity)
      } else {
        known.append(try Bitmap(repeating: true, count: part.count, budget: budget))
      }
    }
    return try joinedBits(known, parts, budget)
  }

  private static func joinedBits(
    _ bits: [Bitmap], _ parts: [Column], _ budget: MemoryBudget
  ) throws(EngineError) -> Bitmap {
    let result = try Bitmap(count: parts.reduce(0) { $0 + $1.count }, budget: budget)
    let words = result.words
    var offset = 0
    for (bitmap, part) in zip(bits, parts) {
      let source = bitmap.words.span
      var target = words.mutableSpan
      for start in stride(from: 0, to: part.count, by: 64) {
        if start & 0xFFFF == 0 { try budget.checkStop() }
        let count = min(64, part.count - start)
        let word = source[start >> 6] & (count == 64 ? .max : (1 << UInt64(count)) - 1)
        let place = offset + start
        target[place >> 6] |= word << UInt64(place & 63)
        // What does not fit goes on in the next word.
        if place & 63 + count > 64 { target[place >> 6 + 1] |= word >> UInt64(64 - place & 63) }
      }
      offset += part.count
    }
    return result
  }
}

extension Buffer {
  /// Copies some values of another buffer to `offset`, and asks on the way whether to go on.
  fileprivate func copy(
    from other: Buffer<Element>, _ range: Range<Int>, at offset: Int, _ budget: MemoryBudget
  ) throws(EngineError) {
    for part in Parts(of: range) {
      try budget.checkStop()
      let place = offset + part.lowerBound - range.lowerBound
      copy(from: other, start: part.lowerBound, count: part.count, at: place)
    }
  }
}

extension ColumnBuilder {
  /// Appends every value of a column of the same type.
  fileprivate func append(all column: Column) throws(EngineError) {
    if let dictionary = column.dictionary { return try append(all: column, dictionary) }
    for row in 0..<column.count {
      if row & 0xFF == 0 { try budget.checkStop() }
      if column.isNull(row) {
        try appendNull()
      } else if let location = column.textLocation(row) {
        let block = location.block
        try append(text: block[location.index])
      } else {
        switch column.storage {
        case .double(let values): try append(values[row])
        case .boolean(let bits): try append(bits[row])
        case .list:
          guard let list = column.listLocation(row) else { continue }
          try append(list: list.texts, list.range)
        default: try append(column.integer(row))
        }
      }
    }
  }

  /// Each text of the dictionary is looked for once.
  private func append(
    all column: Column, _ dictionary: TextDictionary
  ) throws(EngineError) {
    // Own code + 1, or 0 where it is not known yet.
    let own = try Buffer<Int32>(count: dictionary.count, budget: budget)
    let texts = dictionary.texts
    for row in 0..<column.count {
      if row & 0xFF == 0 { try budget.checkStop() }
      guard !column.isNull(row), let code = column.textLocation(row)?.index else {
        try appendNull()
        continue
      }
      if own[code] == 0 { own[code] = Int32(try self.code(of: texts[code])) + 1 }
      try append(code: Int(own[code]) - 1)
    }
  }
}
