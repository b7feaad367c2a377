/// Values of one scalar type, one a row, in Arrow's memory layout. Immutable once made.
///
/// A figure is no column of its own but three of numbers (``Field/width``).
package struct Column: Sendable {
  /// The physical layout. Integers are kept as narrow as their range allows.
  package enum Storage: Sendable {
    case boolean(Bitmap)
    case int8(Buffer<Int8>)
    case int16(Buffer<Int16>)
    case int32(Buffer<Int32>)
    case int64(Buffer<Int64>)
    case double(Buffer<Double>)
    case codes8(Buffer<UInt8>, TextDictionary)
    case codes16(Buffer<UInt16>, TextDictionary)
    case codes32(Buffer<Int32>, TextDictionary)
    case text(TextBlock)
    /// List `i` holds the texts from `offsets[i]` to `offsets[i + 1]`.
    case list(offsets: Buffer<Int64>, TextBlock)
    case reference(Buffer<Int32>, ReferenceTarget)
  }

  package let type: ValueType
  package let count: Int
  package let storage: Storage
  /// A bit for each row that has a value; nil where none is null. What stands under a 0 means
  /// nothing, but is safe to read.
  package let validity: Bitmap?

  package init(type: ValueType, count: Int, storage: Storage, validity: Bitmap?) {
    precondition(type != .figure, "a figure is made of three columns")
    self.type = type
    self.count = count
    self.storage = storage
    self.validity = validity
  }

  package func isNull(_ row: Int) -> Bool {
    guard let validity else { return false }
    return !validity[row]
  }

  package var nullCount: Int {
    guard let validity else { return 0 }
    return count - validity.population
  }

  /// One value; slow, for single cells.
  package func value(_ row: Int) -> Value {
    if isNull(row) { return .null }
    switch storage {
    case .boolean(let bits): return .boolean(bits[row])
    case .int8, .int16, .int32, .int64: return integerValue(integer(row))
    case .double(let values): return .number(values[row])
    case .codes8, .codes16, .codes32, .text: return .text(text(row))
    case .list(let offsets, let texts):
      return .list((Int(offsets[row])..<Int(offsets[row + 1])).map { texts.string($0) })
    case .reference(let rows, let target):
      return .reference(target.reference(row: Int(rows[row])))
    }
  }

  /// The whole number behind an integer, day, time or reference; 0 for other layouts.
  package func integer(_ row: Int) -> Int64 {
    switch storage {
    case .int8(let values): Int64(values[row])
    case .int16(let values): Int64(values[row])
    case .int32(let values): Int64(values[row])
    case .int64(let values): values[row]
    case .reference(let rows, _): Int64(rows[row])
    default: 0
    }
  }

  /// Where a text stands; nil for what is no text column.
  package func textLocation(_ row: Int) -> (block: TextBlock, index: Int)? {
    switch storage {
    case .codes8(let codes, let dictionary): (dictionary.texts, Int(codes[row]))
    case .codes16(let codes, let dictionary): (dictionary.texts, Int(codes[row]))
    case .codes32(let codes, let dictionary): (dictionary.texts, Int(codes[row]))
    case .text(let block): (block, row)
    default: nil
    }
  }

  /// Where the texts of a list stand; nil for what is no list column.
  package func listLocation(_ row: Int) -> (texts: TextBlock, range: Range<Int>)? {
    guard case .list(let offsets, let texts) = storage else { return nil }
    return (texts, Int(offsets[row])..<Int(offsets[row + 1]))
  }

  /// The dictionary of a text column that has one.
  package var dictionary: TextDictionary? {
    switch storage {
    case .codes8(_, let dictionary), .codes16(_, let dictionary), .codes32(_, let dictionary):
      dictionary
    default: nil
    }
  }

  private func text(_ row: Int) -> String {
    guard let location = textLocation(row) else { return "" }
    return location.block.string(location.index)
  }

  private func integerValue(_ value: Int64) -> Value {
    switch type {
    case .day: .day(Day(number: Int32(clamping: value)))
    case .time: .time(Timestamp(microseconds: value))
    default: .integer(value)
    }
  }
}
