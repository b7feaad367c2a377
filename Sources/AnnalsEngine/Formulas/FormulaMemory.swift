import Synchronization

/// Formulas that were read before, so that a text which verbs are given again is not read again: scripts
/// ask the same of one table after another, in loops and for each group.
package final class FormulaMemory: Sendable {
  typealias Named = (name: String?, formula: Formula)

  private let formulas = Mutex<[String: Named]>([:])

  /// How many formulas are kept, and how many bytes one may have.
  private static let countLimit = 256
  private static let byteLimit = 256

  package init() {}

  /// Reads a whole formula.
  func formula(_ text: String) throws(EngineError) -> Formula {
    if let known = known(text), known.name == nil { return known.formula }
    let formula = try FormulaParser.formula(text)
    keep((nil, formula), of: text)
    return formula
  }

  /// Reads `name = formula`, or a formula alone; then `name` is nil.
  func namedFormula(_ text: String) throws(EngineError) -> Named {
    if let known = known(text) { return known }
    let named = try FormulaParser.namedFormula(text)
    keep(named, of: text)
    return named
  }

  private func known(_ text: String) -> Named? { formulas.withLock { $0[text] } }

  private func keep(_ named: Named, of text: String) {
    guard text.utf8.count <= Self.byteLimit else { return }
    formulas.withLock { formulas in
      // The few texts of a script fit; what makes ever new ones gains nothing by older ones.
      if formulas.count >= Self.countLimit { formulas.removeAll(keepingCapacity: true) }
      formulas[text] = named
    }
  }
}
