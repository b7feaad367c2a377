/// What a bundle says of itself: what it is, what it runs, needs and asks for, and what lies in it.
public struct Manifest: Hashable, Sendable {
  /// Where it stands in a bundle.
  public static let path = "bundle.json"
  /// The version of the format that is read and written here.
  package static let format = 1

  /// Whether a text can be a bundle's id.
  package static func isID(_ text: String) -> Bool { BundleName.isName(text) }

  /// What the bundle is called where bundles are installed: `town-tolls`.
  public var id: String
  public var version: Version
  public var title: String
  /// What it is for, in a few sentences.
  public var summary: String?
  public var authors: [String]
  /// An SPDX expression such as `CC-BY-4.0`.
  public var licence: String
  /// The versions of Annals that it runs on.
  public var annals: VersionRange
  /// The scripts that can be run; the first is run where none is named.
  public var scripts: [BundleScript]
  /// Tables that a dataset must have.
  public var needs: [NeededTable]
  /// Other bundles whose modules the scripts require.
  public var uses: [UsedBundle]
  public var permissions: BundlePermissions
  public var limits: BundleLimits
  /// Runs whose outputs must be as they were; in their order.
  public var tests: [BundleTest]
  /// The other files; nil in a folder that was not packed.
  public var files: [ListedFile]?
}

/// A script of a bundle that can be run.
public struct BundleScript: Hashable, Sendable {
  /// What it is called on the command line.
  public let name: String
  /// Its path in the bundle.
  public let file: String
}

/// A table that a bundle's scripts need; one without rows is none.
public struct NeededTable: Hashable, Sendable {
  public let name: String
  /// In the order of the manifest.
  public let columns: [NeededColumn]

  public init(name: String, columns: [NeededColumn]) {
    self.name = name
    self.columns = columns
  }
}

/// A column that a bundle's scripts need.
public struct NeededColumn: Hashable, Sendable {
  public let name: String
  /// One of ``types``.
  public let type: String

  public init(name: String, type: String) {
    self.name = name
    self.type = type
  }

  /// What columns may be declared as. An integer will do for a number, and `any` stands for all types.
  package static let types = [
    "any", "boolean", "integer", "number", "text", "day", "time", "list", "figure", "reference",
  ]
}

/// Another bundle whose modules a bundle's scripts require, and the versions that will do.
public struct UsedBundle: Hashable, Sendable {
  public let id: String
  public let range: VersionRange

  public init(id: String, range: VersionRange) {
    self.id = id
    self.range = range
  }
}

/// What a bundle's scripts ask for beyond computing. They get it only if the user grants it as well.
public struct BundlePermissions: Hashable, Sendable {
  /// Why they read files in folders of the user's choice; nil if they don't.
  public var read: String?
  /// Why they write files in folders of the user's choice; nil if they don't.
  public var write: String?
  /// Variables of the environment and why they are read.
  public var environment: [BundleVariable] = []

  /// Whether they ask for nothing.
  public var isEmpty: Bool { read == nil && write == nil && environment.isEmpty }
}

/// A variable of the environment that a bundle's scripts ask for.
public struct BundleVariable: Hashable, Sendable {
  public let name: String
  /// Why they read it.
  public let reason: String
}

/// What a bundle's scripts need to run, where that is not the usual.
public struct BundleLimits: Hashable, Sendable {
  /// Memory of Lua and of plans, each, in MiB.
  public var memory: Int?
  /// Wall clock time in seconds.
  public var seconds: Int?
  /// What may be printed or returned as text, in MiB.
  public var output: Int?
}

/// A file of a packed bundle.
public struct ListedFile: Hashable, Sendable {
  public let path: String
  public let byteCount: Int
  public let hash: ContentHash
}
