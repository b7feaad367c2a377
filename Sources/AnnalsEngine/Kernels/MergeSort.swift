/// A stable sort of row numbers.
package enum MergeSort {
  /// Sorts in place; `precedes` says whether one row must come before another.
  ///
  /// - Parameter budget: Asked for each run and each 65,536 rows of one whether to go on.
  package static func sort(
    _ rows: Buffer<Int32>, budget: MemoryBudget,
    precedes: (Int, Int) -> Bool
  ) throws(EngineError) {
    var source = rows
    var target = try Buffer<Int32>(count: rows.count, budget: budget)
    var width = 1
    while width < rows.count {
      var start = 0
      while start < rows.count {
        try budget.checkStop()
        try merge(source, into: target, start, width, budget, precedes)
        start += 2 * width
      }
      swap(&source, &target)
      width *= 2
    }
    if source !== rows { rows.copy(from: source, start: 0, count: rows.count, at: 0) }
  }

  private static func merge(
    _ source: Buffer<Int32>, into target: Buffer<Int32>, _ start: Int, _ width: Int,
    _ budget: MemoryBudget, _ precedes: (Int, Int) -> Bool
  ) throws(EngineError) {
    let middle = min(start + width, source.count)
    let end = min(start + 2 * width, source.count)
    let from = source.span
    var to = target.mutableSpan
    var left = start
    var right = middle
    for index in start..<end {
      if (index - start + 1) & 0xFFFF == 0 { try budget.checkStop() }
      // The left one goes first unless the right one must precede it: that keeps ties in order.
      let takesRight =
        left >= middle || (right < end && precedes(Int(from[right]), Int(from[left])))
      to[index] = takesRight ? from[right] : from[left]
      if takesRight { right += 1 } else { left += 1 }
    }
  }
}
