import AnnalsFormats

/// Why a file can be no part of a bundle.
public enum FileProblem: Hashable, Sendable {
  case emptyPath
  case longPath
  case deepPath
  case zeroByte
  case backslash
  case absolutePath
  case drive
  case folder
  case leadsOut
  case emptyPart
  case hidden
  case unportableCharacter
  case endsWithPoint
  case deviceName
  case duplicate
  /// Another path differs from it in case alone.
  case caseCollision(other: String)
  /// One path is a file, and a folder in this one.
  case fileAndFolder(other: String)
  case tooLarge
  case tooManyFiles(count: Int)
  case bytecode
  case bundleInBundle
  /// A link in a bundle's folder.
  case link
  /// A pipe, socket or device in a bundle's folder.
  case special
  /// A name in a bundle's folder is not UTF-8.
  case badName
  case noManifest
  /// A packed manifest without hashes.
  case noList
  /// A packed manifest that is not written as packing writes it.
  case unusualManifest
  /// The lock is not written as locking writes it.
  case unusualLock
  /// The signature is not written as signing writes it.
  case unusualSignature
  /// It is of other files, or by another key than it says.
  case wrongSignature
  /// A part of the manifest names a file that is not there.
  case missing
  /// Of a golden output, which a run can write.
  case missingGolden
  case unlisted
  case wrongSize(listed: Int, found: Int)
  case wrongHash(listed: ContentHash, found: ContentHash)
}

extension FileProblem: CustomStringConvertible {
  /// What is wrong, without the file.
  public var description: String {
    switch self {
    case .emptyPath: "a file has no name"
    case .longPath: "a path is longer than \(BundleBounds.pathByteCount) bytes"
    case .deepPath: "a path has more than \(BundleBounds.depth) parts"
    case .zeroByte: "a path holds a zero byte"
    case .backslash: "a path holds a backslash"
    case .absolutePath: "a path begins at the root of the file system"
    case .drive: "a path holds a colon, as drives and streams do on Windows"
    case .folder: "a folder stands among the files"
    case .leadsOut: "a path leads out of the bundle by `..`"
    case .emptyPart: "a path has an empty part"
    case .hidden: "a path has a part that begins with a point"
    case .unportableCharacter: "a path holds a character that not every system can write"
    case .endsWithPoint: "a path has a part that ends with a point"
    case .deviceName: "a path has a part that is a device's name on Windows"
    case .duplicate: "a file is there twice"
    case .caseCollision(let other):
      "a path differs from \(ShownText.quoted(other)) in case alone"
    case .fileAndFolder(let other): "\(ShownText.quoted(other)) is a file, and a folder of this one"
    case .tooLarge:
      "a file has more bytes than it may have: \(BundleBounds.fileByteCount), and the"
        + " manifest \(BundleBounds.manifestByteCount)"
    case .tooManyFiles(let count):
      "the bundle has \(count) files, more than the \(BundleBounds.fileCount) that one may have"
    case .bytecode: "a file is Lua bytecode, which can break the interpreter"
    case .bundleInBundle: "a bundle lies in the bundle"
    case .link: "a link lies in the bundle's folder"
    case .special: "a pipe, socket or device lies in the bundle's folder"
    case .badName: "a name in the bundle's folder is not UTF-8"
    case .noManifest: "the bundle has no `bundle.json`"
    case .noList: "the packed manifest lists no files"
    case .unusualManifest: "the packed manifest is not written as packing writes it"
    case .unusualLock: "the lock is not written as locking writes it"
    case .unusualSignature: "the signature is not written as signing writes it"
    case .wrongSignature:
      "the signature is not one of this bundle: what it was made for has been changed, or it is by another"
        + " key than it says"
    case .missing: "a file that the manifest names is not there"
    case .missingGolden: "a golden output that the manifest names is not there"
    case .unlisted: "a file is not in the list of the manifest"
    case .wrongSize(let listed, let found):
      "a file has \(found) bytes, and the manifest says \(listed)"
    case .wrongHash(let listed, let found):
      "a file is not what was packed: its SHA-256 is \(found.text), and the manifest says"
        + " \(listed.text)"
    }
  }

  /// How to mend it.
  public var fix: String {
    switch self {
    case .emptyPath, .zeroByte, .backslash, .absolutePath, .drive, .folder, .leadsOut, .emptyPart,
      .duplicate:
      "get the bundle again from whoever made it, with `annals bundle pack`"
    case .hidden: "leave it out, or name it otherwise"
    case .longPath, .deepPath: "shorten the path"
    case .unportableCharacter, .endsWithPoint, .deviceName, .badName:
      "name it with ASCII letters, digits, `_`, `-` and points within"
    case .caseCollision, .fileAndFolder: "rename one of the two"
    case .tooLarge: "divide it, or have the report use a dataset outside of the bundle"
    case .tooManyFiles: "put less into it"
    case .bytecode: "put the script's text there"
    case .bundleInBundle: "move it out"
    case .link: "put a copy of the file there"
    case .special: "remove it"
    case .noManifest: "write one, or begin with `annals bundle new`"
    case .noList, .unusualManifest: "make the file with `annals bundle pack`"
    case .unusualLock: "write it with `annals bundle lock`"
    case .unusualSignature, .wrongSignature:
      "don't trust the bundle; get it again from whoever signed it"
    case .missing: "put it there, or correct the manifest"
    case .missingGolden: "have `annals bundle test --update` write it, and read it"
    case .unlisted, .wrongSize, .wrongHash:
      "don't trust the bundle; get it again from whoever made it"
    }
  }
}
