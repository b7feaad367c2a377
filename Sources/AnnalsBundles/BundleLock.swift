import AnnalsFormats

/// Which bundles another one uses, to the byte: a version and a hash for each.
///
/// Also those that the used ones use in turn are in it, so that nothing is left to choose.
public struct BundleLock: Hashable, Sendable {
  /// Where it stands in a bundle.
  public static let path = "bundle.lock"

  /// A bundle that is used.
  public struct Entry: Hashable, Sendable {
    public let id: String
    public let version: Version
    public let hash: ContentHash

    public init(id: String, version: Version, hash: ContentHash) {
      self.id = id
      self.version = version
      self.hash = hash
    }
  }

  /// In the order of the bytes of their ids.
  public let entries: [Entry]

  public init(_ entries: [Entry]) {
    self.entries = entries.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
  }

  /// The locked bundle of an id; nil if there is none.
  public subscript(id: String) -> Entry? { entries.first { $0.id == id } }

  /// Reads a file of the one form that ``text`` gives; nil for any other.
  init?(file: [UInt8]) {
    guard file.count <= BundleBounds.manifestByteCount,
      let value = try? JSONParser.parse(file, file: Self.path),
      case .object(let members)? = value["bundles"]?.content
    else { return nil }
    var entries: [Entry] = []
    for member in members {
      guard BundleName.isName(member.name),
        case .text(let version)? = member.value["version"]?.content,
        case .text(let hash)? = member.value["sha256"]?.content,
        let number = Version(version), let contentHash = ContentHash(hash)
      else { return nil }
      entries.append(Entry(id: member.name, version: number, hash: contentHash))
    }
    self.init(entries)
    guard Array(text.utf8) == file else { return nil }
  }

  /// The file.
  public var text: String {
    let bundles = entries.map { entry in
      """
          "\(entry.id)": {
            "version": "\(entry.version)",
            "sha256": "\(entry.hash.text)"
          }
      """
    }
    return """
      {
        "format": 1,
        "bundles": {
      \(bundles.joined(separator: ",\n"))
        }
      }

      """
  }
}
