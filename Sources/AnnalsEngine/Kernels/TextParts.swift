/// Finds parts of texts. Places are bytes from 0; characters are Unicode code points.
enum TextParts {
  /// The first place from `start` on where the part stands; nil where it does not, and for an empty
  /// part.
  static func place(of part: Span<UInt8>, in whole: Span<UInt8>, from start: Int) -> Int? {
    part.count > 0 ? TextSearch.next(part, in: whole, from: start) : nil
  }

  /// How many characters a text has: each byte that does not continue another begins one.
  static func characterCount(_ text: Span<UInt8>) -> Int {
    var count = 0
    for index in text.indices where text[index] & 0xC0 != 0x80 { count += 1 }
    return count
  }

  /// The bytes of the characters from one to another, by the rules of Lua's `string.sub` (Lua 5.4
  /// manual, section 6.4): they count from 1, negative ones from the end, places outside of the text
  /// count as its ends, and there are none where `last` lies before `first`.
  static func characters(
    from first: Int64, to last: Int64, in text: Span<UInt8>
  ) -> Range<Int> {
    let count = Int64(characterCount(text))
    // A place that far left is 1 already; `count + first` can't overflow for negative ones.
    let start = first > 0 ? first : first == 0 ? 1 : max(count + first + 1, 1)
    let end = last >= 0 ? min(last, count) : count + last + 1
    guard start <= end else { return 0..<0 }
    let startByte = byte(ofCharacter: start, in: text, from: 0)
    let endByte = byte(ofCharacter: end - start + 2, in: text, from: startByte)
    return startByte..<endByte
  }

  /// The byte where a character begins, counted from 1 at a byte where one begins; the end of the
  /// text after the last.
  private static func byte(
    ofCharacter number: Int64, in text: Span<UInt8>, from start: Int
  ) -> Int {
    var left = number
    var index = start
    while index < text.count {
      if text[index] & 0xC0 != 0x80 {
        left -= 1
        if left == 0 { return index }
      }
      index += 1
    }
    return text.count
  }
}
