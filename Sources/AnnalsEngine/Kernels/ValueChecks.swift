/// What must hold of values that come from elsewhere, looked at as a whole.
package enum ValueChecks {
  /// The first place whose value is less than the one before it; nil if none is.
  package static func firstDescent(_ values: Span<Int64>) -> Int? {
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
