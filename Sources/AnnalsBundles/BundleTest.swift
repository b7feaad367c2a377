/// A run of one of a bundle's scripts and the files that hold what it must give.
public struct BundleTest: Hashable, Sendable {
  /// What messages call it.
  public let name: String
  /// The script's name in the manifest; nil for the first.
  public var script: String?
  public var data: TestData
  /// The script's parameters, as they are given on the command line.
  public var parameters: [TestParameter] = []
  /// To how many significant digits numbers with a point or an exponent must agree; nil where outputs
  /// must be the same byte by byte.
  public var digits: Int?
  /// Paths of golden outputs; the ending of each tells its format.
  public var goldens: [String]

  /// How names of goldens may end.
  package static let endings = [".txt", ".md", ".csv", ".tsv", ".json", ".ndjson", ".arrow"]
}

/// The dataset of a bundle's test.
public enum TestData: Hashable, Sendable {
  /// A file or folder of the bundle.
  case file(String)
  /// A dataset outside of the bundle, and the hash of its files.
  case named(String, ContentHash)
}

/// A parameter of a script and the text that a test gives it.
public struct TestParameter: Hashable, Sendable {
  public let name: String
  public let text: String
}
