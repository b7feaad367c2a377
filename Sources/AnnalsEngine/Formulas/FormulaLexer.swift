/// A piece of a formula's text.
struct FormulaToken: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case name(String)
    /// A name in backticks: always a column.
    case quotedName(String)
    case binding(String)
    case integer(Int64)
    case number(Double)
    case text(String)
    /// A keyword of Lua or `in`.
    case word(String)
    case symbol(String)
    case end
  }

  let kind: Kind
  let range: Range<Int>
}

/// Cuts a formula into tokens, by the lexical rules of Lua 5.4 (manual, section 3.1) with backticks
/// and `$name` added.
struct FormulaLexer {
  private let text: String
  private let bytes: [UInt8]
  private var position = 0

  private static let words = byFirstByte([
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in",
    "local", "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
  ])
  /// Longer ones first, so that `//` is not read as two.
  private static let symbols = byFirstByte([
    "...", "==", "~=", "<=", ">=", "//", "::", "<<", ">>", "..", "+", "-", "*", "/", "%", "^", "#",
    "&", "~", "|", "<", ">", "=", "(", ")", "{", "}", "[", "]", ";", ":", ",", ".",
  ])
  /// What other languages write, and what Lua has in its place.
  private static let foreign = [
    "!=": "~=", "<>": "~=", "&&": "and", "||": "or", "!": "not",
  ]
  private static let foreignSymbols = byFirstByte(["!=", "<>", "&&", "||", "!"])

  /// The texts that begin with each ASCII character.
  private static func byFirstByte(_ texts: [String]) -> [[String]] {
    texts.reduce(into: Array(repeating: [], count: 128)) { table, text in
      if let byte = text.utf8.first, byte < 128 { table[Int(byte)].append(text) }
    }
  }

  init(_ text: String) {
    bytes = Array(text.utf8.prefix(Self.byteLimit + 1))
    self.text = bytes.count <= Self.byteLimit ? text : String(text.prefix(80))
  }

  /// How many bytes a formula may have.
  static let byteLimit = 1 << 18

  /// All tokens, with `.end` last.
  mutating func tokens() throws(EngineError) -> [FormulaToken] {
    guard bytes.count <= Self.byteLimit else { throw problem(.tooLarge, 0..<1) }
    var result: [FormulaToken] = []
    result.reserveCapacity(16)
    while true {
      let token = try next()
      result.append(token)
      if token.kind == .end { return result }
    }
  }

  private mutating func next() throws(EngineError) -> FormulaToken {
    while position < bytes.count, Self.isSpace(bytes[position]) { position += 1 }
    let start = position
    guard let byte = peek(0) else { return FormulaToken(kind: .end, range: start..<start) }
    let kind: FormulaToken.Kind
    if Self.isNameStart(byte) {
      kind = nameOrWord()
    } else if Self.isDigit(byte) || (byte == 0x2E && peek(1).map(Self.isDigit) == true) {
      kind = try number()
    } else if byte == 0x22 || byte == 0x27 {
      kind = .text(try quotedText(byte))
    } else if byte == 0x60 {
      kind = .quotedName(try backtickName())
    } else if byte == 0x24 {
      kind = try binding()
    } else {
      kind = try symbol()
    }
    return FormulaToken(kind: kind, range: start..<position)
  }

  private mutating func nameOrWord() -> FormulaToken.Kind {
    let words = Self.words[Int(bytes[position])]
    let name = takeName()
    return words.contains(name) ? .word(name) : .name(name)
  }

