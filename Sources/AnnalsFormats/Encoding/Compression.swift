/// How a file is compressed.
public enum Compression: String, CaseIterable, Hashable, Sendable {
  case gzip
  case zstd
  /// An archive of one file.
  case zip

  /// What its files begin with.
  ///
  /// Source: RFC 1952, section 2.3.1; RFC 8878, section 3.1.1; PKWARE's APPNOTE, section 4.3.7.
  var magic: [UInt8] {
    switch self {
    case .gzip: [0x1F, 0x8B]
    case .zstd: [0x28, 0xB5, 0x2F, 0xFD]
    case .zip: [0x50, 0x4B, 0x03, 0x04]
    }
  }

  /// What the names of its files end in.
  package var ending: String {
    switch self {
    case .gzip: "gz"
    case .zstd: "zst"
    case .zip: "zip"
    }
  }

  /// What takes it off.
  func decoder(file: String) throws(FormatsError) -> any ByteDecoder {
    switch self {
    case .gzip: try GzipDecoder(file: file)
    case .zstd: try ZstdDecoder(file: file)
    case .zip: try ZipDecoder(file: file)
    }
  }
}
