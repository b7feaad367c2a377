import AnnalsEngine
import AnnalsPlatform
import Synchronization

/// Reads all rows of a file once, by one thread or several.
///
/// Threads take the pieces in order. Where the rows of a piece start follows from the number of quotes
/// before it, which is counted before the piece is read. Where a flaw made that wrong, the piece is
/// read again when it is its turn: pieces are appended in order, and then it is known for sure.
final class FilePass: Sendable {
  private let layout: FileLayout
  private let budget: MemoryBudget
  private let workerCount: Int
  private let assembly: Turns<FileAssembly>
  /// Whether the next piece starts within quotes, as far as counting them tells.
  private let quotes: Turns<QuoteState>
  private let next = Atomic<Int>(0)
  private let hints: Mutex<[ColumnHint]>
  private let failure = Mutex<FormatsError?>(nil)

  private final class QuoteState { var isQuoted = false }

  /// What is known of a column by the pieces that were appended.
  private struct ColumnHint {
    var isText = false
    var isLoose = false
  }

  private init(_ layout: FileLayout, budget: MemoryBudget) throws(EngineError) {
    self.layout = layout
    self.budget = budget
    workerCount = max(1, min(layout.options.threadCount, layout.pieceCount))
    assembly = Turns(try FileAssembly(layout, workerCount: workerCount, budget: budget))
    quotes = Turns(QuoteState())
    hints = Mutex(Array(repeating: ColumnHint(), count: layout.rules.count))
  }

  /// Reads the file.
  static func read(_ layout: FileLayout, budget: MemoryBudget) throws(FormatsError) -> FileAssembly
  {
    let pass = try FormatsError.catching { () throws(EngineError) in
      try FilePass(layout, budget: budget)
    }
    if pass.workerCount == 1 {
      pass.work(0)
    } else {
      Threads.concurrently(pass.workerCount) { pass.work($0) }
    }
    if let failure = pass.failure.withLock({ $0 }) { throw failure }
    return pass.assembly.finished()
  }

  /// Reads pieces until there are no more.
  private func work(_ worker: Int) {
    do throws(FormatsError) {
      let reader = try FormatsError.catching { () throws(EngineError) in
        try PieceReader(layout, budget: budget)
      }
      while true {
        let piece = next.add(1, ordering: .relaxed).oldValue
        guard piece < layout.pieceCount, try read(piece, reader, worker) else { return }
      }
    } catch {
      failure.withLock { if $0 == nil { $0 = error } }
      assembly.abandon()
      quotes.abandon()
    }
  }

  /// Reads one piece and appends it; false if no more is to be read.
  private func read(_ piece: Int, _ reader: PieceReader, _ worker: Int) throws(FormatsError) -> Bool
  {
    let bytes = layout.bytes(ofPiece: piece)
    var outcome = PieceReader.Outcome.whole
    var start: Int?
    if workerCount > 1 {
      try reader.load(bytes)
      let isOdd = reader.hasOddQuotes(bytes)
      guard
        let isQuoted = quotes.take(
          piece,
          { state in
            defer { if isOdd { state.isQuoted.toggle() } }
            return state.isQuoted
          })
      else { return false }
      let first = try reader.firstRow(bytes, isQuoted: isQuoted)
      outcome = try readWhole(reader, from: first)
      start = first
    }
    let result = assembly.take(piece) { assembly in
      Result { () throws(FormatsError) in
        guard !assembly.isDone else { return false }
        // Where no row starts in the piece there is nothing to append.
        if let start, min(start, assembly.end) >= bytes.upperBound { return true }
        if start != assembly.end { outcome = try reread(bytes, reader, from: assembly.end) }
        try append(reader, worker, isTooLong: outcome == .tooLong, to: assembly)
        return !assembly.isDone
      }
    }
    return try result?.get() ?? false
  }

  /// Reads a piece for which nothing else was tried, or from a wrong start.
  private func reread(
    _ bytes: Range<Int>, _ reader: PieceReader, from start: Int
  ) throws(FormatsError) -> PieceReader.Outcome {
    if workerCount == 1 {
      try reader.begin(bytes.clamped(to: min(start, bytes.upperBound)..<bytes.upperBound))
    } else {
      try reader.forget()
    }
    return try readWhole(reader, from: start)
  }

  private func readWhole(
    _ reader: PieceReader, from start: Int
  ) throws(FormatsError) -> PieceReader.Outcome {
    let hints = hints.withLock { $0 }
    try FormatsError.catching { () throws(EngineError) in
      for (column, hint) in zip(reader.columns, hints) {
        try column.begin(isText: hint.isText, isLoose: hint.isLoose)
      }
    }
    while true {
      let outcome = try reader.read(from: start)
      if outcome != .mixed { return outcome }
      try reader.restart()
    }
  }

  private func append(
    _ reader: PieceReader, _ worker: Int, isTooLong: Bool, to assembly: FileAssembly
  ) throws(FormatsError) {
    try assembly.append(reader, worker: worker, isTooLong: isTooLong)
    hints.withLock { hints in
      for (index, store) in assembly.stores.enumerated() {
        hints[index].isLoose = store.isLoose
        hints[index].isText = store.mustBeText
      }
    }
    let source = layout.source
    layout.options.progress?(layout.path, min(assembly.end, source.byteCount), source.byteCount)
  }
}
