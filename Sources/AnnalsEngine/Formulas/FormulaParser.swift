/// Reads a formula: a Lua expression over columns, with `in` for sets.
struct FormulaParser {
  private let text: String
  private let tokens: [FormulaToken]
  private var position = 0
  private var depth = 0
  private var operatorCount = 0

  /// How deep brackets, calls and operators may nest.
  static let depthLimit = 100
  /// How many operators a formula may have: a chain such as `a + b + c` nests without brackets.
  static let operatorLimit = 200

  private init(_ text: String) throws(EngineError) {
    self.text = text
    var lexer = FormulaLexer(text)
    tokens = try lexer.tokens()
  }

  /// Reads a whole formula.
  static func formula(_ text: String) throws(EngineError) -> Formula {
    var parser = try FormulaParser(text)
    return try parser.wholeFormula()
  }

  /// Reads `name = formula`, or a formula alone; then `name` is nil.
  static func namedFormula(_ text: String) throws(EngineError) -> (name: String?, Formula) {
    var parser = try FormulaParser(text)
    let name = parser.takeAssignedName()
    return (name, try parser.wholeFormula())
  }

  private mutating func takeAssignedName() -> String? {
    guard tokens.count > 2, tokens[1].kind == .symbol("=") else { return nil }
    switch tokens[0].kind {
    case .name(let name), .quotedName(let name), .word(let name):
      position = 2
      return name
    default: return nil
    }
  }

  private mutating func wholeFormula() throws(EngineError) -> Formula {
    if current.kind == .end { throw problem(.empty, current.range) }
    let root = try expression(above: 0)
    guard current.kind == .end else { throw unexpected() }
    return Formula(text: text, root: root)
  }

  private var current: FormulaToken { tokens[min(position, tokens.count - 1)] }

  private mutating func advance() { position += 1 }

