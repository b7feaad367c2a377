import CAnnalsPlatform
import Glibc

/// The terminal of standard input while each key is read at once.
///
/// It is given back by ``leave()``, when the last owner lets go, and by signals that end or stop the
/// process. There can be one at a time.
package final class RawTerminal {
  /// Why waiting ended.
  package struct Wake: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    /// Bytes can be read.
    package static let input = Wake(rawValue: 1)
    /// The terminal has another size.
    package static let resized = Wake(rawValue: 2)
    /// The process goes on after a stop; the terminal is raw again, and others have written on it.
    package static let resumed = Wake(rawValue: 4)
    /// The time is over.
    package static let expired = Wake(rawValue: 8)
  }

  /// Whether somebody sits at a terminal that understands moves of the cursor.
  package static var isPossible: Bool {
    guard StandardStream.input.isTerminal, StandardStream.output.isTerminal else { return false }
    return Environment.value("TERM").map { $0 != "dumb" } ?? false
  }

  /// Takes the terminal; nil if the system refuses.
  package init?() {
    guard annals_terminal_enter() == 0 else { return nil }
  }

  deinit { annals_terminal_leave() }

  /// Gives the terminal back as it was.
  package func leave() { annals_terminal_leave() }

  /// Stops the process, as Ctrl-Z does, and takes the terminal again when it goes on. Others of its group
  /// are left alone: behind the walls a process can signal itself only. The signal goes to this thread,
  /// since it might reach another one only after we have taken the terminal again.
  package func stop() {
    annals_terminal_leave()
    raise(SIGTSTP)
    _ = annals_terminal_enter()
  }

  /// Waits until something happens, or for a time; nil waits for ever.
  ///
  /// - Returns: What happened; it may be nothing.
  package func wait(milliseconds: Int?) -> Wake {
    var places = [
      pollfd(fd: StandardStream.input.rawValue, events: Int16(POLLIN), revents: 0),
      pollfd(fd: annals_terminal_changes(), events: Int16(POLLIN), revents: 0),
    ]
    let timeout = milliseconds.map { Int32(clamping: max(0, $0)) } ?? -1
    // SAFETY: `places` has as many elements as are named, and the call keeps nothing.
    let count = unsafe poll(&places, nfds_t(places.count), timeout)
    guard count > 0 else { return count == 0 ? .expired : [] }
    var wake: Wake = places[0].revents == 0 ? [] : .input
    if places[1].revents != 0 { wake.formUnion(takeChanges()) }
    if wake.contains(.resumed) { _ = annals_terminal_enter() }
    return wake
  }

  private func takeChanges() -> Wake {
    var wake: Wake = []
    var bytes = [UInt8](repeating: 0, count: 64)
    // SAFETY: `bytes` has room for as many bytes as are asked for.
    let count = unsafe Glibc.read(annals_terminal_changes(), &bytes, bytes.count)
    for byte in bytes.prefix(max(0, count)) {
      wake.formUnion(byte == UInt8(ascii: "w") ? .resized : .resumed)
    }
    return wake
  }
}
