/// Joins that look rows of the right up by the codes of a dictionary on the left.
///
/// Each text of the dictionary is matched once. Rows of the left then pass on without being copied,
/// and columns of the right are read through their codes, where they are read at all.
extension Executor {
  /// The left key as a column with a dictionary, and the key for each of its texts, and last for null.
  struct CodedKey {
    let codes: Column
    let values: Column
  }

  /// The left key of a join by its codes; nil where it has none, or too many to be worth it.
  func codedKey(
    _ left: Pipeline, _ kind: JoinKind, _ keys: [JoinKey]
  ) throws(EngineError) -> CodedKey? {
    guard joinsByCode, kind != .full, keys.count == 1 else { return nil }
    let preparation = preparation(left)
    switch try preparation.prepared(keys[0].left) {
    case .column(let codes):
      guard let dictionary = codes.dictionary, dictionary.count <= max(left.rowCount, 64),
        dictionary.count < KeyCode.numberLimit
      else { return nil }
      return CodedKey(codes: codes, values: try preparation.texts(of: dictionary))
    case .lookup(.column(let codes), let values, origin: 0):
      guard let dictionary = codes.dictionary, dictionary.count + 1 == values.count,
        dictionary.count < KeyCode.numberLimit
      else { return nil }
      return CodedKey(codes: codes, values: values)
    default: return nil
    }
  }

  /// The left with what matches looked up; nil where a row of it meets several of the right.
  func joined(
    _ left: Pipeline, by key: CodedKey, _ right: Side, _ kind: JoinKind, types: [ValueType]
  ) throws(EngineError) -> Pipeline? {
    let matcher = try RowMatcher(
      left: [key.values], right: right.expressions, rightCount: right.slots.rowCount, context)
    let rows = try Buffer<Int32>(count: key.values.count, budget: context.budget)
    var meetsSeveral = false
    try matcher.eachLeft(rowCount: rows.count) { number, match in
      rows[number] = match
      if match >= 0, matcher.next[Int(match)] >= 0 { meetsSeveral = true }
    }
    if kind.hasRight && meetsSeveral { return nil }
    var pipeline = left
    pipeline.types = types
    if kind.hasRight {
      for column in right.slots.columns {
        guard let column else {
          pipeline.slots.append(.absent)
          continue
        }
        let answers = try column.gatheredOrNull(rows, budget: context.budget)
        pipeline.slots.append(.lookup(key.codes, answers, origin: 0))
      }
    }
    if kind != .left { try keep(kind, of: &pipeline, key.codes, rows) }
    return pipeline
  }

  /// Has a pipeline keep the rows that the join does, going by the matches of their codes.
  private func keep(
    _ kind: JoinKind, of pipeline: inout Pipeline, _ codes: Column, _ matches: Buffer<Int32>
  ) throws(EngineError) {
    let wanted = try Buffer<UInt8>(count: matches.count, budget: context.budget)
    var keepsAll = true
    for number in 0..<matches.count {
      wanted[number] = (matches[number] >= 0) == (kind != .anti) ? 1 : 0
      let isNull = number == matches.count - 1
      if wanted[number] == 0, !isNull || codes.validity != nil { keepsAll = false }
    }
    if keepsAll { return }
    guard let code = try KeyCode(.column(codes), type: codes.type, context: context) else {
      preconditionFailure("a column with a dictionary has codes")
    }
    pipeline.steps.append(.filter(.codes(code, wanted)))
    pipeline.keepsAllRows = false
  }
}

extension Column {
  /// For rows of a column the distances of its codes or whole numbers from an origin, which fit, and for
  /// null the number given.
  ///
  /// - Parameter rows: nil for all.
  func distances(
    at rows: Buffer<Int32>?, from origin: Int64, nullNumber: Int, budget: MemoryBudget
  ) throws(EngineError) -> Buffer<Int32> {
    let numbers = try Buffer<Int32>(count: rows?.count ?? count, budget: budget)
    guard let lanes = integerLanes else { return numbers }
    if let rows {
      CodeLoops.load(lanes, at: rows, origin: origin, into: numbers, count: numbers.count)
    } else {
      CodeLoops.load(lanes, from: 0, origin: origin, into: numbers, count: numbers.count)
    }
    if let validity {
      CodeLoops.setNulls(
        validity, from: 0, rows: rows, to: Int32(nullNumber), in: numbers, count: numbers.count)
    }
    return numbers
  }
}
