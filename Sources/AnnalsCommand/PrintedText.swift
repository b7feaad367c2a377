import Annals
import AnnalsPlatform

/// What a script prints, on its way to the right stream.
///
/// It goes to standard output at once, unless a format or file was asked for: then standard output
/// is for the report alone, and what was printed waits until it is known whether there is one.
final class PrintedText {
  private let waits: Bool
  private var bytes: [UInt8] = []
  /// How much was printed.
  private(set) var byteCount = 0
  /// Whether all that was written arrived.
  private(set) var isWhole = true

  init(waits: Bool) { self.waits = waits }

  func append(_ piece: Span<UInt8>) {
    byteCount += piece.count
    guard waits else { return write(piece, to: .output) }
    for index in piece.indices { bytes.append(piece[index]) }
  }

  /// Writes what has waited: beside a report to standard error.
  func finish(hasReport: Bool) {
    guard waits else { return }
    write(bytes.span, to: hasReport ? .error : .output)
    bytes = []
  }

  private func write(_ piece: Span<UInt8>, to stream: StandardStream) {
    let wasWritten =
      stream.isTerminal
      ? stream.write(VisibleText.lines(String(decoding: piece))) : stream.write(piece)
    isWhole = isWhole && wasWritten
  }
}
