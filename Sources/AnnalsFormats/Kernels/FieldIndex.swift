import AnnalsEngine
import CAnnalsKernels

/// Where the fields of some bytes end, found 64 bytes at a time.
struct FieldIndex {
  /// Where each field ends, relative to `start`. What stands first is one less than where the first
  /// field starts, so that every field starts behind the end before it.
  let positions: Lane<UInt32>
  /// How many fields had ended before each line break within quotes.
  let breaks: Lane<UInt32>
  private let dialect: DelimitedDialect
  private let form: KernelForm
  private var found = annals_fields()

  /// - Parameters:
  ///   - positions: Room for five more than the bytes that are looked at.
  ///   - breaks: Room for as many as the bytes that are looked at.
  init(
    _ dialect: DelimitedDialect, form: KernelForm, positions: Buffer<UInt32>,
    breaks: Buffer<UInt32>
  ) {
    self.dialect = dialect
    self.form = form
    self.positions = Lane(positions)
    self.breaks = Lane(breaks)
    self.positions[0] = UInt32.max
  }

  var fieldCount: Int { Int(found.field_count) }
  var lineCount: Int { Int(found.line_count) }
  var breakCount: Int { Int(found.break_count) }
  var isFlawed: Bool { found.is_flawed }
  /// Up to where the bytes were looked at.
  var stop: Int { Int(found.stop) }

  /// Finds the fields of `length` bytes, which start with a record; the bytes that can be read go on
  /// for ``Lane/padding`` more.
  mutating func find(_ bytes: Lane<UInt8>, start: Int, length: Int, isEnd: Bool) {
    let quote = dialect.quote.map(Int32.init) ?? -1
    // SAFETY: the caller gives padded bytes, and lanes with room for every position and break.
    found = unsafe bytes.withMemory(from: start) { bytes in
      unsafe positions.withMemory(from: 1) { positions in
        unsafe breaks.withMemory(from: 0) { breaks in
          unsafe annals_index_fields(
            bytes, Int64(length), isEnd, dialect.delimiter, quote, positions, breaks,
            form.number)
        }
      }
    }
  }

  /// Whether an odd number of quotes stands among some padded bytes.
  static func hasOddQuotes(
    _ bytes: Lane<UInt8>, start: Int, length: Int, quote: UInt8, form: KernelForm
  ) -> Bool {
    // SAFETY: the bytes go on for 64 more.
    unsafe bytes.withMemory(from: start) { bytes in
      unsafe annals_has_odd_quotes(bytes, Int64(length), quote, form.number)
    }
  }
}
