import AnnalsBundles
import Foundation
import Testing

/// `Documentation/bundle.schema.json` against the reader.
@Suite struct ManifestSchemaTests {
  private func schema() throws -> [String: Any] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let data = try Data(contentsOf: root.appending(path: "Documentation/bundle.schema.json"))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test func `what the schema requires is what the reader misses`() throws {
    let required = try #require(try schema()["required"] as? [String])
    #expect(required.count == 8)
    for name in required {
      let line = try #require(
        SmallBundle.source.split(separator: "\n").first { $0.contains("\"\(name)\"") })
      var files = SmallBundle.files
      // A member of another name in its place would be refused for that name.
      files[0].text = SmallBundle.source.replacing(line + "\n", with: "")
        .replacing(",\n}", with: "\n}")
      let message = try #require(SmallBundle.refusal(of: ZipMaker(files).bytes))
      #expect(message.hasPrefix("the manifest lacks `\(name)`"), "\(message)")
    }
  }

  @Test func `the reader knows the members that the schema has, and no others`() throws {
    let properties = try #require(try schema()["properties"] as? [String: Any])
    let known = [
      "annals", "authors", "files", "format", "id", "licence", "limits", "needs", "permissions",
      "scripts", "summary", "tests", "title", "uses", "version",
    ]
    #expect(properties.keys.sorted() == known)
    for name in known where !SmallBundle.packed.contains("\"\(name)\": ") {
      let bytes = SmallBundle.zip(replacing: "\"files\"", with: "\"\(name)\": 1, \"files\"")
      let message = try #require(SmallBundle.refusal(of: bytes))
      #expect(message.hasPrefix("`\(name)` must be "), "\(message)")
    }
  }

  @Test func `the schema has the types of columns that the reader has`() throws {
    let properties = try #require(try schema()["properties"] as? [String: Any])
    let needs = try #require(properties["needs"] as? [String: Any])
    let table = try #require(needs["additionalProperties"] as? [String: Any])
    let column = try #require(table["additionalProperties"] as? [String: Any])
    #expect(column["enum"] as? [String] == NeededColumn.types)
  }
}
