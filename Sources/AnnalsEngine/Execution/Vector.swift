/// The values of an expression for the rows of a batch.
///
/// Booleans are bits; integers, days, times, references and row numbers are 64-bit lanes. A lane is
/// written for every row; under a null stands a value of the type that means nothing. Codes, rows
/// and texts under a null must not be followed.
struct Vector {
  enum Lanes {
    case booleans(Buffer<UInt64>)
    case integers(Buffer<Int64>)
    case numbers(Buffer<Double>)
    case codes(Buffer<Int64>, TextDictionary)
    case texts(TextLanes)
    /// Rows of a column of lists.
    case lists(Buffer<Int64>, Column)
  }

  let lanes: Lanes
  /// A bit for each row that has a value; nil where all have.
  let validity: Buffer<UInt64>?

  func isValid(_ row: Int) -> Bool {
    guard let validity else { return true }
    return validity[row >> 6] >> UInt64(row & 63) & 1 != 0
  }

  /// Whether no row of the batch has a value.
  func isAllNull(_ batch: Batch) -> Bool {
    guard let validity else { return batch.count == 0 }
    return (0..<batch.count).allSatisfy { validity[$0 >> 6] >> UInt64($0 & 63) & 1 == 0 }
  }
}

/// Texts of a batch, each a part of one block of bytes.
struct TextLanes {
  let starts: Buffer<Int64>
  let lengths: Buffer<Int64>
  let bytes: Buffer<UInt8>

  /// The bytes of a row's text; only for rows that have a value.
  func text(_ row: Int) -> Range<Int> {
    let start = Int(starts[row])
    return start..<start + Int(lengths[row])
  }
}

/// The working memory of one thread: buffers for one batch, used again for the next.
///
/// Confined to one worker at a time, which is what lets it cross threads.
final class Scratch: @unchecked Sendable {
  let batchSize: Int
  let budget: MemoryBudget
  private var integers: [Buffer<Int64>] = []
  private var numbers: [Buffer<Double>] = []
  private var words: [Buffer<UInt64>] = []
  private var rows: [Buffer<Int32>] = []
  private var used = (integers: 0, numbers: 0, words: 0, rows: 0)

  init(batchSize: Int, budget: MemoryBudget) {
    self.batchSize = batchSize
    self.budget = budget
  }

  /// All buffers that were handed out may be handed out again.
  func reset() { used = (0, 0, 0, 0) }

  func takeIntegers() throws(EngineError) -> Buffer<Int64> {
    if used.integers == integers.count {
      integers.append(try Buffer(count: batchSize, budget: budget))
    }
    used.integers += 1
    return integers[used.integers - 1]
  }

  func takeNumbers() throws(EngineError) -> Buffer<Double> {
    if used.numbers == numbers.count {
      numbers.append(try Buffer(count: batchSize, budget: budget))
    }
    used.numbers += 1
    return numbers[used.numbers - 1]
  }

  /// Bits for a batch; they hold what they held before.
  func takeWords() throws(EngineError) -> Buffer<UInt64> {
    if used.words == words.count {
      words.append(try Buffer(count: Bitmap.wordCount(batchSize), budget: budget))
    }
    used.words += 1
    return words[used.words - 1]
  }

  func takeRows() throws(EngineError) -> Buffer<Int32> {
    if used.rows == rows.count {
      rows.append(try Buffer(count: batchSize, budget: budget))
    }
    used.rows += 1
    return rows[used.rows - 1]
  }
}
