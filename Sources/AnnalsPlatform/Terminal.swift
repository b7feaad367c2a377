import Glibc

/// The streams that a program starts with.
package enum StandardStream: Int32, Sendable {
  case input = 0
  case output = 1
  case error = 2

  /// Whether a person sits at the other end.
  package var isTerminal: Bool { isatty(rawValue) == 1 }

  /// How many cells a line of the terminal has; nil if there is no terminal or it does not say.
  package var terminalWidth: Int? { terminalSize?.columns }

  /// How many cells a line of the terminal has, and how many lines it has; nil if there is no terminal
  /// or it does not say.
  package var terminalSize: (columns: Int, rows: Int)? {
    guard isTerminal else { return nil }
    var size = winsize()
    // SAFETY: the call fills `size`, which is ours, and keeps nothing.
    guard unsafe ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// Reads what is there, at most `byteLimit` bytes, and waits if nothing is. Nil at the end.
  package func read(byteLimit: Int = 1 << 16) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: max(1, byteLimit))
    while true {
      // SAFETY: `bytes` has room for as many bytes as are asked for.
      let count = unsafe Glibc.read(rawValue, &bytes, bytes.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return nil }
      return Array(bytes.prefix(count))
    }
  }

  /// Whether bytes, or the end, can be read without waiting.
  package var isReady: Bool {
    var place = pollfd(fd: rawValue, events: Int16(POLLIN), revents: 0)
    // SAFETY: there is one element, which is ours, and the call keeps nothing.
    return unsafe poll(&place, 1, 0) > 0
  }

  /// Writes all bytes, or as many as the other end takes before it closes.
  ///
  /// - Returns: Whether all were written.
  @discardableResult
  package func write(_ bytes: Span<UInt8>) -> Bool {
    var written = 0
    while written < bytes.count {
      let rest = bytes.extracting(written..<bytes.count)
      let count = unsafe rest.withUnsafeBufferPointer { buffer in
        // SAFETY: the bytes of `rest` are alive for the length of the call.
        unsafe Glibc.write(rawValue, buffer.baseAddress, buffer.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      written += count
    }
    return true
  }

  @discardableResult
  package func write(_ text: String) -> Bool { write(Array(text.utf8).span) }
}

/// What the process was started with.
package enum Environment {
  /// A variable; nil if it is not set or empty.
  package static func value(_ name: String) -> String? {
    // SAFETY: nobody changes the environment, and the text is copied at once.
    guard let text = unsafe getenv(name) else { return nil }
    let value = unsafe String(cString: text)
    return value.isEmpty ? nil : value
  }
}

/// The machine's processors.
package enum Processors {
  /// How many may work for this process, at least 1.
  package static var count: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}

/// Ends the process.
package func endProcess(status: Int32) -> Never { exit(status) }
