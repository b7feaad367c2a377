import AnnalsEngine

/// A column in the form in which an Arrow file holds it.
struct ArrowOutput {
  /// Some of the bytes of a buffer.
  struct Part {
    let memory: SharedMemory
    let byteCount: Int
  }

  /// A run of values: how many, how many of them are null, and the buffers in the format's order.
  struct Values {
    var count: Int
    var nullCount = 0
    /// Nil for a buffer without bytes.
    var parts: [Part?]
    /// The elements of a list: none or one.
    var elements: [Values] = []
  }

  let name: String
  let type: WrittenType
  let values: Values
  /// The texts that the values are codes of.
  let dictionary: Values?
}

/// The types of the Arrow columns that are written.
enum WrittenType: Hashable {
  case boolean
  case integer(bits: Int)
  case number, day, time, text, list
  /// Texts by codes, which are signed where the dictionary's size allows, as Arrow prefers.
  case codes(bits: Int, isSigned: Bool)
}
