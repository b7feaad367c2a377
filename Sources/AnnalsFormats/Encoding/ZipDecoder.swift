import AnnalsEngine
import CZlib

/// Takes the one file out of a zip archive.
///
/// Source: PKWARE's APPNOTE 6.3.10, sections 4.3.7 to 4.3.16. The bytes are checked against the
/// directory at the end, which must list that file alone.
@safe final class ZipDecoder: ByteDecoder {
  private let file: String
  private let inflater: Inflater
  private var state = State.header
  /// The bytes of the local header as far as they came.
  private var header: [UInt8] = []
  /// The bytes behind the file, the last of them if they are many.
  private var tail: [UInt8] = []
  private var checksum: UInt = 0

  private enum State {
    case header
    case stored(left: Int)
    case deflated
    case tail
  }

  /// A directory of one entry with its end, the longest names and remarks.
  private static let tailLimit = 1 << 19
  private static let headerByteCount = 30
  /// What spreadsheets begin with.
  ///
  /// Source: ECMA-376-2, 10.1.2.2, as programs write it; OpenDocument 1.3, part 2, 3.3.
  private static let spreadsheetNames = [
    "[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "xl/workbook.xml", "mimetype",
  ]

  init(file: String) throws(FormatsError) {
    self.file = file
    inflater = try Inflater(.none)
  }

  func decode(
    _ input: Lane<UInt8>, count: Int, into output: GrowingBuffer<UInt8>
  ) throws(FormatsError) {
    var done = 0
    while done < count {
      switch state {
      case .header:
        header.append(input[done])
        done += 1
        try takeHeader()
      case .stored(let left):
        let taken = min(left, count - done)
        let start = output.count
        try FormatsError.catching { () throws(EngineError) in
          for position in done..<(done + taken) { try output.append(input[position]) }
        }
        check(output, from: start)
        done += taken
        state = taken == left ? .tail : .stored(left: left - taken)
      case .deflated: done = try inflate(input, done..<count, into: output)
      case .tail:
        for position in done..<count { tail.append(input[position]) }
        done = count
        if tail.count > 2 * Self.tailLimit { tail.removeFirst(tail.count - Self.tailLimit) }
      }
    }
  }

  /// Takes bytes until they end or the file does; gives where it stopped.
  private func inflate(
    _ input: Lane<UInt8>, _ range: Range<Int>, into output: GrowingBuffer<UInt8>
  ) throws(FormatsError) -> Int {
    var done = range.lowerBound
    while true {
      let start = output.count
      let step = try inflater.step(input, done..<range.upperBound, into: output)
      check(output, from: start)
      done += step.taken
      switch step.code {
      case Z_OK where done < range.upperBound || step.isFull: break
      case Z_OK: return done
      case Z_BUF_ERROR where done == range.upperBound: return done
      case Z_STREAM_END:
        state = .tail
        return done
      default: throw .damaged(file: file, kind: .zip)
      }
    }
  }

  private func check(_ output: GrowingBuffer<UInt8>, from start: Int) {
    // SAFETY: the lane holds the bytes from the start to the count, for the length of the call.
    checksum = unsafe Lane(output).withMemory(from: start) { bytes in
      unsafe crc32(checksum, bytes, UInt32(clamping: output.count - start))
    }
  }

  /// Reads the local header once it is whole.
  private func takeHeader() throws(FormatsError) {
    guard header.count >= Self.headerByteCount else { return }
    let rest = Int(Self.number(header, 26, 2)) + Int(Self.number(header, 28, 2))
    guard header.count == Self.headerByteCount + rest else { return }
    let name = header[Self.headerByteCount..<Self.headerByteCount + Int(Self.number(header, 26, 2))]
    if Self.spreadsheetNames.contains(where: { name.elementsEqual($0.utf8) }) {
      throw .foreign(file: file, kind: .spreadsheet)
    }
    let flags = Self.number(header, 6, 2)
    if flags & 1 != 0 { throw .archive(file: file, problem: .encrypted) }
    switch Self.number(header, 8, 2) {
    case 8: state = .deflated
    case 0:
      let size = Int(Self.number(header, 18, 4))
      guard flags & 8 == 0, size < 0xFFFF_FFFF else {
        throw .archive(file: file, problem: .unknownSize)
      }
      state = size == 0 ? .tail : .stored(left: size)
    case let method: throw .archive(file: file, problem: .method(Int(method)))
    }
  }

  func finish() throws(FormatsError) {
    guard case .tail = state, let end = endOfDirectory else {
      throw .cutShort(file: file, kind: .zip)
    }
    let count = Int(Self.number(tail, end + 10, 2))
    guard count == 1 else { throw .archive(file: file, problem: .severalFiles(count)) }
    let entry = end - Int(Self.number(tail, end + 12, 4))
    guard entry >= 0, entry + 46 <= end, Self.number(tail, entry, 4) == 0x0201_4B50,
      UInt(Self.number(tail, entry + 16, 4)) == checksum
    else { throw .damaged(file: file, kind: .zip) }
  }

  /// Where the end of the directory stands in the tail.
  private var endOfDirectory: Int? {
    var position = tail.count - 22
    while position >= 0 {
      if Self.number(tail, position, 4) == 0x0605_4B50 { return position }
      position -= 1
    }
    return nil
  }

  /// A number of so many bytes, the least first; the bytes must be there.
  private static func number(_ bytes: [UInt8], _ position: Int, _ count: Int) -> UInt32 {
    (0..<count).reduce(0) { $0 | UInt32(bytes[position + $1]) << UInt32(8 * $1) }
  }
}

/// Why a zip archive can't be opened as the file in it.
public enum ArchivedFileProblem: Hashable, Sendable {
  case severalFiles(Int)
  case encrypted
  case method(Int)
  case unknownSize

  var description: String {
    switch self {
    case .severalFiles(let count): "the archive holds \(count) files, and not one"
    case .encrypted: "the archive is encrypted"
    case .method(let method): "the archive is compressed by method \(method), and not deflated"
    case .unknownSize: "the archive does not say how large its file is"
    }
  }
}
