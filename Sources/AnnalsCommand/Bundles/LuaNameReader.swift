import Annals
import AnnalsConsole

/// What a Lua text uses by name that is no variable of its own.
struct LuaNames {
  /// A global, or a member of one.
  struct Use {
    /// `data`, or `annals.read`.
    let name: String
    let line: Int
  }

  /// Globals that are read.
  var reads: [Use] = []
  /// Globals that are set.
  var writes: [Use] = []
  /// Members of globals: `annals.read`.
  var members: [Use] = []
  /// Names of methods that are called, on whatever: `save`.
  var methods: [Use] = []
  /// What `os.getenv` is asked for; nil where it is no text in quotes.
  var variables: [(name: String?, line: Int)] = []
}

/// Finds the names in a Lua text that is known to be right, without running it.
///
/// It follows the grammar as far as scopes go: Lua 5.4 Reference Manual, sections 3.3 to 3.5 and 9.
struct LuaNameReader {
  private struct Word {
    let kind: LuaToken.Kind
    let text: String
    let line: Int
  }

  private let words: [Word]
  private var index = 0
  private var scopes: [Set<String>] = [[]]
  private var names = LuaNames()

  static func names(in text: String) -> LuaNames {
    var reader = LuaNameReader(text)
    // A word that the grammar does not expect here is passed over.
    while reader.word != nil {
      reader.block()
      reader.index += 1
    }
    return reader.names
  }

  private init(_ text: String) {
    let bytes = Array(text.utf8)
    var words: [Word] = []
    var (line, counted) = (1, 0)
    for token in LuaTokens.all(in: text) where token.kind != .comment && token.kind != .longComment
    {
      line += bytes[counted..<token.range.lowerBound].count { $0 == 0x0A }
      counted = token.range.lowerBound
      words.append(Word(kind: token.kind, text: String(token.text(in: text)), line: line))
    }
    self.words = words
  }

  // MARK: Words

  private var word: Word? { index < words.count ? words[index] : nil }

  private func isAt(_ text: String, after count: Int = 0) -> Bool {
    let place = index + count
    guard place < words.count else { return false }
    let word = words[place]
    return word.text == text && (word.kind == .symbol || word.kind == .keyword)
  }

  private mutating func take(_ text: String) -> Bool {
    guard isAt(text) else { return false }
    index += 1
    return true
  }

  private mutating func skip(_ text: String) { _ = take(text) }

  private mutating func takeName() -> Word? {
    guard let word, word.kind == .name else { return nil }
    index += 1
    return word
  }

  // MARK: Scopes

  private mutating func scoped(_ body: (inout LuaNameReader) -> Void) {
    scopes.append([])
    body(&self)
    scopes.removeLast()
  }

  private mutating func declare(_ name: String) {
    scopes[scopes.count - 1].insert(name)
  }

  private func isLocal(_ name: String) -> Bool {
    name == "_ENV" || scopes.contains { $0.contains(name) }
  }

  private mutating func read(_ word: Word) {
    guard !isLocal(word.text) else { return }
    names.reads.append(LuaNames.Use(name: word.text, line: word.line))
  }

  private mutating func write(_ word: Word) {
    guard !isLocal(word.text) else { return }
    names.writes.append(LuaNames.Use(name: word.text, line: word.line))
  }

  // MARK: Statements

  private mutating func block() {
    while word != nil, !["end", "else", "elseif", "until"].contains(where: { isAt($0) }) {
      let start = index
      statement()
      if index == start { index += 1 }
    }
  }

  private mutating func statement() {
    if take("if") { return conditional() }
    if take("while") {
      expression()
      skip("do")
      return body()
    }
    if take("do") { return body() }
    if take("for") { return loop() }
    if take("repeat") {
      return scoped { reader in
        reader.block()
        reader.skip("until")
        reader.expression()
      }
    }
    if take("function") { return namedFunction() }
    if take("local") { return local() }
    if take("return") {
      if word != nil, !["end", "else", "elseif", "until", ";"].contains(where: { isAt($0) }) {
        expressions()
      }
      return
    }
    if take("goto") {
      _ = takeName()
      return
    }
    if take("::") {
      _ = takeName()
      return skip("::")
    }
    if take("break") || take(";") { return }
    assignmentOrCall()
  }

  /// A block up to its `end`.
  private mutating func body() {
    scoped { $0.block() }
    skip("end")
  }

  private mutating func conditional() {
    // Lua lets such a chain be as long as its file.
    repeat {
      expression()
      skip("then")
      scoped { $0.block() }
    } while take("elseif")
    if take("else") { scoped { $0.block() } }
    skip("end")
  }

