internal import Crypto
import AnnalsPlatform

/// An Ed25519 key that bundles are signed with, and whose it is. It lies in a file that its owner alone may
/// read.
public struct SigningKey: Sendable {
  /// Who signs with it.
  public let name: String
  private let secret: [UInt8]
  public let publicKey: PublicKey

  private static let title = "annals signing key 1"
  private static let byteLimit = 4096

  private init?(name: String, secret: [UInt8]) {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: secret) else {
      return nil
    }
    self.name = name
    self.secret = secret
    publicKey = PublicKey(bytes: [UInt8](key.publicKey.rawRepresentation))
  }

  /// Makes a key of random bytes of the system, and its file, with permissions 0600.
  ///
  /// - Parameter name: One line that says who signs with it.
  public static func make(name: String, at path: String) throws(BundlesError) -> SigningKey {
    let secret = [UInt8](Curve25519.Signing.PrivateKey().rawRepresentation)
    guard TrustedKeys.isName(name), let key = SigningKey(name: name, secret: secret) else {
      throw .key(file: path, line: nil, problem: .badName)
    }
    let text = "\(title)\nname \(name)\nsecret \(HexText.text(of: secret))\n"
    do throws(PlatformError) { try PrivateFile.make(Array(text.utf8), at: path) } catch {
      throw .platform(cause: error)
    }
    return key
  }

  /// Reads the file of a key.
  ///
  /// - Throws: Also if others than its owner may read the file.
  public static func read(_ path: String) throws(BundlesError) -> SigningKey {
    let bytes: [UInt8]
    do throws(PlatformError) {
      bytes = try PrivateFile.contents(of: path, byteLimit: byteLimit)
    } catch {
      throw .platform(cause: error)
    }
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count == 4, lines[0] == title, lines[1].hasPrefix("name "),
      TrustedKeys.isName(String(lines[1].dropFirst(5))), lines[2].hasPrefix("secret "),
      let secret = HexText.bytes(of: lines[2].dropFirst(7), count: 32), lines[3].isEmpty,
      let key = SigningKey(name: String(lines[1].dropFirst(5)), secret: secret)
    else { throw .key(file: path, line: nil, problem: .noKey) }
    return key
  }

  /// Signs a bundle by its hash.
  func signature(of hash: ContentHash) -> BundleSignature? {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: secret),
      let signature = try? key.signature(for: BundleSignature.message(for: hash))
    else { return nil }
    return BundleSignature(key: publicKey, bytes: [UInt8](signature))
  }
}
