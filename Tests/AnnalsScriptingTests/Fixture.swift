import Foundation

/// Where the datasets of these tests are.
enum Fixture {
  static let folder = path("")
  /// Made up.
  static let harbour = path("harbour")
  /// Made up, for the cases in `questions`.
  static let valley = path("valley")
  static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  static let shipped = repository.appending(path: "Datasets/kazakhstan-2022").path

  private static func path(_ name: String, file: String = #filePath) -> String {
    (file.lastIndex(of: "/").map { String(file[...$0]) } ?? "") + "Fixtures/" + name
  }
}
