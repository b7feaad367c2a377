import AnnalsEngine
import AnnalsFormats

extension ManifestReader {
  /// The tests of a manifest.
  func tests(
    _ manifest: JSONValue, scripts: [BundleScript]
  ) throws(BundlesError) -> [BundleTest] {
    guard let object = member("tests", of: manifest) else { return [] }
    var tests: [BundleTest] = []
    var goldens: Set<String> = []
    for member in try members(of: object, "tests") {
      guard BundleName.isName(member.name, least: 1) else {
        throw wrong(.badTestName(member.name), at: member.place)
      }
      let test = try test(member.name, member.value, scripts)
      for golden in test.goldens where !goldens.insert(golden.lowercased()).inserted {
        throw wrong(.goldenTwice(golden), at: member.place)
      }
      tests.append(test)
    }
    return tests
  }

  private func test(
    _ name: String, _ value: JSONValue, _ scripts: [BundleScript]
  ) throws(BundlesError) -> BundleTest {
    try checkNames(of: value, ["script", "data", "parameters", "digits", "goldens"], name)
    var test = BundleTest(
      name: name, data: try data(try needed("data", value)), goldens: try goldens(value))
    if let script = member("script", of: value) {
      let known = scripts.map(\.name)
      let name = try text(script, "script", limit: 200)
      guard known.contains(name) else {
        let near = NearNames.suggestions(for: name, among: known)
        throw wrong(.unknownScript(name, near: near), script)
      }
      test.script = name
    }
    if let object = member("parameters", of: value) {
      for member in try members(of: object, "parameters") {
        try check(member.name, "parameters", member.place, limit: 200)
        let text = try text(member.value, member.name, limit: 2000)
        test.parameters.append(TestParameter(name: member.name, text: text))
      }
    }
    if let digits = member("digits", of: value) {
      test.digits = Int(try whole(digits, "digits", 1...15))
    }
    return test
  }

  private func data(_ value: JSONValue) throws(BundlesError) -> TestData {
    guard case .object = value.content else { return .file(try path(value, "data")) }
    try checkNames(of: value, ["name", "sha256"], "data")
    let name = try text("name", of: value)
    guard BundleName.isDataset(name) else {
      throw wrong(.badDataset(name), member("name", of: value))
    }
    let text = try text("sha256", of: value)
    guard let hash = ContentHash(text) else {
      throw wrong(.badHash(text), member("sha256", of: value))
    }
    return .named(name, hash)
  }

  private func goldens(_ value: JSONValue) throws(BundlesError) -> [String] {
    let list = try needed("goldens", value)
    guard case .array(let values) = list.content else {
      throw wrongKind(list, "goldens", "an array of paths")
    }
    var goldens: [String] = []
    for value in values {
      let golden = try path(value, "goldens")
      guard BundleTest.endings.contains(where: golden.hasSuffix) else {
        throw wrong(.badEnding(golden), value)
      }
      goldens.append(golden)
    }
    guard !goldens.isEmpty else { throw wrong(.noGoldens, list) }
    return goldens
  }
}
