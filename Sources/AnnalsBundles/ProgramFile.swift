package import AnnalsPlatform

/// A program's file that carries bundles at its end: the one that it runs, and those that this one uses.
///
/// Its form stands in `Documentation/bundles.md`.
package struct ProgramFile {
  private let file: OpenFile
  /// What messages call it.
  private let name: String
  private let trailer: Trailer

  /// Looks at the end of a program.
  ///
  /// - Throws: ``BundlesError/program(file:problem:)`` if nothing is there that could be bundles.
  package init(_ file: OpenFile, name: String) throws(BundlesError) {
    self.file = file
    self.name = name
    let end = try Self.read(file, max(0, file.byteCount - Trailer.byteCount)..<file.byteCount)
    guard let trailer = Trailer(bytes: end) else { throw .program(file: name, problem: .noBundle) }
    guard trailer.fits(fileByteCount: file.byteCount) else {
      throw .program(file: name, problem: .misplaced)
    }
    guard trailer.bundlesByteCount <= Self.byteLimit else {
      throw .program(file: name, problem: .tooLarge)
    }
    self.trailer = trailer
  }

  /// How much of bundles a program carries at most.
  private static let byteLimit = 1 << 30

  /// Whether a file is a program, whether or not it carries something.
  static func isProgram(_ file: OpenFile) -> Bool {
    (try? read(file, 0..<min(magic.count, file.byteCount))) == magic
  }

  /// How the files of Linux's programs begin (ELF).
  private static let magic: [UInt8] = [0x7F, 0x45, 0x4C, 0x46]

  /// The bundle that the program runs. All bytes of what it carries are checked.
  package func bundle() throws(BundlesError) -> ReportBundle {
    let start = trailer.programByteCount
    let bytes = try Self.read(file, start..<start + trailer.bundlesByteCount)
    guard ContentHash(of: bytes) == trailer.hash else {
      throw .program(file: name, problem: .changed)
    }
    var bundles: [ReportBundle] = []
    var position = 0
    while position < bytes.count {
      let head = LittleEndian.number(bytes[position...].prefix(Self.lengthByteCount))
      let begin = position + Self.lengthByteCount
      guard let count = head, count > 0, count <= bytes.count - begin else {
        throw .program(file: name, problem: .misplaced)
      }
      position = begin + count
      bundles.append(try ReportBundle(archive: Array(bytes[begin..<position]), name: name))
    }
    guard let first = bundles.first else { throw .program(file: name, problem: .misplaced) }
    return first.carried(with: Array(bundles.dropFirst()))
  }

  private static let lengthByteCount = 8

  private static func read(
    _ file: OpenFile, _ range: Range<Int>
  ) throws(BundlesError) -> [UInt8] {
    do throws(PlatformError) { return try file.contents(in: range) } catch {
      throw .platform(cause: error)
    }
  }

  /// The file of the program that runs, which carries something.
  ///
  /// - Parameter name: What messages call it.
  package static func ofThisProgram(named name: String) throws(BundlesError) -> ProgramFile {
    try ProgramFile(try ownFile(), name: name)
  }

  private static func ownFile() throws(BundlesError) -> OpenFile {
    do throws(PlatformError) { return try OwnProgram.file() } catch {
      throw .platform(cause: error)
    }
  }

  /// The content of a file: this program, which will run a bundle.
  ///
  /// - Parameter used: The bundles that it uses, in the order of its lock.
  package static func content(
    running bundle: ReportBundle, using used: [ReportBundle]
  ) throws(BundlesError) -> [UInt8] {
    let file = try ownFile()
    // One that carries a bundle gives its own part only.
    let byteCount =
      OwnProgram.isLoaded
      ? try ProgramFile(file, name: file.path).trailer.programByteCount : file.byteCount
    var program = try read(file, 0..<byteCount)
    guard OwnProgram.load(&program) else {
      throw .program(file: file.path, problem: .otherProgram)
    }
    return try program + tail(for: bundle, using: used, behind: byteCount)
  }

  private static func tail(
    for bundle: ReportBundle, using used: [ReportBundle], behind programByteCount: Int
  ) throws(BundlesError) -> [UInt8] {
    var bytes: [UInt8] = []
    for bundle in [bundle] + used {
      let archive = try bundle.packed()
      bytes += LittleEndian.bytes(archive.count) + archive
    }
    guard bytes.count <= byteLimit else { throw .program(file: bundle.name, problem: .tooLarge) }
    let trailer = Trailer(
      programByteCount: programByteCount, bundlesByteCount: bytes.count,
      hash: ContentHash(of: bytes))
    return bytes + trailer.bytes
  }
}

/// The last bytes of a program that carries bundles.
private struct Trailer {
  let programByteCount: Int
  let bundlesByteCount: Int
  /// Of the bytes between the program and the trailer.
  let hash: ContentHash

  static let byteCount = 8 + 8 + 32 + mark.count
  private static let mark = Array("annals program 1".utf8)

  init(programByteCount: Int, bundlesByteCount: Int, hash: ContentHash) {
    self.programByteCount = programByteCount
    self.bundlesByteCount = bundlesByteCount
    self.hash = hash
  }

  /// Reads one; nil for other bytes, and numbers that no file could have.
  init?(bytes: [UInt8]) {
    guard bytes.count == Self.byteCount, bytes.suffix(Self.mark.count) == Self.mark[...],
      let program = LittleEndian.number(bytes[0..<8]),
      let bundles = LittleEndian.number(bytes[8..<16])
    else { return nil }
    self.init(
      programByteCount: program, bundlesByteCount: bundles,
      hash: ContentHash(bytes: bytes[16..<48]))
  }

  var bytes: [UInt8] {
    LittleEndian.bytes(programByteCount) + LittleEndian.bytes(bundlesByteCount)
      + (HexText.bytes(of: hash.text, count: 32) ?? []) + Self.mark
  }

  /// Whether a file of that size is the program, the bundles and the trailer, and nothing else.
  func fits(fileByteCount: Int) -> Bool {
    let rest = fileByteCount - Self.byteCount
    return programByteCount <= rest && bundlesByteCount == rest - programByteCount
  }
}

/// Numbers of eight bytes, the lowest first.
private enum LittleEndian {
  static func bytes(_ number: Int) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  /// Nil unless there are eight bytes of a number that an `Int` holds.
  static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.count == 8 else { return nil }
    return Int(exactly: bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }
}

/// What is wrong with a program that should carry bundles.
public enum ProgramProblem: Hashable, Sendable {
  case noBundle
  case misplaced
  case changed
  case tooLarge
  /// The file of the program is not the one that runs.
  case otherProgram
}

extension ProgramProblem: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noBundle: "the program carries no bundle at its end, or is cut"
    case .misplaced: "the lengths at the program's end are not those of what it carries"
    case .changed: "the bundles that the program carries are not those that were packed (SHA-256)"
    case .tooLarge: "the program carries more than 1 GiB of bundles"
    case .otherProgram: "the file of this program has no place that says that it carries a bundle"
    }
  }

  /// How to mend it.
  public var fix: String {
    switch self {
    case .noBundle: "get the file again, or make one with `annals bundle pack --executable`"
    case .misplaced, .changed: "don't trust it; get the file again from whoever made it"
    case .tooLarge: "have the report use a dataset outside of the bundle"
    case .otherProgram: "start it again, if its file has been replaced"
    }
  }
}
