/// How a file breaks the rules of the archive: a zip file whose bytes follow from what it holds.
public enum ArchiveProblem: Hashable, Sendable {
  case tooLarge
  case noArchive
  case dataBefore
  case noEnd
  case empty
  case trailingData(byteCount: Int)
  case comment
  case severalDisks
  case zip64
  case tooManyEntries(count: Int)
  case countsDiffer
  case directoryMisplaced
  case directoryCut
  case nameNotUTF8
  case encrypted
  case sizeAfterData
  case flags(UInt16)
  case compressed(method: UInt16)
  case link
  case folder
  case special
  case attributes
  case extraField
  case entryComment
  case sizesDiffer(stored: Int, whole: Int)
  case time
  case version
  case overlap
  case gap
  case gapBeforeDirectory
  case unsorted
  case noEntryHeader
  case headersDiffer(field: String)
  case beyondEnd(byteCount: Int)
  case checksum
}

extension ArchiveProblem: CustomStringConvertible {
  /// What is wrong, without the entry.
  public var description: String {
    switch self {
    case .tooLarge: "the file is larger than the \(BundleBounds.archiveByteCount) bytes of a bundle"
    case .noArchive: "the file is no zip archive"
    case .dataBefore: "something stands before the first entry of the archive"
    case .noEnd: "the archive has no end; the file was cut"
    case .empty: "the archive is empty"
    case .trailingData(let byteCount): "\(byteCount) bytes follow the end of the archive"
    case .comment: "the archive has a comment"
    case .severalDisks: "the archive is a part of several"
    case .zip64: "the archive is written for sizes that no bundle has (zip64)"
    case .tooManyEntries(let count):
      "the archive has \(count) entries, more than the \(BundleBounds.fileCount) of a bundle"
    case .countsDiffer: "the archive says two numbers of entries"
    case .directoryMisplaced: "the directory does not stand right before the end of the archive"
    case .directoryCut: "the directory has not as many entries as the end of the archive says"
    case .nameNotUTF8: "the name of an entry is not UTF-8"
    case .encrypted: "the entry is encrypted"
    case .sizeAfterData: "the size of the entry stands behind its bytes"
    case .flags(let flags): "the entry has the flags \(flags), and a bundle has none"
    case .compressed(let method): "the entry is compressed (method \(method))"
    case .link: "the entry is a link"
    case .folder: "the entry is a folder"
    case .special: "the entry is a pipe, socket or device"
    case .attributes: "the entry has attributes of a file system"
    case .extraField: "the entry has an extra field"
    case .entryComment: "the entry has a comment"
    case .sizesDiffer(let stored, let whole):
      "the entry says that it has \(stored) bytes here and \(whole) unpacked"
    case .time: "the entry bears a time"
    case .version: "the entry asks for another version of zip than 1.0"
    case .overlap: "the entry lies over another"
    case .gap: "something stands before the entry that belongs to none"
    case .gapBeforeDirectory: "something stands before the directory that belongs to no entry"
    case .unsorted: "the entry is out of order"
    case .noEntryHeader: "the directory leads to a place where no entry is"
    case .headersDiffer(let field): "the entry and the directory say two things of its \(field)"
    case .beyondEnd(let byteCount):
      "the entry says that it has \(byteCount) bytes; so many are not there"
    case .checksum: "the bytes of the entry are not those that were packed (CRC-32)"
    }
  }

  /// How to mend it.
  public var fix: String {
    switch self {
    case .noArchive: "name a bundle: a file made by `annals bundle pack`, or a bundle's folder"
    case .noEnd, .checksum, .directoryCut, .trailingData: "get the file again"
    case .tooLarge, .tooManyEntries: "have the report use a dataset outside of the bundle"
    default: "make the file with `annals bundle pack`; what other programs zip is no bundle"
    }
  }
}
