/// Who made a dataset, and what it may be used for.
public struct PackageMetadata: Hashable, Sendable {
  public var name: String?
  public var title: String?
  public var description: String?
  public var version: String?
  public var homepage: String?
  /// The title, else the name, of each licence.
  public var licences: [String] = []

  package init() {}
}
