import Annals
import AnnalsConsole

/// What may stand at a place in a formula, or in another text that a verb takes.
struct FormulaCompletion {
  let session: ConsoleSession
  let pages: [ReferencePage]
  let call: FormulaCall

  init(_ session: ConsoleSession, pages: [ReferencePage], call: FormulaCall) {
    self.session = session
    self.pages = pages
    self.call = call
  }

  func completions(at offset: Int) -> Completions {
    guard let receiver = call.receiver else { return .none }
    if let key = call.key, call.verb == "where" {
      return values(of: receiver, at: [key], call.typed, quote: nil, offset)
    }
    if let fixed = Self.fixed[call.verb]?[call.position] {
      return completions(fixed.map { ConsoleName($0) }, typed: call.typed, offset)
    }
    if call.verb == "has" {
      let tables = session.fieldNames(of: receiver)
      return completions(tables, typed: call.typed, offset)
    }
    switch FormulaReading(call.typed).place {
    case .name(let path, let typed):
      var names = session.columnNames(of: receiver, after: path).map { name in
        ConsoleName(Self.written(name.text), name.note)
      }
      if path.isEmpty { names += functions }
      return completions(names, typed: call.typed.suffix(typed), offset)
    case .binding(let typed):
      let names = session.parameters.map {
        ConsoleName($0.declaration.name, $0.declaration.type.name)
      }
      return completions(names, typed: call.typed.suffix(typed), offset)
    case .value(let path, let quote, let typed):
      return values(of: receiver, at: path, Array(call.typed.suffix(typed)), quote: quote, offset)
    case .other: return .none
    }
  }

  /// What some arguments can be.
  private static let fixed: [String: [Int: [String]]] = [
    "resolve": [1: ["by_source", "highest", "latest", "lowest", "widest"]],
    "join": [3: JoinKind.allCases.map(\.rawValue).sorted()],
  ]

  /// The functions that a formula of the verb may call.
  private var functions: [ConsoleName] {
    let kinds: [ReferencePage.Kind] =
      switch call.verb {
      case "aggregate", "pivot": [.rowFunction, .aggregate]
      case "derive": [.rowFunction, .aggregate, .series]
      default: [.rowFunction]
      }
    return pages.filter { kinds.contains($0.kind) }.map { page in
      ConsoleName(page.name + "(", page.documentation.signatures.first ?? "")
    }
  }

  private func completions(
    _ names: [ConsoleName], typed: some Collection<UInt8>, _ offset: Int
  ) -> Completions {
    let prefix = String(decoding: Array(typed), as: UTF8.self)
    let matching = names.filter { name in
      (name.text.hasPrefix(prefix) || name.text.hasPrefix("`" + prefix)) && name.text != prefix
    }
    return Completions(
      range: offset - typed.count..<offset,
      candidates: matching.map { Completions.Candidate($0.text, note: $0.note) })
  }

  /// Values of a column; what closes the text in the formula comes with them.
  ///
  /// - Parameter quote: The mark within the formula; nil where the whole text is the value.
  private func values(
    of receiver: ConsoleReceiver, at path: [String], _ typed: [UInt8], quote: UInt8?, _ offset: Int
  ) -> Completions {
    let prefix = String(decoding: typed, as: UTF8.self)
    let values = session.values(of: receiver, at: path, prefix: prefix)
    let candidates = values.map { value in
      Completions.Candidate(written(value, in: quote), title: value)
    }
    return Completions(range: offset - typed.count..<offset, candidates: candidates)
  }

  /// A value as it stands in the formula's text and that in the Lua text, with the closing mark.
  private func written(_ value: String, in quote: UInt8?) -> String {
    var text = value
    if let quote {
      let mark = String(UnicodeScalar(quote))
      text = text.replacing("\\", with: "\\\\").replacing(mark, with: "\\" + mark) + mark
    }
    guard let outer = call.quote else { return text }
    let mark = String(UnicodeScalar(outer))
    text = text.replacing("\\", with: "\\\\").replacing(mark, with: "\\" + mark)
    return quote == nil ? text + mark : text
  }

  /// A column's name as formulas have it.
  private static func written(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F: true
      default: false
      }
    }
    let isNumber = name.utf8.first.map { (0x30...0x39).contains($0) } ?? true
    return isPlain && !isNumber && !LuaWords.keywords.contains(name) ? name : "`" + name + "`"
  }
}
