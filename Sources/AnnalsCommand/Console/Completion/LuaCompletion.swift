import Annals
import AnnalsConsole

/// What may stand at a place in Lua.
struct LuaCompletion {
  let session: ConsoleSession
  let pages: [ReferencePage]

  init(_ session: ConsoleSession, pages: [ReferencePage]) {
    self.session = session
    self.pages = pages
  }

  func completions(in text: String, at offset: Int) -> Completions {
    let reading = LuaReading(text)
    let inside = reading.tokens.first { $0.range.contains(offset - 1) }
    switch inside?.kind {
    case .string?, .longString?:
      if let call = FormulaCall(in: reading, at: offset) {
        return FormulaCompletion(session, pages: pages, call: call).completions(at: offset)
      }
      return .none
    case .comment?, .longComment?, .number?, .invalid?: return .none
    default: return names(in: reading, at: offset)
    }
  }

  /// Names, fields or verbs.
  private func names(in reading: LuaReading, at offset: Int) -> Completions {
    var index = reading.tokens.firstIndex { $0.range.upperBound >= offset } ?? reading.tokens.count
    var start = offset
    if reading.kind(index) == .name || reading.kind(index) == .keyword,
      reading.tokens[index].range.lowerBound < offset
    {
      start = reading.tokens[index].range.lowerBound
    } else if index < reading.tokens.count, reading.tokens[index].range.upperBound == offset {
      index += 1
    }
    let typed = String(decoding: Array(reading.text.utf8)[start..<offset], as: UTF8.self)
    let offered: [ConsoleName]
    switch reading[index - 1] {
    case ".":
      guard let receiver = reading.receiver(before: index - 1) else { return .none }
      offered = session.fieldNames(of: receiver)
    case ":":
      let receiver = reading.receiver(before: index - 1) ?? ConsoleReceiver(names: [])
      offered = session.verbNames(of: receiver).map { name in
        ConsoleName(name.text, signature(of: name.text) ?? name.note)
      }
    default:
      let locals = reading.localNames.filter { $0 != typed }.map { ConsoleName($0, "local") }
      let globals = session.globalNames().filter { global in
        !locals.contains { $0.text == global.text }
      }
      offered = locals + globals + LuaWords.keywords.map { ConsoleName($0, "word of Lua") }
    }
    let matching = offered.filter { $0.text.hasPrefix(typed) && $0.text != typed }
      .sorted { Self.precedes($0, $1) }
    return Completions(
      range: start..<offset,
      candidates: matching.map { Completions.Candidate($0.text, note: $0.note) })
  }

  /// Names with an underscore in front come last: nobody looks for them first.
  private static func precedes(_ left: ConsoleName, _ right: ConsoleName) -> Bool {
    let (leftHidden, rightHidden) = (left.text.hasPrefix("_"), right.text.hasPrefix("_"))
    if leftHidden != rightHidden { return rightHidden }
    return left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }

  // MARK: Hints

  /// The signature and summary of what the cursor stands in.
  func hint(for text: String, at offset: Int) -> String? {
    let reading = LuaReading(text)
    if let call = FormulaCall(in: reading, at: offset) {
      let function = FormulaReading(call.typed).function
      let isFormula: (ReferencePage) -> Bool = { page in
        [.rowFunction, .aggregate, .series].contains(page.kind)
      }
      if let function, let page = pages.first(where: { $0.name == function && isFormula($0) }) {
        return Self.line(page)
      }
      return page(ofMethod: call.verb).map(Self.line)
    }
    let end = reading.tokens.firstIndex { $0.range.lowerBound >= offset } ?? reading.tokens.count
    if let named = page(endingAt: end, in: reading) { return Self.line(named) }
    var place = end
    while let open = reading.openBracket(before: place) {
      if let page = page(endingAt: open, in: reading) { return Self.line(page) }
      place = open
    }
    return nil
  }

  /// The page of the method or function whose name ends before a token.
  private func page(endingAt end: Int, in reading: LuaReading) -> ReferencePage? {
    guard reading.kind(end - 1) == .name else { return nil }
    let name = String(reading[end - 1])
    switch reading[end - 2] {
    case ":": return page(ofMethod: name)
    case ".":
      guard reading[end - 3] == "annals" else { return nil }
      return pages.first { $0.name == "annals." + name }
        ?? pages.first { $0.name == name && $0.kind == .rowFunction }
    default: return name == "params" ? pages.first { $0.name == name } : nil
    }
  }

  private func page(ofMethod name: String) -> ReferencePage? {
    pages.first { $0.name == name && [.verb, .reading].contains($0.kind) }
      ?? pages.first { $0.name == name && $0.kind == .value }
  }

  private func signature(of verb: String) -> String? {
    page(ofMethod: verb)?.documentation.signatures.first
  }

  private static func line(_ page: ReferencePage) -> String {
    (page.documentation.signatures.first ?? page.name) + "  " + page.documentation.summary
  }
}
