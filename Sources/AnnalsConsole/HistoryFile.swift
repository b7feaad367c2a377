import AnnalsPlatform

/// Keeps the history from one console to the next: a line for each block, the newest last.
///
/// A backslash stands as `\\` and a line break within a block as `\n`. Lines that are damaged are passed over
/// and do no harm to others. Consoles that run at once all add to the same file.
final class HistoryFile {
  private let log: SharedLog
  private var unsaved: [[UInt8]] = []
  /// Why blocks could not be kept, the last time; nil if they were.
  private(set) var problem: PlatformError?

  /// The file is put in order when it is larger than this and half of it is of no use.
  private static let tidyLimit = 1 << 16
  private static let byteLimit = 4 * BlockHistory.byteLimit

  init(path: String) throws(PlatformError) { log = try SharedLog(path: path) }

  /// The blocks that are kept.
  func load() -> BlockHistory {
    var history = BlockHistory()
    do throws(PlatformError) {
      try log.update(byteLimit: Self.byteLimit) { bytes in
        history = BlockHistory(Self.blocks(of: bytes))
        let isLarge = bytes.count > Self.tidyLimit
        guard isLarge, bytes.count > 2 * history.byteCount else { return nil }
        return history.blocks.flatMap(Self.line)
      }
    } catch {
      problem = error
    }
    return history
  }

  /// Keeps a block. What can't be written now is tried again with the next.
  func add(_ block: String) {
    unsaved.append(Self.line(block))
    do throws(PlatformError) {
      try log.append(Array(unsaved.joined()))
      unsaved = []
      problem = nil
    } catch {
      problem = error
      if unsaved.count > BlockHistory.countLimit { unsaved.removeFirst() }
    }
  }

  /// The file of this user; nil if there is no home. Source: XDG Base Directory Specification 0.8.
  static var standardPath: String? {
    if let state = Environment.value("XDG_STATE_HOME"), state.utf8.first == UInt8(ascii: "/") {
      return state + "/annals/history"
    }
    return Environment.value("HOME").map { $0 + "/.local/state/annals/history" }
  }

  private static func line(_ block: String) -> [UInt8] {
    var line: [UInt8] = []
    for byte in block.utf8 {
      switch byte {
      case UInt8(ascii: "\n"): line += [UInt8(ascii: "\\"), UInt8(ascii: "n")]
      case UInt8(ascii: "\\"): line += [byte, byte]
      default: line.append(byte)
      }
    }
    return line + [UInt8(ascii: "\n")]
  }

  private static func blocks(of bytes: [UInt8]) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n")).compactMap(block)
  }

  /// The block of a line; nil if it is damaged.
  private static func block(_ line: ArraySlice<UInt8>) -> String? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(line.count)
    var isEscaped = false
    for byte in line {
      if isEscaped {
        guard byte == UInt8(ascii: "n") || byte == UInt8(ascii: "\\") else { return nil }
        bytes.append(byte == UInt8(ascii: "n") ? UInt8(ascii: "\n") : byte)
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else {
        guard byte >= 0x20 || byte == 0x09, byte != 0x7F else { return nil }
        bytes.append(byte)
      }
    }
    return isEscaped ? nil : String(validating: bytes, as: UTF8.self)
  }
}
