import AnnalsEngine

/// The part of a file that is in memory, with padding behind it.
final class FileWindow {
  private let source: ByteSource
  private let budget: MemoryBudget
  private var buffer: Buffer<UInt8>
  /// Which bytes of the file are here.
  private(set) var range = 0..<0

  init(_ source: ByteSource, budget: MemoryBudget) throws(EngineError) {
    self.source = source
    self.budget = budget
    buffer = try Buffer(count: Lane<UInt8>.padding, budget: budget)
  }

  /// Whether the file ends with the bytes that are here.
  var isEnd: Bool { range.upperBound >= source.byteCount }

  /// The bytes; an index is a position in the file less the start of ``range``.
  var bytes: Lane<UInt8> { Lane(buffer) }

  /// One byte, by its position in the file.
  func byte(_ position: Int) -> UInt8 { bytes[position - range.lowerBound] }

  /// Reads some bytes of the file in place of those that were here.
  func load(_ wanted: Range<Int>) throws(FormatsError) {
    range = wanted.lowerBound..<wanted.lowerBound
    try extend(to: wanted.upperBound)
  }

  /// Reads on up to a position, or to the end of the file.
  func extend(to wanted: Int) throws(FormatsError) {
    let end = min(wanted, source.byteCount)
    guard end > range.upperBound else { return }
    let needed = end - range.lowerBound + Lane<UInt8>.padding
    do throws(EngineError) {
      if needed > buffer.count { try enlarge(to: needed) }
    } catch {
      throw .engine(cause: error)
    }
    try source.read(
      into: bytes, at: range.count, count: end - range.upperBound, from: range.upperBound)
    range = range.lowerBound..<end
  }

  private func enlarge(to count: Int) throws(EngineError) {
    let larger = try Buffer<UInt8>(count: count + count / 8, budget: budget)
    Lane(larger).copy(from: bytes, 0, length: range.count, to: 0)
    buffer = larger
  }
}
