import CAnnalsPlatform

/// The program that runs, and its file.
package enum OwnProgram {
  /// Whether it was made to run what is appended to its file.
  package static var isLoaded: Bool { annals_is_loaded() }

  /// Its file.
  package static func file() throws(PlatformError) -> OpenFile {
    try OpenFile(path: "/proc/self/exe")
  }

  /// The last part of the path that it was started by.
  package static var name: String {
    CommandLine.arguments.first?.split(separator: "/").last.map(String.init) ?? "annals"
  }

  /// Has a program say that what is appended to it is to be run.
  ///
  /// - Parameter bytes: The content of its file.
  /// - Returns: False if it is no such program.
  package static func load(_ bytes: inout [UInt8]) -> Bool {
    unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return false }
      // SAFETY: the bytes are ours for the length of the call.
      return unsafe annals_load_program(start, buffer.count)
    }
  }

  /// Whether it needs libraries that are no part of its file, and that another machine may lack.
  package static var needsLibraries: Bool { annals_needs_libraries() }
}
