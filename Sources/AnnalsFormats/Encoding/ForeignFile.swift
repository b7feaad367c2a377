/// A kind of file that holds no delimited text, as its first bytes tell.
public enum ForeignFile: Hashable, Sendable {
  case pdf
  case html
  case xml
  case json
  case parquet
  case sqlite
  /// A spreadsheet as a zip archive: `.xlsx`, `.ods`.
  case spreadsheet
  /// What programs of an office wrote before 2007: `.xls`, `.doc`.
  case oldSpreadsheet
  case arrow
  /// Compressed by something that is not undone here.
  case compressed(String)

  /// How many bytes tell.
  static let byteCount = 64

  /// Nil if the bytes may be the beginning of delimited text.
  init?(_ bytes: [UInt8]) {
    if let kind = Self.magics.first(where: { bytes.starts(with: $0.bytes) })?.kind {
      self = kind
      return
    }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = (bytes.starts(with: mark) ? bytes.dropFirst(3) : bytes[...])
      .drop { [0x09, 0x0A, 0x0D, 0x20].contains($0) }
    // Letters of markup count alike.
    let lowered = text.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    guard let kind = Self.openings.first(where: { lowered.starts(with: $0.text.utf8) })?.kind
    else { return nil }
    self = kind
  }

  /// Source: ISO 32000-1, 7.5.2; Apache Parquet's and Arrow's format pages; SQLite's "Database File
  /// Format", 1.3; MS-CFB, 2.2; the format pages of 7z, xz, bzip2 and RAR.
  private static let magics: [(bytes: [UInt8], kind: ForeignFile)] = [
    (Array("%PDF-".utf8), .pdf), (Array("PAR1".utf8), .parquet), (Array("ARROW1".utf8), .arrow),
    (Array("SQLite format 3\u{0}".utf8), .sqlite),
    ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], .oldSpreadsheet),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .compressed("7z")),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], .compressed("xz")),
    (Array("BZh91AY&SY".utf8), .compressed("bzip2")),
    (Array("Rar!\u{1A}\u{7}".utf8), .compressed("rar")),
  ]

  private static let openings: [(text: String, kind: ForeignFile)] = [
    ("<!doctype html", .html), ("<html", .html), ("<?xml", .xml), ("{\"", .json), ("[{\"", .json),
    ("{ \"", .json), ("[ {", .json), ("[\n", .json), ("[\r\n", .json), ("{\n", .json),
    ("{\r\n", .json),
  ]

  var name: String {
    switch self {
    case .pdf: "a PDF document"
    case .html: "a web page"
    case .xml: "XML"
    case .json: "JSON"
    case .parquet: "Parquet"
    case .sqlite: "an SQLite database"
    case .spreadsheet: "a spreadsheet"
    case .oldSpreadsheet: "a spreadsheet or document of an office program"
    case .arrow: "an Arrow file"
    case .compressed(let name): "compressed by \(name)"
    }
  }

  var fix: String {
    switch self {
    case .pdf, .xml: "fetch the publisher's CSV file"
    case .html: "fetch it again: a page came instead, which may ask for a login or tell of an error"
    case .json, .sqlite: "save its table as CSV"
    case .parquet: "save it as CSV or Arrow"
    case .spreadsheet, .oldSpreadsheet: "save the sheet as CSV"
    case .arrow: "end its name in `.arrow`"
    case .compressed: "unpack it"
    }
  }
}
