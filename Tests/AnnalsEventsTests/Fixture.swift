/// Where the made-up packages of these tests are.
enum Fixture {
  static func path(_ name: String, file: String = #filePath) -> String {
    (file.lastIndex(of: "/").map { String(file[...$0]) } ?? "") + "Fixtures/" + name
  }
}
