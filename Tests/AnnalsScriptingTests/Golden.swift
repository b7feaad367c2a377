import Foundation
import Testing

/// Files that hold expected output. They change only where the environment says so, and then the
/// run fails, so that nobody takes it for a test.
enum Golden {
  static let isUpdated = ProcessInfo.processInfo.environment["ANNALS_UPDATE_GOLDEN"] == "1"

  static func write(_ text: String, to file: URL) throws {
    try text.write(to: file, atomically: true, encoding: .utf8)
    Issue.record("\(file.lastPathComponent) was written anew: read it against the data")
  }
}
