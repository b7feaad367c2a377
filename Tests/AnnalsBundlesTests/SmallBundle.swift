import AnnalsBundles

/// A bundle of two files, in the words of the specification.
enum SmallBundle {
  static let report = "return 1\n"
  static let module = "return { one = 1 }\n"

  /// What a person writes.
  static let source = """
    {
      "format": 1,
      "id": "small",
      "version": "1.0.0",
      "title": "A small bundle",
      "authors": ["The Archive"],
      "licence": "CC0-1.0",
      "annals": ">=0.1.0",
      "scripts": {"main": "report.lua"}
    }

    """

  /// What packing makes of it. The hashes are those of `sha256sum`.
  static let packed = """
    {
      "format": 1,
      "id": "small",
      "version": "1.0.0",
      "title": "A small bundle",
      "authors": [
        "The Archive"
      ],
      "licence": "CC0-1.0",
      "annals": ">=0.1.0",
      "scripts": {
        "main": "report.lua"
      },
      "files": {
        "lib/one.lua": {
          "bytes": 19,
          "sha256": "96f62274601731f1d69c7c84b3aef15541c962bd75a8f332ba9a55f3a4a8d409"
        },
        "report.lua": {
          "bytes": 9,
          "sha256": "0805bfdc02e872ed322a4a4e440ae985f3a4335f4dd59f3d373dfaf2a68a4a3c"
        }
      }
    }

    """

  /// The files of the packed bundle, in order.
  static var files: [(name: String, text: String)] {
    [("bundle.json", packed), ("lib/one.lua", module), ("report.lua", report)]
  }

  /// The packed bundle with a changed manifest.
  static func zip(replacing old: String, with new: String) -> [UInt8] {
    precondition(packed.contains(old), "the manifest holds what is to be replaced")
    var files = files
    files[0].text = packed.replacing(old, with: new)
    return ZipMaker(files).bytes
  }

  /// What a bundle of these bytes is refused for; nil if it is none.
  static func refusal(of bytes: [UInt8]) -> String? {
    do throws(BundlesError) {
      _ = try ReportBundle(archive: bytes, name: "b.annals")
      return nil
    } catch {
      return error.description
    }
  }
}
