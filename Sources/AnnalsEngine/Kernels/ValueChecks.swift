/// What must hold of values that come from elsewhere, looked at as a whole.
package enum ValueChecks {
  /// The least and the greatest value; nil if there are none.
  package static func limits<T: FixedWidthInteger & BitwiseCopyable>(
    _ values: Span<T>
  ) -> (least: T, greatest: T)? {
    guard values.count > 0 else { return nil }
    var least = T.max
    var greatest = T.min
    for index in values.indices {
      least = min(least, values[index])
      greatest = max(greatest, values[index])
    }
    return (least, greatest)
  }

  /// The first place whose value is less than the one before it; nil if none is.
  package static func firstDescent<T: FixedWidthInteger & BitwiseCopyable>(
    _ values: Span<T>
  ) -> Int? {
    guard values.count > 1 else { return nil }
    // Blocks without a way out in the middle are compared many values at a time.
    let blockSize = 1024
    var start = 1
    while start < values.count {
      let end = min(start + blockSize, values.count)
      var descends = false
      for index in start..<end { descends = descends || values[index] < values[index - 1] }
      if descends { return (start..<end).first { values[$0] < values[$0 - 1] } }
      start = end
    }
    return nil
  }

  /// Whether the bytes are UTF-8.
  package static func isUTF8(_ bytes: Span<UInt8>) -> Bool {
    (try? UTF8Span(validating: bytes)) != nil
  }
}
