import AnnalsEngine

/// How many people there were, in the words in which publishers write it.
enum CrowdText {
  /// Reads `500`, `1,000`, `>1000`, `50+`, `100-999`, `about 500`, `2 thousand`, `100s`, `hundreds`,
  /// `tens of thousands`, `several hundred`; nil for anything else.
  ///
  /// A plural says that there was at least one of the unit (`100s` is at least 100), `dozens` at least
  /// two, 24.
  static func toll(_ text: String) -> TollRule.Toll? {
    let text = plain(text)
    if let range = range(text) { return range }
    for (words, qualifier) in prefixes where text.hasPrefix(words) {
      let rest = FlatColumn.trimmed(text.dropFirst(words.count))
      if let number = number(rest) { return toll(number, qualifier) }
      return vague(rest)
    }
    if text.hasSuffix("+"), let number = number(String(text.dropLast())) {
      return toll(number, .atLeast)
    }
    if let number = number(text) { return toll(number, .exact) }
    return vague(text)
  }

  /// Lower case, without commas within numbers and without words for people.
  private static func plain(_ text: String) -> String {
    let bare = text.lowercased().filter { $0 != "," }.replacing("–", with: "-")
    let words = bare.split(separator: " ").filter { !people.contains(String($0)) }
    return words.joined(separator: " ")
  }

  private static let people: Set<String> = [
    "people", "persons", "protesters", "protestors", "demonstrators", "participants", "students",
    "workers",
  ]

  private static let prefixes: [(String, TollClaims.Qualifier)] = [
    (">=", .atLeast), (">", .moreThan), ("<=", .atMost), ("<", .lessThan), ("~", .about),
    ("at least ", .atLeast), ("more than ", .moreThan), ("over ", .moreThan),
    ("less than ", .lessThan), ("fewer than ", .lessThan), ("under ", .lessThan),
    ("up to ", .atMost), ("at most ", .atMost), ("about ", .about), ("around ", .about),
    ("approximately ", .about), ("roughly ", .about), ("nearly ", .about), ("almost ", .about),
    ("some ", .about),
  ]

  private static func toll(_ number: Double, _ qualifier: TollClaims.Qualifier) -> TollRule.Toll {
    let figure =
      switch qualifier {
      case .atLeast: Figure(low: number)
      case .moreThan: Figure(low: number + 1)
      case .atMost: Figure(high: number)
      case .lessThan: Figure(high: max(number - 1, 0))
      case .about: Figure(best: number)
      default: Figure(number)
      }
    return TollRule.Toll(figure: figure, qualifier: qualifier)
  }

  /// `100-999`, `100 to 999`, `between 100 and 999`.
  private static func range(_ text: String) -> TollRule.Toll? {
    var text = Substring(text)
    var separators = ["-", " to "]
    if text.hasPrefix("between ") {
      text = text.dropFirst(8)
      separators.append(" and ")
    }
    for separator in separators {
      let ends = text.split(separator: separator).map { number(FlatColumn.trimmed($0)) }
      if ends.count == 2, let low = ends[0], let high = ends[1], low <= high {
        return TollRule.Toll(figure: Figure(low: low, high: high), qualifier: .range)
      }
    }
    return nil
  }

  /// `500`, `2 thousand`.
  private static func number(_ text: String) -> Double? {
    let words = text.split(separator: " ")
    guard let first = words.first, first.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }),
      let number = Double(first), number.isFinite
    else { return nil }
    if words.count == 1 { return number }
    guard words.count == 2, let unit = units[String(words[1])] else { return nil }
    return number * unit
  }

  private static let units: [String: Double] = [
    "ten": 10, "dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000,
  ]

  /// `100s`, `hundreds`, `several hundred`, `tens of thousands`.
  private static func vague(_ text: String) -> TollRule.Toll? {
    let words = text.split(separator: " ").map(String.init)
    var low = 1.0
    for word in words where !["a", "few", "many", "of", "several", "the"].contains(word) {
      if word == "dozens" {
        low *= 24
      } else if let unit = units[word]
        ?? (word.hasSuffix("s") ? units[String(word.dropLast())] : nil)
      {
        low *= unit
      } else if word.hasSuffix("s"), let number = number(String(word.dropLast())) {
        low *= number
      } else {
        return nil
      }
    }
    guard low > 1, low.isFinite else { return nil }
    return TollRule.Toll(figure: Figure(low: low), qualifier: .vague)
  }
}
