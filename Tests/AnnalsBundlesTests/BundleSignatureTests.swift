import AnnalsBundles
import Foundation
import Testing

/// Signatures, against values of OpenSSL for the key whose secret is 00 01 02 … 1f.
@Suite struct BundleSignatureTests {
  private static let secret =
    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"
  private static let key = "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"
  /// What `openssl pkeyutl -sign -rawin` gives for `annals bundle signature 1`, a line feed, the hash of
  /// the bundle, and a line feed.
  private static let signature = """
    a31bc0b114a00787d1619891584d3894e71a3f3c4977aec31d4a7b34e247ff8f\
    b6f9fd875d16a3df251dc979462a60a1add01eef3563469bcc168a679d6bda09
    """

  private static let file = """
    {
      "format": 1,
      "key": "\(key)",
      "signature": "\(signature)"
    }

    """

  /// A packed bundle with a file of signatures.
  private func signed(_ file: String = Self.file) -> [(name: String, text: String)] {
    var files = SmallBundle.files
    files.insert(("bundle.sig", file), at: 1)
    return files
  }

  private func keyFile(
    _ text: String = "annals signing key 1\nname The Archive\nsecret \(secret)\n",
    mode: Int = 0o600
  ) throws -> (folder: TemporaryFolder, path: String) {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "ada.key")
    let path = folder.url.appending(path: "ada.key").path
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    return (folder, path)
  }

  private func refusal(ofKey text: String, mode: Int = 0o600) throws -> String? {
    let file = try keyFile(text, mode: mode)
    return withExtendedLifetime(file.folder) {
      do throws(BundlesError) {
        _ = try SigningKey.read(file.path)
        return nil
      } catch {
        return error.description.replacing(file.folder.url.path + "/", with: "")
      }
    }
  }

  @Test func `a signature is what OpenSSL makes of the bundle's hash`() throws {
    let bundle = try ReportBundle(archive: ZipMaker(SmallBundle.files).bytes, name: "b.annals")
    let file = try keyFile()
    let key = try SigningKey.read(file.path)
    #expect(key.name == "The Archive")
    #expect(key.publicKey.text == Self.key)
    let packed = try bundle.signed(with: key).packed()
    #expect(packed == ZipMaker(signed()).bytes)
    #expect(try bundle.signed(with: key).hash == bundle.hash)
  }

  @Test func `a signed bundle is read, packed and signed again`() throws {
    let bytes = ZipMaker(signed()).bytes
    let bundle = try ReportBundle(archive: bytes, name: "b.annals")
    #expect(bundle.signature?.key.text == Self.key)
    #expect(bundle.contents(of: "bundle.sig") == nil)
    #expect(try bundle.packed() == bytes)
    let file = try keyFile()
    #expect(try bundle.signed(with: SigningKey.read(file.path)).packed() == bytes)
  }

  @Test func `the words of a key are its proquints`() throws {
    let key = try #require(PublicKey(Self.key))
    #expect(key.id == "jinal-jopol-jidog-hitas-bapaj-tutit")
  }

  @Test func `a signature over other bytes is refused`() throws {
    var files = signed()
    files[0].text = files[0].text.replacing("A small bundle", with: "A changed bundle")
    let message = try #require(SmallBundle.refusal(of: ZipMaker(files).bytes))
    #expect(
      message == """
        the signature is not one of this bundle: what it was made for has been changed, or it is by \
        another key than it says
          at:  `b.annals`, `bundle.sig`
          fix: don't trust the bundle; get it again from whoever signed it
        """)
  }

  @Test func `a signature that claims to be by another key is refused`() throws {
    let other = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    let files = signed(Self.file.replacing(Self.key, with: other))
    let message = try #require(SmallBundle.refusal(of: ZipMaker(files).bytes))
    #expect(message.hasPrefix("the signature is not one of this bundle"))
  }

  @Test(arguments: [
    "", "{}", file.replacing("1,", with: "2,"), file.replacing("\n", with: ""), file + "\n",
    file.replacing(key, with: key.uppercased()), file.replacing(key, with: "00"),
    file.replacing("\"key\"", with: "\"name\""), String(repeating: "\"", count: 1 << 20),
  ])
  func `a signature in any other form is refused`(_ file: String) throws {
    let message = try #require(SmallBundle.refusal(of: ZipMaker(signed(file)).bytes))
    #expect(message.hasPrefix("the signature is not written as signing writes it\n"))
  }

  @Test func `whichever byte of a signed bundle changes, it is refused`() {
    let bytes = ZipMaker(signed()).bytes
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 0x01
      #expect(SmallBundle.refusal(of: changed) != nil, "byte \(index)")
    }
  }

  @Test func `a changed byte of a file is told with the file, also where its checksum is mended`()
    throws
  {
    for (index, entry) in signed().enumerated() where entry.name != "bundle.json" {
      var files = signed()
      files[index].text = "R" + entry.text.dropFirst()
      let message = try #require(SmallBundle.refusal(of: ZipMaker(files).bytes))
      #expect(message.contains("  at:  `b.annals`, `\(entry.name)`"), "\(message)")
    }
  }

  @Test func `in a folder a signature is left out and told`() throws {
    let folder = try TemporaryFolder()
    for file in signed() { try folder.write(file.text, to: file.name) }
    let bundle = try ReportBundle.open(folder.url.path)
    #expect(bundle.leftOut == ["bundle.sig"])
    #expect(bundle.signature == nil)
    #expect(try bundle.packed() == ZipMaker(SmallBundle.files).bytes)
  }

  @Test(arguments: [0o640, 0o604, 0o660, 0o602, 0o644, 0o777])
  func `a key that others may read or write is refused`(_ mode: Int) throws {
    let text = "annals signing key 1\nname Ada\nsecret \(Self.secret)\n"
    #expect(
      try refusal(ofKey: text, mode: mode) == """
        others than you may read or write `ada.key`, which holds a secret
          fix: make it yours alone with `chmod 600`, and make a new key if somebody may have read it
        """)
    #expect(try refusal(ofKey: text, mode: 0o400) == nil)
  }

  @Test(arguments: [
    "", "name Ada\nsecret \(secret)\n", "annals signing key 2\nname Ada\nsecret \(secret)\n",
    "annals signing key 1\nname \nsecret \(secret)\n",
    "annals signing key 1\nname Ada\nsecret \(secret)",
    "annals signing key 1\nname Ada\nsecret 00\n",
    "annals signing key 1\nname Ada\nsecret \(secret)\nmore\n",
  ])
  func `a file that is no key is refused`(_ text: String) throws {
    let message = try #require(try refusal(ofKey: text))
    #expect(message.hasPrefix("the file is no signing key\n  at:  `ada.key`\n"))
  }

  @Test func `a new key is a file that its owner alone may read, and is not written twice`() throws
  {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "new.key").path
    let old = umask(0)
    let key = try SigningKey.make(name: "Bea", at: path)
    umask(old)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    #expect(try SigningKey.read(path).publicKey == key.publicKey)
    #expect(throws: BundlesError.self) { try SigningKey.make(name: "Bea", at: path) }
    #expect(throws: BundlesError.self) {
      try SigningKey.make(name: "Be\na", at: path + "2")
    }
    #expect(!FileManager.default.fileExists(atPath: path + "2"))
    let other = try SigningKey.make(name: "Bea", at: path + "3")
    #expect(other.publicKey != key.publicKey)
  }

  @Test func `trusted keys have names, and mistakes are told with their line`() throws {
    let folder = try TemporaryFolder()
    func trusted(_ text: String) throws -> TrustedKeys {
      try folder.write(text, to: "trusted")
      return try TrustedKeys(folder.url.appending(path: "trusted").path)
    }
    let key = try #require(PublicKey(Self.key))
    let keys = try trusted("# friends\n\n\(Self.key) The Archive\n")
    #expect(keys.name(of: key) == "The Archive")
    #expect(try trusted("# nobody").name(of: key) == nil)
    for (text, problem) in [
      ("\n\(Self.key)\n", "the line names no trusted key"),
      ("\nThe Archive\n", "the line names no trusted key"),
      ("\(Self.key) Ada\n\(Self.key) Bea\n", "the line names a key that stands above"),
    ] {
      do {
        _ = try trusted(text)
        Issue.record("\(text) is taken")
      } catch let error as BundlesError {
        #expect(error.description.hasPrefix(problem))
        #expect(error.description.contains("trusted`, line 2\n"))
      }
    }
  }

  /// With R and the key the neutral point and S zero, the equation of Ed25519 holds for every message.
  @Test(arguments: [
    "01" + String(repeating: "0", count: 62),
    "01" + String(repeating: "0", count: 60) + "80",
    String(repeating: "0", count: 64),
    "ec" + String(repeating: "f", count: 60) + "7f",
    "ed" + String(repeating: "f", count: 60) + "7f",
    "ee" + String(repeating: "f", count: 62),
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  ])
  func `a key by which one signature fits every bundle is no key`(key: String) throws {
    #expect(PublicKey(key) == nil)
    let file = """
      {
        "format": 1,
        "key": "\(key)",
        "signature": "01\(String(repeating: "0", count: 126))"
      }

      """
    let message = try #require(SmallBundle.refusal(of: ZipMaker(signed(file)).bytes))
    #expect(message.hasPrefix("the signature is not written as signing writes it\n"))
  }
}
