import AnnalsEngine
import AnnalsFormats

extension SmallTable {
  /// What a writer gives for a table, as text.
  static func written(_ table: Table, as format: TableFormat) throws -> String {
    var bytes: [UInt8] = []
    try TableWriter(table, format: format).write { piece in
      for index in piece.indices { bytes.append(piece[index]) }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
