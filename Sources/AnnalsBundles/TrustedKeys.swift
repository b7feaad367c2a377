import AnnalsPlatform

/// Keys that a user trusts, and whose they are: a line for each with 64 hexadecimal digits, a space and a name.
/// Lines that begin with `#` and empty ones say nothing.
public struct TrustedKeys: Sendable {
  private let names: [PublicKey: String]

  private static let byteLimit = 1 << 20

  /// No keys.
  public init() { names = [:] }

  /// Reads a file of trusted keys.
  public init(_ path: String) throws(BundlesError) {
    let bytes: [UInt8]
    do throws(PlatformError) {
      bytes = try FileReader.contents(of: path, byteLimit: Self.byteLimit)
    } catch {
      throw .platform(cause: error)
    }
    var names: [PublicKey: String] = [:]
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let key = PublicKey(parts[0]), Self.isName(String(parts[1])) else {
        throw .key(file: path, line: index + 1, problem: .noTrust)
      }
      guard names.updateValue(String(parts[1]), forKey: key) == nil else {
        throw .key(file: path, line: index + 1, problem: .twice)
      }
    }
    self.names = names
  }

  /// Whose a key is; nil if it is not trusted.
  public func name(of key: PublicKey) -> String? { names[key] }

  /// The line that trusts a key.
  public static func line(for key: PublicKey, name: String) -> String { key.text + " " + name }

  /// Whether a text can say who somebody is.
  static func isName(_ text: String) -> Bool {
    (1...200).contains(text.unicodeScalars.count) && !text.hasPrefix(" ")
      && !text.unicodeScalars.contains(where: ManifestReader.isControl)
  }
}

/// What is wrong with a file of keys.
public enum KeyProblem: Hashable, Sendable {
  case noKey, badName, noTrust, twice
}

extension KeyProblem: CustomStringConvertible {
  /// What is wrong, without the file.
  public var description: String {
    switch self {
    case .noKey: "the file is no signing key"
    case .badName: "a key needs a name of one line, at most 200 characters"
    case .noTrust: "the line names no trusted key"
    case .twice: "the line names a key that stands above"
    }
  }

  /// How to mend it.
  public var fix: String {
    switch self {
    case .noKey: "make one with `annals bundle key`"
    case .badName: "say who signs with it, such as `--name 'Ada Example'`"
    case .noTrust:
      "write the 64 digits of the key, a space and a name, as `annals bundle key` prints it"
    case .twice: "remove one of the two"
    }
  }
}
