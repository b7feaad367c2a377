import AnnalsEngine

/// The fields of some rows on their way to numbers.
///
/// Plain form:  find the text of one row after another in the table.
/// Trick:       a few dozen rows at a time, and for all of them first the hashes, then the slots, then
///              the texts: the memory for one row is fetched while the others are worked on.
/// Measured:    only as part of the reader, in `Documentation/decisions/0008-reading-csv.md`.
final class TextLookup {
  /// How many rows are looked up at a time.
  static let limit = 64

  /// Of each row: where its text starts and ends, whether it holds doubled quotes, and its hash.
  private let buffers: (starts: Buffer<Int64>, lengths: Buffer<Int64>, hashes: Buffer<UInt64>)
  let starts: Lane<Int64>
  /// The length of the text; 0 for null, -1 for a text that holds doubled quotes.
  let lengths: Lane<Int64>
  let hashes: Lane<UInt64>

  init(budget: MemoryBudget) throws(EngineError) {
    buffers = (
      try Buffer(count: Self.limit, budget: budget), try Buffer(count: Self.limit, budget: budget),
      try Buffer(count: Self.limit, budget: budget)
    )
    starts = Lane(buffers.starts)
    lengths = Lane(buffers.lengths)
    hashes = Lane(buffers.hashes)
  }

  /// Hashes a field of `count` rows, and asks for the memory that finding them will need.
  @inline(__always) func prepare(
    _ run: FieldRun, _ field: Int, rows first: Int, count: Int, _ view: TextTableView
  ) {
    let (starts, lengths, hashes) = (starts, lengths, hashes)
    for index in 0..<count {
      let bytes = run.field(first &+ index, field)
      starts[index] = Int64(truncatingIfNeeded: bytes.start)
      lengths[index] = Int64(truncatingIfNeeded: bytes.count)
      if bytes.isQuoted, run.hasQuote(bytes) { lengths[index] = -1 }
      hashes[index] = TextTableView.hash(run.bytes, bytes.start, bytes.count)
      view.prefetchSlot(hashes[index])
    }
    // A small table stays near by itself.
    guard view.mask >= 1 << 10 else { return }
    for index in 0..<count { _ = view.prefetchOffset(hashes[index]) }
    for index in 0..<count { view.prefetchText(view.prefetchOffset(hashes[index])) }
  }
}