  private mutating func loop() {
    var variables: [String] = []
    repeat { if let name = takeName() { variables.append(name.text) } } while take(",")
    if !take("=") { skip("in") }
    expressions()
    skip("do")
    scoped { reader in
      for name in variables { reader.declare(name) }
      reader.block()
    }
    skip("end")
  }

  private mutating func namedFunction() {
    guard let name = takeName() else { return }
    var isMember = false
    var isMethod = false
    while isAt(".") || isAt(":") {
      isMethod = isAt(":")
      isMember = true
      index += 2
    }
    if isMember { read(name) } else { write(name) }
    function(isMethod: isMethod)
  }

  private mutating func local() {
    if take("function") {
      if let name = takeName() { declare(name.text) }
      return function(isMethod: false)
    }
    var variables: [String] = []
    repeat {
      if let name = takeName() { variables.append(name.text) }
      if take("<") {
        _ = takeName()
        skip(">")
      }
    } while take(",")
    if take("=") { expressions() }
    for name in variables { declare(name) }
  }

  private mutating func assignmentOrCall() {
    var targets = [suffixed()]
    guard isAt("=") || isAt(",") else {
      if let name = targets[0] { read(name) }
      return
    }
    while take(",") { targets.append(suffixed()) }
    if take("=") { expressions() }
    for name in targets.compactMap({ $0 }) { write(name) }
  }

  // MARK: Expressions

  private mutating func expressions() {
    repeat { expression() } while take(",")
  }

  private mutating func expression() {
    while true {
      while take("not") || take("-") || take("#") || take("~") {}
      simple()
      guard Self.operators.contains(where: { isAt($0) }) else { return }
      index += 1
    }
  }

  private static let operators = [
    "+", "-", "*", "/", "//", "^", "%", "&", "~", "|", ">>", "<<", "..", "<", "<=", ">", ">=",
    "==", "~=", "and", "or",
  ]

  private mutating func simple() {
    if take("function") { return function(isMethod: false) }
    if isAt("{") { return table() }
    guard let word else { return }
    if word.kind == .name || isAt("(") {
      if let name = suffixed() { read(name) }
    } else if ![")", "}", "]", ",", ";", "end", "then", "do"].contains(where: { isAt($0) }) {
      index += 1
    }
  }

  /// Reads a variable, a member or a call.
  ///
  /// - Returns: The name, if it is no more than that, which has not been counted yet.
  private mutating func suffixed() -> Word? {
    var path: String?
    var base: Word?
    if let name = takeName() {
      base = name
      path = isLocal(name.text) ? nil : name.text
    } else {
      guard take("(") else { return nil }
      expression()
      skip(")")
    }
    while let word, isAtSuffix(word) {
      if let name = base { read(name) }
      base = nil
      suffix(&path, line: word.line)
    }
    return base
  }

  private func isAtSuffix(_ word: Word) -> Bool {
    word.kind == .string || word.kind == .longString
      || word.kind == .symbol && [".", "[", ":", "(", "{"].contains(word.text)
  }

  /// Reads one member, index or call.
  private mutating func suffix(_ path: inout String?, line: Int) {
    if take(".") {
      let name = takeName()?.text ?? ""
      path = path.map { $0 + "." + name }
      if let path { names.members.append(LuaNames.Use(name: path, line: line)) }
      return
    }
    if take("[") {
      expression()
      skip("]")
    } else if take(":") {
      if let name = takeName() {
        names.methods.append(LuaNames.Use(name: name.text, line: name.line))
      }
      arguments()
    } else {
      if path == "os.getenv" { names.variables.append((quoted(), line)) }
      arguments()
    }
    path = nil
  }

  /// The text that a call is given alone; nil if it is given something else.
  private func quoted() -> String? {
    let place = isAt("(") ? index + 1 : index
    guard place < words.count, words[place].kind == .string else { return nil }
    guard !isAt("(") || isAt(")", after: 2) else { return nil }
    return String(words[place].text.dropFirst().dropLast())
  }

  private mutating func arguments() {
    if isAt("{") { return table() }
    guard take("(") else {
      index += 1
      return
    }
    if !isAt(")") { expressions() }
    skip(")")
  }

  private mutating func table() {
    skip("{")
    while word != nil, !isAt("}") {
      let start = index
      if take("[") {
        expression()
        skip("]")
        skip("=")
      } else if word?.kind == .name, isAt("=", after: 1) {
        index += 2
      }
      expression()
      if !take(",") { skip(";") }
      if index == start { index += 1 }
    }
    skip("}")
  }

  private mutating func function(isMethod: Bool) {
    skip("(")
    var variables: [String] = isMethod ? ["self"] : []
    while word != nil, !isAt(")") {
      if let name = takeName() { variables.append(name.text) } else { index += 1 }
    }
    skip(")")
    scoped { reader in
      for name in variables { reader.declare(name) }
      reader.block()
    }
    skip("end")
  }
}
