import CAnnalsKernels

/// Finds texts within texts, byte by byte.
enum TextSearch {
  // Plain form:  for place in start... where occurs(part, in: whole, at: place) { return place }
  // Trick:       64 places at a time are looked at for the two bytes of the part that are the rarest
  //              in text, since most false hits come from common letters.
  // Measured:    8x the plain form on 800 MB of text, which is what the memory gives (bench q7).
  // Remove when: the plain form comes within 1.5x on that bench.
  /// Where a part next stands from a byte on; nil if nowhere. An empty part stands everywhere.
  ///
  /// - Parameter isPortable: Goes place by place, as processors without such instructions do.
  static func next(
    _ part: Span<UInt8>, in whole: Span<UInt8>, from start: Int, isPortable: Bool = false
  ) -> Int? {
    guard part.count > 0 else { return start <= whole.count ? start : nil }
    precondition(start >= 0, "a search begins at a byte")
    let found = unsafe part.withUnsafeBufferPointer { part in
      unsafe whole.withUnsafeBufferPointer { whole -> Int64 in
        guard let bytes = whole.baseAddress, let wanted = part.baseAddress else { return -1 }
        // SAFETY: both hold as many bytes as is said, and the kernel reads none past them.
        return unsafe annals_search(
          wanted, Int64(part.count), bytes, Int64(whole.count), Int64(start), isPortable)
      }
    }
    return found < 0 ? nil : Int(found)
  }
}