  private mutating func expression(above power: Int) throws(EngineError) -> FormulaNode {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw problem(.tooDeep, current.range) }
    var left = try prefix()
    while let next = infix(), next.powers.left > power {
      operatorCount += 1
      guard operatorCount <= Self.operatorLimit else { throw problem(.tooLong, current.range) }
      advance()
      switch next {
      case .binary(let operation):
        let right = try expression(above: operation.powers.right)
        left = node(.binary(operation, left, right), from: left, to: right)
      case .member:
        let set = try setOperand()
        left = node(.member(left, in: set), from: left, to: set)
      }
    }
    return left
  }

  private enum Infix {
    case binary(BinaryOperator)
    case member

    var powers: (left: Int, right: Int) {
      switch self {
      case .binary(let operation): operation.powers
      case .member: (BinaryOperator.memberPower, BinaryOperator.memberPower)
      }
    }
  }

  private func infix() -> Infix? {
    switch current.kind {
    case .word("in"): .member
    case .word(let text) where text == "and" || text == "or": binary(text)
    case .symbol(let text): binary(text)
    default: nil
    }
  }

  private func binary(_ text: String) -> Infix? {
    BinaryOperator(rawValue: text).map { .binary($0) }
  }

  private mutating func prefix() throws(EngineError) -> FormulaNode {
    let start = current
    switch start.kind {
    case .word("not"):
      advance()
      let operand = try expression(above: BinaryOperator.unaryPower)
      return FormulaNode(
        kind: .not(operand), range: start.range.lowerBound..<operand.range.upperBound)
    case .symbol("-"):
      advance()
      let operand = try expression(above: BinaryOperator.unaryPower)
      let range = start.range.lowerBound..<operand.range.upperBound
      return FormulaNode(kind: negated(operand), range: range)
    default: return try primary()
    }
  }

  private func negated(_ operand: FormulaNode) -> FormulaNode.Kind {
    switch operand.kind {
    case .integer(let value): .integer(0 &- value)
    case .number(let value): .number(-value)
    default: .negated(operand)
    }
  }

  private mutating func primary() throws(EngineError) -> FormulaNode {
    let token = current
    let kind: FormulaNode.Kind
    switch token.kind {
    case .integer(let value): kind = .integer(value)
    case .number(let value): kind = .number(value)
    case .text(let value): kind = .text(value)
    case .binding(let name): kind = .binding(name)
    case .word("nil"): kind = .null
    case .word("true"): kind = .boolean(true)
    case .word("false"): kind = .boolean(false)
    case .symbol("("): return try bracketed()
    case .name(let name): return try callOrPath(name)
    case .quotedName(let name): return try path(from: name)
    case .symbol("{"): throw problem(.setOutsideIn, token.range)
    case .end: throw problem(.incomplete, token.range)
    default: throw unexpected()
    }
    advance()
    return FormulaNode(kind: kind, range: token.range)
  }

  private mutating func bracketed() throws(EngineError) -> FormulaNode {
    let open = current
    advance()
    let inner = try expression(above: 0)
    guard current.kind == .symbol(")") else { throw problem(.unclosed("("), open.range) }
    let range = open.range.lowerBound..<current.range.upperBound
    advance()
    return FormulaNode(kind: inner.kind, range: range)
  }

  private mutating func callOrPath(_ name: String) throws(EngineError) -> FormulaNode {
    guard position + 1 < tokens.count, tokens[position + 1].kind == .symbol("(") else {
      return try path(from: name)
    }
    let start = current.range.lowerBound
    let open = tokens[position + 1]
    advance()
    let arguments = try list(opened: open, closing: ")")
    let end = tokens[position - 1].range.upperBound
    return FormulaNode(kind: .call(name, arguments), range: start..<end)
  }

  private mutating func path(from first: String) throws(EngineError) -> FormulaNode {
    let start = current.range
    var end = start.upperBound
    var names = [first]
    advance()
    while current.kind == .symbol(".") {
      advance()
      switch current.kind {
      case .name(let name), .quotedName(let name), .word(let name): names.append(name)
      default: throw problem(.nameNeededAfterPoint, current.range)
      }
      end = current.range.upperBound
      guard names.count <= Self.depthLimit else { throw problem(.tooDeep, current.range) }
      advance()
    }
    return FormulaNode(kind: .path(names), range: start.lowerBound..<end)
  }

  /// What stands right of `in`: a set in braces or a binding.
  private mutating func setOperand() throws(EngineError) -> FormulaNode {
    let token = current
    switch token.kind {
    case .symbol("{"):
      let elements = try list(opened: token, closing: "}")
      let end = tokens[position - 1].range.upperBound
      return FormulaNode(kind: .set(elements), range: token.range.lowerBound..<end)
    case .binding(let name):
      advance()
      return FormulaNode(kind: .binding(name), range: token.range)
    default: throw problem(.setNeededAfterIn, token.range)
    }
  }

  /// Elements between commas up to the closing symbol; stands on the opening one.
  private mutating func list(
    opened open: FormulaToken, closing: String
  ) throws(EngineError) -> [FormulaNode] {
    advance()
    var elements: [FormulaNode] = []
    while current.kind != .symbol(closing) {
      if current.kind == .end { throw problem(.unclosed(closing == ")" ? "(" : "{"), open.range) }
      elements.append(try expression(above: 0))
      if current.kind == .symbol(",") {
        advance()
      } else if current.kind != .symbol(closing) {
        if current.kind == .end { throw problem(.unclosed(closing == ")" ? "(" : "{"), open.range) }
        throw unexpected()
      }
    }
    advance()
    return elements
  }

  private func node(
    _ kind: FormulaNode.Kind, from left: FormulaNode, to right: FormulaNode
  ) -> FormulaNode {
    FormulaNode(kind: kind, range: left.range.lowerBound..<right.range.upperBound)
  }

  private func unexpected() -> EngineError {
    switch current.kind {
    case .symbol("="): problem(.singleEquals, current.range)
    case .symbol("["), .symbol("#"), .symbol(":"), .symbol("&"), .symbol("|"), .symbol("~"),
      .symbol("<<"), .symbol(">>"), .symbol("..."):
      problem(.notInFormulas, current.range)
    case .end: problem(.incomplete, current.range)
    default: problem(.unexpected, current.range)
    }
  }

  private func problem(_ problem: FormulaProblem, _ range: Range<Int>) -> EngineError {
    .formula(problem, FormulaPlace(formula: text, range: range))
  }
}
