/// The version of a bundle or of Annals: three numbers, as in `1.4.0`.
public struct Version: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let major: Int
  public let minor: Int
  public let patch: Int

  public init(_ major: Int, _ minor: Int, _ patch: Int) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// Reads `1.4.0`; nil for any other form. Each number has at most six digits and no leading zero.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part -> Int? in
      guard (1...6).contains(part.utf8.count), part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        part == "0" || part.utf8.first != 0x30
      else { return nil }
      return Int(part)
    }
    guard parts.count == 3, numbers.count == 3 else { return nil }
    self.init(numbers[0], numbers[1], numbers[2])
  }

  public var description: String { "\(major).\(minor).\(patch)" }

  public static func < (left: Version, right: Version) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }
}

/// The versions that will do: `>=1.2.0 <2.0.0`, with all of its conditions to hold.
public struct VersionRange: Hashable, Sendable, CustomStringConvertible {
  /// One condition.
  enum Condition: Hashable, Sendable {
    case least(Version)
    case below(Version)
    case exactly(Version)
  }

  let conditions: [Condition]

  /// Reads conditions with spaces between them, each `>=`, `<` or `=` and a version; nil for any other
  /// form.
  public init?(_ text: String) {
    var conditions: [Condition] = []
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      guard let condition = Self.condition(word) else { return nil }
      conditions.append(condition)
    }
    self.conditions = conditions
  }

  private static func condition(_ word: Substring) -> Condition? {
    if word.hasPrefix(">=") { return Version(word.dropFirst(2)).map { .least($0) } }
    if word.hasPrefix("<") { return Version(word.dropFirst()).map { .below($0) } }
    if word.hasPrefix("=") { return Version(word.dropFirst()).map { .exactly($0) } }
    return nil
  }

  /// Whether a version will do.
  public func contains(_ version: Version) -> Bool {
    conditions.allSatisfy { condition in
      switch condition {
      case .least(let least): version >= least
      case .below(let bound): version < bound
      case .exactly(let only): version == only
      }
    }
  }

  public var description: String {
    conditions.map { condition in
      switch condition {
      case .least(let version): ">=\(version)"
      case .below(let version): "<\(version)"
      case .exactly(let version): "=\(version)"
      }
    }.joined(separator: " ")
  }
}
