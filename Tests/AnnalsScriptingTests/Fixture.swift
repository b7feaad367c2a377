/// Where the made-up datasets of these tests are.
enum Fixture {
  static let harbour = path("harbour")

  private static func path(_ name: String, file: String = #filePath) -> String {
    (file.lastIndex(of: "/").map { String(file[...$0]) } ?? "") + "Fixtures/" + name
  }
}
