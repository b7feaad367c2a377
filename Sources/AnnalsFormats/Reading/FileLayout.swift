import AnnalsEngine

/// What is known of a delimited file once its header was read.
struct FileLayout: Sendable {
  let source: ByteSource
  /// The file's name in messages.
  let path: String
  let dialect: DelimitedDialect
  let options: ReadingOptions
  /// The names of the fields of a row.
  let fieldNames: [String]
  /// The column that each field belongs to; nil for those that none takes.
  var targets: [Int?]
  /// The rules of the columns, of which some may have no field.
  var rules: [ColumnRule]
  /// Where the first row starts, and on which line.
  let start: Int
  let line: Int
  /// The columns without a field.
  var absentColumns: [Int] = []
  /// How many of the last fields a row may lack in silence.
  var optionalFieldCount = 0
  /// How many problems are kept.
  let problemLimit: Int
  /// Whether what is wrong was reported before.
  var isSilent = false

  var fieldCount: Int { fieldNames.count }

  var leastFieldCount: Int { fieldCount - optionalFieldCount }

  /// How many pieces the rows are read in.
  var pieceCount: Int {
    let count = source.byteCount - start
    return count <= 0 ? 0 : (count - 1) / options.pieceByteCount + 1
  }

  /// Where in the file the bytes of a piece are, at which its rows start.
  func bytes(ofPiece piece: Int) -> Range<Int> {
    let first = start + piece * options.pieceByteCount
    return first..<min(first + options.pieceByteCount, source.byteCount)
  }
}
