import AnnalsEngine

/// Counts values that delimited text has no form of its own for.
///
/// An empty text and an empty list read back as null, and an element of a list that holds a `;` reads
/// back as two.
enum DelimitedLoss {
  static func count(in column: Column) -> Int {
    var count = 0
    for row in 0..<column.count where !column.isNull(row) {
      if let (block, index) = column.textLocation(row) {
        if block.length(index) == 0 { count += 1 }
      } else if let (texts, range) = column.listLocation(row) {
        if isLost(texts, range) { count += 1 }
      }
    }
    return count
  }

  private static func isLost(_ texts: TextBlock, _ range: Range<Int>) -> Bool {
    if range.isEmpty || (range.count == 1 && texts.length(range.lowerBound) == 0) { return true }
    for index in range {
      let text = texts[index]
      for position in text.indices where text[position] == UInt8(ascii: ";") { return true }
    }
    return false
  }
}