  private mutating func takeName() -> String {
    let start = position
    while let byte = peek(0), Self.isNameStart(byte) || Self.isDigit(byte) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func number() throws(EngineError) -> FormulaToken.Kind {
    let start = position
    if peek(0) == 0x30, peek(1) == 0x78 || peek(1) == 0x58 { return try hexadecimal() }
    var isWhole = true
    while let byte = peek(0), Self.isDigit(byte) { position += 1 }
    if peek(0) == 0x2E, peek(1) != 0x2E {
      isWhole = false
      position += 1
      while let byte = peek(0), Self.isDigit(byte) { position += 1 }
    }
    if let byte = peek(0), byte == 0x65 || byte == 0x45 {
      isWhole = false
      position += 1
      if let sign = peek(0), sign == 0x2B || sign == 0x2D { position += 1 }
      while let byte = peek(0), Self.isDigit(byte) { position += 1 }
    }
    if let byte = peek(0), Self.isNameStart(byte) {
      while let byte = peek(0), Self.isNameStart(byte) || Self.isDigit(byte) { position += 1 }
      throw malformedNumber(start)
    }
    var digits = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let value = Int64(digits) { return .integer(value) }
    // Swift reads neither `1.` nor `.5`.
    if digits.hasPrefix(".") { digits = "0" + digits }
    digits = digits.replacing(".e", with: ".0e").replacing(".E", with: ".0E")
    if digits.hasSuffix(".") { digits += "0" }
    guard let value = Double(digits) else { throw malformedNumber(start) }
    return .number(value)
  }

  private mutating func hexadecimal() throws(EngineError) -> FormulaToken.Kind {
    let start = position
    position += 2
    while let byte = peek(0), Self.isNameStart(byte) || Self.isDigit(byte) { position += 1 }
    let digits = String(decoding: bytes[(start + 2)..<position], as: UTF8.self)
    // As in Lua, hexadecimal integers wrap around.
    guard let value = UInt64(digits, radix: 16) else { throw malformedNumber(start) }
    return .integer(Int64(bitPattern: value))
  }

  private func malformedNumber(_ start: Int) -> EngineError {
    problem(.malformedNumber, start..<position)
  }

  private mutating func quotedText(_ quote: UInt8) throws(EngineError) -> String {
    let start = position
    position += 1
    var result: [UInt8] = []
    while let byte = peek(0) {
      position += 1
      if byte == quote { return String(decoding: result, as: UTF8.self) }
      if byte == 0x5C {
        result.append(try escape(start))
      } else {
        result.append(byte)
      }
    }
    throw problem(.unfinishedText, start..<bytes.count)
  }

  private mutating func escape(_ start: Int) throws(EngineError) -> UInt8 {
    guard let byte = peek(0) else { throw problem(.unfinishedText, start..<bytes.count) }
    position += 1
    switch byte {
    case 0x6E: return 0x0A
    case 0x74: return 0x09
    case 0x72: return 0x0D
    case 0x5C, 0x22, 0x27, 0x0A: return byte
    default: throw problem(.unknownEscape, (position - 2)..<position)
    }
  }

  private mutating func backtickName() throws(EngineError) -> String {
    let start = position
    position += 1
    guard let end = bytes[position...].firstIndex(of: 0x60) else {
      throw problem(.unfinishedName, start..<bytes.count)
    }
    let name = String(decoding: bytes[position..<end], as: UTF8.self)
    position = end + 1
    return name
  }

  private mutating func binding() throws(EngineError) -> FormulaToken.Kind {
    let start = position
    position += 1
    guard let byte = peek(0), Self.isNameStart(byte) else {
      throw problem(.nameNeededAfterDollar, start..<position)
    }
    return .binding(takeName())
  }

  private mutating func symbol() throws(EngineError) -> FormulaToken.Kind {
    if let symbol = first(of: Self.foreignSymbols), let lua = Self.foreign[symbol] {
      let range = position..<position + symbol.utf8.count
      throw problem(.foreignOperator(symbol, lua: lua), range)
    }
    if let symbol = first(of: Self.symbols) {
      position += symbol.utf8.count
      return .symbol(symbol)
    }
    let start = position
    position += 1
    // A character of several bytes is shown whole.
    while let byte = peek(0), byte & 0xC0 == 0x80 { position += 1 }
    throw problem(.unexpected, start..<position)
  }

  /// The first symbol that stands here.
  private func first(of symbols: [[String]]) -> String? {
    guard let byte = peek(0), byte < symbols.count else { return nil }
    return symbols[Int(byte)].first { symbol in
      var offset = 0
      for byte in symbol.utf8 {
        guard peek(offset) == byte else { return false }
        offset += 1
      }
      return true
    }
  }

  private func peek(_ offset: Int) -> UInt8? {
    position + offset < bytes.count ? bytes[position + offset] : nil
  }

  private func problem(_ problem: FormulaProblem, _ range: Range<Int>) -> EngineError {
    .formula(problem, FormulaPlace(formula: text, range: range))
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isNameStart(_ byte: UInt8) -> Bool {
    byte == 0x5F || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
