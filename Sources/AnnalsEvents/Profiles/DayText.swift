import AnnalsEngine

/// The days that publishers write otherwise than `2022-01-05`.
enum DayText {
  /// Reads `2022-01-05`, also with a clock behind it, `20220105`, `05 January 2022`,
  /// `01-January-2015` and `9-May-20`; nil for anything else.
  ///
  /// A year of two digits lies from 1969 to 2068, as POSIX has it.
  static func day(_ text: String) -> Day? {
    let bytes = Array(text.utf8)
    if bytes.count > 10, [UInt8(ascii: " "), UInt8(ascii: "T")].contains(bytes[10]),
      let day = Day(iso: bytes.span.extracting(0..<10))
    {
      return day
    }
    if bytes.count == 8, let number = Int(text) {
      return Day(year: number / 10_000, month: number / 100 % 100, day: number % 100)
    }
    return Day(text) ?? named(text)
  }

  /// Day, name of the month, and year, with spaces or hyphens between them.
  private static func named(_ text: String) -> Day? {
    let parts = text.split { $0 == " " || $0 == "-" }
    guard parts.count == 3, let day = Int(parts[0]), let year = Int(parts[2]), parts[1].count >= 3,
      let month = months.firstIndex(where: { $0.hasPrefix(parts[1].lowercased()) })
    else { return nil }
    let century = parts[2].count > 2 ? 0 : year < 69 ? 2000 : 1900
    return Day(year: century + year, month: month + 1, day: day)
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
}
