import AnnalsPlatform

/// Report scripts with what they need, from a folder or a packed file, checked as a whole.
///
/// All of it is in memory and nothing of it has run: a bundle is a value, whatever happens to its file.
public struct ReportBundle: Sendable {
  /// How the name of a packed bundle ends.
  package static let ending = ".annals"

  /// As the user named it.
  public let name: String
  /// With the list of files, as in the packed bundle.
  public let manifest: Manifest
  /// Who vouches for it, which has been checked against all files, but not whether that key is trusted.
  public private(set) var signature: BundleSignature?
  /// All files but the manifest and the signature.
  package let files: BundleFiles
  /// Files of the folder that are no part of the bundle: their names begin with a point, or it is a
  /// signature, which a folder can't keep.
  public let leftOut: [String]
  /// Whether it was read from a packed file.
  public let isPacked: Bool
  /// Whether it was read from a program that carries it.
  package private(set) var isInProgram = false
  /// The bundles that it uses, where it came with them in a program.
  package private(set) var carried: [ReportBundle] = []
  /// Whether its own manifest lists the files with their hashes, as that of a packed bundle does.
  public let listsFiles: Bool

  /// The SHA-256 of the packed manifest, which holds those of all files: it names the whole content.
  public var hash: ContentHash { ContentHash(of: Array(manifest.text.utf8)) }

  /// Reads a bundle's folder, a packed bundle, or the bundle that a program carries.
  ///
  /// - Throws: ``BundlesError`` for the first thing that is wrong.
  public static func open(_ path: String) throws(BundlesError) -> ReportBundle {
    if FileKind(at: path) == .folder { return try ReportBundle(folder: path) }
    let file: OpenFile
    do throws(PlatformError) { file = try OpenFile(path: path) } catch {
      throw .platform(cause: error)
    }
    if ProgramFile.isProgram(file) { return try ProgramFile(file, name: path).bundle() }
    let bytes: [UInt8]
    do throws(PlatformError) {
      bytes = try FileReader(file).contents(byteLimit: BundleBounds.archiveByteCount)
    } catch .tooLarge {
      throw .archive(bundle: path, entry: nil, problem: .tooLarge)
    } catch {
      throw .platform(cause: error)
    }
    return try ReportBundle(archive: bytes, name: path)
  }

  /// Reads a packed bundle.
  package init(archive bytes: [UInt8], name: String) throws(BundlesError) {
    let all = try ArchiveReader.files(in: bytes, of: name)
    try self.init(all.all, name: name, leftOut: [], isPacked: true)
  }

  /// Whether a path leads to a program, which may carry a bundle.
  package static func isProgram(at path: String) -> Bool {
    guard FileKind(at: path) == .file, let file = try? OpenFile(path: path) else { return false }
    return ProgramFile.isProgram(file)
  }

  /// The same bundle, as it came with others in a program.
  func carried(with bundles: [ReportBundle]) -> ReportBundle {
    var copy = self
    copy.isInProgram = true
    copy.carried = bundles
    return copy
  }

  /// Reads the folder of a bundle that is being worked on.
  init(folder: String) throws(BundlesError) {
    let found = try BundleFolder.read(folder)
    let signatures = found.files.map(\.path).filter { $0 == BundleSignature.path }
    try self.init(
      found.files, name: folder, leftOut: found.leftOut + signatures, isPacked: false)
  }

