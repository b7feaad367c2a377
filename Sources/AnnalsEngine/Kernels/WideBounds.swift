import CAnnalsKernels

/// Finds the least and the greatest of whole numbers.
enum WideBounds {
  // Plain form:  for index in values.indices { least = min(…); greatest = max(…) }
  // Trick:       wider instructions where the processor has them: SSE2 knows no least of 32 or 64 bits.
  // Measured:    3x the plain form on 40 MB of days, which is what the memory gives (bench open).
  // Remove when: the plain form comes within 1.5x on that bench.
  /// - Parameter isPortable: Without such instructions.
  static func of(_ values: Span<Int32>, isPortable: Bool = false) -> ClosedRange<Int64> {
    unsafe values.withUnsafeBufferPointer { values in
      guard let first = values.baseAddress else { return 0...0 }
      // SAFETY: `count` values stand from `first` on, at least one.
      let found = unsafe annals_bounds_32(first, Int64(values.count), isPortable)
      return found.least...found.greatest
    }
  }

  /// As for 32 bits.
  static func of(_ values: Span<Int64>, isPortable: Bool = false) -> ClosedRange<Int64> {
    unsafe values.withUnsafeBufferPointer { values in
      guard let first = values.baseAddress else { return 0...0 }
      // SAFETY: as above.
      let found = unsafe annals_bounds_64(first, Int64(values.count), isPortable)
      return found.least...found.greatest
    }
  }
}
