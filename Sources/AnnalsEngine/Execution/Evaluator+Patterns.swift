extension Evaluator {
  /// How many steps the search in one text may take, and how many more for each of its bytes.
  private static let stepLimits = (base: 1_000_000, perByte: 16)
  /// After how many steps the stop flag is asked.
  private static let stepsBetweenPolls = 100_000

  /// `matches`.
  func matched(
    _ operands: [Vector], _ batch: Batch, _ active: Buffer<UInt64>?, _ place: FormulaPlace
  ) throws(EngineError) -> Vector {
    let wholes = try textLanes(operands[0], batch)
    let patterns = try textLanes(operands[1], batch)
    let known = try validity(of: operands, batch)
    let result = try scratch.takeWords()
    Words.fill(result, 0, count: batch.wordCount)
    // A written pattern, or one that rows share, is read once.
    var latest: Range<Int>?
    var matcher: LuaPatternMatcher?
    var steps = 0
    for row in 0..<batch.count where known.isSet(row) && active.isSet(row) {
      let whole = wholes.bytes.span.extracting(wholes.text(row))
      let pattern = patterns.text(row)
      if pattern != latest {
        matcher = try self.matcher(patterns.bytes, pattern, batch.sourceRow(row) + 1, place)
        latest = pattern
      }
      let limit = Self.stepLimits.base + Self.stepLimits.perByte * whole.count
      switch matcher?.answer(whole, stepLimit: limit) {
      case .found?: result[row >> 6] |= 1 << UInt64(row & 63)
      case .absent?, nil: break
      case .unclear?:
        let text = String(decoding: patterns.bytes.span.extracting(pattern))
        throw .row(.patternTooSlow(text), row: batch.sourceRow(row) + 1, place)
      }
      steps += matcher?.steps ?? 0
      if steps > Self.stepsBetweenPolls {
        try scratch.budget.checkStop()
        steps = 0
      }
    }
    return Vector(lanes: .booleans(result), validity: known)
  }

  private func matcher(
    _ bytes: Buffer<UInt8>, _ pattern: Range<Int>, _ row: Int, _ place: FormulaPlace
  ) throws(EngineError) -> LuaPatternMatcher {
    let text = bytes.span.extracting(pattern)
    do throws(LuaPattern.Problem) {
      return LuaPatternMatcher(try LuaPattern(text))
    } catch {
      throw .row(
        .malformedPattern(String(decoding: text), reason: error.reason), row: row, place)
    }
  }
}
