public import AnnalsEngine
public import AnnalsPlatform

/// Why a file cannot be read or written at all. What is wrong in single rows is a ``DataProblem``.
///
/// Files are named as the user or the data package names them.
public enum FormatsError: Error, Sendable {
  case platform(cause: PlatformError)
  case engine(cause: EngineError)
  /// A JSON file does not follow RFC 8259.
  case json(file: String, place: TextPlace, problem: JSONProblem)
  /// The description of a dataset says something wrong or unsupported.
  case descriptor(file: String, place: TextPlace, problem: DescriptorProblem)
  /// An Arrow file can't be read.
  case arrow(file: String, problem: ArrowProblem)
  /// A file has more rows than a table can hold.
  case tooManyRows(file: String, limit: Int)
  /// A file has more columns than a table can hold.
  case tooManyColumns(file: String, found: Int, limit: Int)
  /// Something was said of a column that the file does not have.
  case unknownColumn(file: String, name: String, near: [String])
  /// A compressed file does not hold what its kind promises.
  case damaged(file: String, kind: Compression)
  /// A compressed file ends before its end.
  case cutShort(file: String, kind: Compression)
  /// A file that holds something else than delimited text.
  case foreign(file: String, kind: ForeignFile)
  /// A zip archive that is not just one file.
  case archive(file: String, problem: ArchivedFileProblem)
  /// A compressed file becomes more than so many times larger.
  case growsTooMuch(file: String, factor: Int)
  /// A byte of a file has no meaning in the encoding that it is read in.
  case wrongEncoding(file: String, encoding: TextEncoding, position: Int)
  /// A folder without a `datapackage.json`.
  case noDescription(folder: String)
  /// A file whose name does not tell a format that can be opened.
  case unknownEnding(path: String)
  /// A file to write whose name does not tell a format of tables.
  case unknownTableEnding(path: String)
  /// Two columns of a written file would bear one name.
  case clashingColumn(name: String)
}

extension FormatsError {
  /// The file that was not granted; nil for any other error.
  package var refusal: (path: String, isWriting: Bool)? {
    guard case .platform(cause: .notGranted(let path, let action)) = self else { return nil }
    return (path, action == .write)
  }

  /// Runs what may fail in the engine, whose error becomes the cause of ours.
  static func catching<Result>(
    _ body: () throws(EngineError) -> Result
  ) throws(FormatsError) -> Result {
    do throws(EngineError) { return try body() } catch { throw .engine(cause: error) }
  }
}

extension FormatsError: CustomStringConvertible {
  /// What is wrong, where, and how to mend it.
  public var description: String {
    switch self {
    case .platform(let cause): return cause.description
    case .engine(.outOfMemory(let needed, let limit)):
      return "the dataset needs \(needed) more bytes than the \(limit) that it may use"
        + "\n  fix: open a part of the data, or give it more memory"
    case .engine(let cause): return cause.description
    case .json(let file, let place, let problem):
      return problem.description + "\n  at:  \(file):\(place)\n  fix: " + problem.fix
    case .descriptor(let file, let place, let problem):
      return problem.description + "\n  at:  \(file):\(place)\n  fix: " + problem.fix
    case .arrow(let file, let problem):
      return problem.description + "\n  at:  " + file + "\n  fix: " + problem.fix
    case .tooManyRows(let file, let limit):
      return "the file has more than \(limit) rows\n  at:  \(file)\n  fix: divide it"
    case .tooManyColumns(let file, let found, let limit):
      return "the file has \(found) columns, more than \(limit)\n  at:  \(file)"
        + "\n  fix: check that the delimiter is right, or turn columns into rows"
    case .unknownColumn(let file, let name, let near):
      return "the file has no column \(ShownText.quoted(name))\n  at:  \(file)\n  fix: "
        + (near.isEmpty
          ? "`annals inspect` shows its columns"
          : "did you mean \(ShownText.alternatives(near))?")
    case .damaged(let file, let kind):
      return "the file is damaged: it is no whole \(kind.rawValue)\n  at:  \(file)"
        + "\n  fix: fetch it again"
    case .cutShort(let file, let kind):
      return "the file is cut short: its \(kind.rawValue) does not end\n  at:  \(file)"
        + "\n  fix: fetch it again"
    case .foreign(let file, let kind):
      return "the file is \(kind.name), and no delimited text\n  at:  \(file)\n  fix: " + kind.fix
    case .archive(let file, let problem):
      return problem.description + "\n  at:  \(file)"
        + "\n  fix: unpack it, and open the file that holds the data"
    case .growsTooMuch(let file, let factor):
      return "the file would become more than \(factor) times larger\n  at:  \(file)"
        + "\n  fix: unpack it yourself if you trust it"
    case .wrongEncoding(let file, let encoding, let position):
      return "the file is not \(encoding.rawValue) at byte \(position)\n  at:  \(file)"
        + "\n  fix: name another encoding, such as `windows-1252`, or save it as UTF-8"
    case .noDescription(let folder):
      return "the folder `\(folder)` has no `datapackage.json`, so it is no dataset"
        + "\n  fix: name a folder that has one, or a single file"
    case .unknownEnding(let path):
      return "the file `\(path)` is of no kind that can be opened"
        + "\n  fix: name a folder, a `datapackage.json`, or a file that ends in `.csv`,"
        + " `.tsv`, `.csv.gz`, `.csv.zst`, `.zip` or `.arrow`; save a spreadsheet as `.csv`"
    case .unknownTableEnding(let path):
      return "the ending of `\(path)` tells no format"
        + "\n  fix: end it in .csv, .tsv, .json, .ndjson, .md or .arrow"
    case .clashingColumn(let name):
      return "two columns would be called `\(name)` in the file"
        + "\n  fix: rename one; a figure `x` takes `x_low`, `x_best` and `x_high`"
    }
  }
}
