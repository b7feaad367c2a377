import AnnalsEngine

/// Columns of derived tables that follow from numbers.
enum Making {
  /// The numbers 1, 2, 3, …: the ids of rows that their publisher gives none.
  static func numbered(_ count: Int, _ file: FlatFile) throws(EngineError) -> Column {
    let numbers = try Buffer<Int32>(count: count, budget: file.budget)
    for row in 0..<count { numbers[row] = Int32(row + 1) }
    return Column(type: .integer, count: count, storage: .int32(numbers), validity: nil)
  }

  /// References to the rows of these numbers; -1 is none.
  static func references(
    _ rows: Buffer<Int32>, to table: String, keys: Column, _ file: FlatFile
  ) throws(EngineError) -> Column {
    let safe = try Buffer<Int32>(count: rows.count, budget: file.budget)
    let known = try Bitmap(count: rows.count, budget: file.budget)
    var hasNulls = false
    for row in 0..<rows.count {
      if rows[row] < 0 {
        hasNulls = true
      } else {
        safe[row] = rows[row]
        known.set(row)
      }
    }
    return Column(
      type: .reference(table: table), count: rows.count,
      storage: .reference(safe, ReferenceTarget(table: table, keys: keys)),
      validity: hasNulls ? known : nil)
  }

  /// One of a few texts for each row, by its place among them; null for a place behind the last.
  static func texts(
    _ codes: Buffer<UInt8>, among texts: [String], _ file: FlatFile
  ) throws(EngineError) -> Column {
    let dictionary = try dictionary(texts, file)
    let safe = try Buffer<UInt8>(count: codes.count, budget: file.budget)
    let known = try Bitmap(count: codes.count, budget: file.budget)
    var hasNulls = false
    for row in 0..<codes.count {
      if Int(codes[row]) < texts.count {
        safe[row] = codes[row]
        known.set(row)
      } else {
        hasNulls = true
      }
    }
    return Column(
      type: .text, count: codes.count, storage: .codes8(safe, dictionary),
      validity: hasNulls ? known : nil)
  }

  /// One text for all rows.
  static func text(_ text: String, _ count: Int, _ file: FlatFile) throws(EngineError) -> Column {
    let codes = try Buffer<UInt8>(count: count, budget: file.budget)
    return Column(
      type: .text, count: count, storage: .codes8(codes, try dictionary([text], file)),
      validity: nil)
  }

  private static func dictionary(
    _ texts: [String], _ file: FlatFile
  ) throws(EngineError) -> TextDictionary {
    let builder = try TextBlockBuilder(budget: file.budget)
    for text in texts { try builder.append(text) }
    return TextDictionary(texts: try builder.finished())
  }
}
