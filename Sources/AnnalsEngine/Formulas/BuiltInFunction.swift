/// The functions of a row whose arguments and results may be of several types. The typer makes other
/// operations of them.
package enum BuiltInFunction: String, CaseIterable, Hashable, Sendable {
  case coalesce
  case ifElse = "if_else"
  case least, greatest, clamp, days
}