  private init(
    _ all: [BundleFile], name: String, leftOut: [String], isPacked: Bool
  ) throws(BundlesError) {
    guard let file = all.first(where: { $0.path == Manifest.path }) else {
      throw .file(bundle: name, path: nil, problem: .noManifest)
    }
    var manifest = try ManifestReader.manifest(file.bytes, of: name)
    let files = try BundleFiles(
      all.filter { $0.path != Manifest.path && $0.path != BundleSignature.path }, of: name)
    listsFiles = manifest.files != nil
    let check = ListedFilesCheck(bundle: name, files: files)
    if isPacked || manifest.files != nil { try check.compare(manifest.files) }
    for script in manifest.scripts where files[script.file] == nil {
      throw .file(bundle: name, path: script.file, problem: .missing)
    }
    for case .file(let path) in manifest.tests.map(\.data) where files.within(path).isEmpty {
      throw .file(bundle: name, path: path, problem: .missing)
    }
    manifest.files = check.listed
    if isPacked, Array(manifest.text.utf8) != file.bytes {
      throw .file(bundle: name, path: Manifest.path, problem: .unusualManifest)
    }
    self.name = name
    self.manifest = manifest
    self.files = files
    self.leftOut = leftOut
    self.isPacked = isPacked
    guard isPacked else { return }
    try checkGoldens()
    if !manifest.uses.isEmpty { _ = try lock() }
    if let file = all.first(where: { $0.path == BundleSignature.path }) { try take(file) }
  }

  /// Which bundles it uses, to the byte; empty if it uses none.
  ///
  /// - Throws: If it uses others and no lock of theirs fits the manifest.
  public func lock() throws(BundlesError) -> BundleLock {
    guard !manifest.uses.isEmpty else { return BundleLock([]) }
    guard let file = files[BundleLock.path] else {
      throw .uses(bundle: name, problem: .noLock)
    }
    guard let lock = BundleLock(file: file.bytes) else {
      throw .file(bundle: name, path: file.path, problem: .unusualLock)
    }
    try check(lock, for: manifest.uses)
    return lock
  }

  /// - Parameter uses: What this bundle or one that it uses needs.
  package func check(_ lock: BundleLock, for uses: [UsedBundle]) throws(BundlesError) {
    for use in uses {
      guard let entry = lock[use.id], use.range.contains(entry.version) else {
        throw .uses(bundle: name, problem: .lockLacks(id: use.id, range: use.range))
      }
    }
  }

  private mutating func take(_ file: BundleFile) throws(BundlesError) {
    guard let signature = BundleSignature(file: file.bytes) else {
      throw .file(bundle: name, path: file.path, problem: .unusualSignature)
    }
    guard signature.isValid(for: hash) else {
      throw .file(bundle: name, path: file.path, problem: .wrongSignature)
    }
    self.signature = signature
  }

  /// The same bundle with a signature, in the place of one that it has.
  public func signed(with key: SigningKey) throws(BundlesError) -> ReportBundle {
    var copy = self
    guard let signature = key.signature(of: hash), signature.isValid(for: hash) else {
      throw .file(bundle: name, path: nil, problem: .wrongSignature)
    }
    copy.signature = signature
    return copy
  }

  /// - Throws: For a golden output that is not there, as in a folder whose tests have not run yet.
  private func checkGoldens() throws(BundlesError) {
    for golden in manifest.tests.flatMap(\.goldens) where files[golden] == nil {
      throw .file(bundle: name, path: golden, problem: .missingGolden)
    }
  }

  /// The bytes of a file; nil if there is none.
  public func contents(of path: String) -> [UInt8]? { files[path]?.bytes }

  /// The script of a name; without one the first. Nil if there is none of that name.
  public func script(named name: String?) -> BundleScript? {
    guard let name else { return manifest.scripts.first }
    return manifest.scripts.first { $0.name == name }
  }

  /// The bytes of the packed bundle; the same files give the same bytes.
  public func packed() throws(BundlesError) -> [UInt8] {
    try checkGoldens()
    if !manifest.uses.isEmpty { _ = try lock() }
    var own = [BundleFile(path: Manifest.path, bytes: Array(manifest.text.utf8))]
    if let signature {
      own.append(BundleFile(path: BundleSignature.path, bytes: Array(signature.text.utf8)))
    }
    return try ArchiveWriter.archive(try BundleFiles(files.all + own, of: name), of: name)
  }

  /// The name that a packed bundle gets where none is given.
  public var packedName: String { "\(manifest.id)-\(manifest.version)" + Self.ending }
}
