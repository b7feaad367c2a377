import CAnnalsKernels

/// Finds the one value among codes.
enum EqualLanes {
  // Plain form:  for index in 0..<count where values[first + index] == wanted { keep(index) }
  // Trick:       64 values at a time give a word of bits; a word without any, as most are where the
  //              value is rare, costs no look at its bits.
  // Measured:    7x the plain form where one code of 8 bits in 200 is wanted (bench q3).
  // Remove when: the plain form comes within 1.5x on that bench.
  /// Writes the places of the rows from `firstRow` on whose code is wanted.
  ///
  /// - Parameter isPortable: Compares value by value, as processors without such instructions do.
  /// - Returns: How many there are.
  static func indexes(
    of wanted: Int32, in lanes: IntegerLanes, _ validity: Bitmap?, from firstRow: Int, count: Int,
    into kept: Buffer<Int32>, isPortable: Bool = false
  ) -> Int {
    func found<T: FixedWidthInteger & BitwiseCopyable & Sendable>(
      _ values: Buffer<T>, _ bits: (UnsafePointer<T>) -> UInt64
    ) -> Int {
      let rows = values.span.extracting(firstRow..<firstRow + count)
      var target = kept.mutableSpan
      var (found, start) = (0, 0)
      while start + 64 <= count {
        let block = rows.extracting(start..<start + 64)
        // SAFETY: the block holds the 64 values that the kernel reads.
        var word = unsafe block.withUnsafeBufferPointer { block -> UInt64 in
          guard let first = block.baseAddress else { return 0 }
          return unsafe bits(first)
        }
        if let validity { word &= validity.word(from: firstRow + start) }
        found = Words.writePlaces(of: word, from: start, to: &target, at: found)
        start += 64
      }
      for index in start..<count where Int64(rows[index]) == Int64(wanted) {
        guard validity.map({ $0[firstRow + index] }) ?? true else { continue }
        target[found] = Int32(truncatingIfNeeded: index)
        found += 1
      }
      return found
    }
    switch lanes {
    case .unsigned8(let values):
      guard let wanted = UInt8(exactly: wanted) else { return 0 }
      return unsafe found(values) { unsafe annals_equal_8($0, wanted, isPortable) }
    case .unsigned16(let values):
      guard let wanted = UInt16(exactly: wanted) else { return 0 }
      return unsafe found(values) { unsafe annals_equal_16($0, wanted, isPortable) }
    case .signed32(let values):
      return unsafe found(values) { unsafe annals_equal_32($0, wanted, isPortable) }
    case .signed8, .signed16, .signed64: preconditionFailure("codes are stored in other lanes")
    }
  }
}
