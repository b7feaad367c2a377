/// Values from outside that formulas name with `$`.
public struct Bindings: Sendable {
  /// A single value, or a set for `in`.
  public enum Binding: Hashable, Sendable {
    case value(Value)
    case set([Value])
    /// A value that is null, of a type that is known.
    case null(ValueType)
  }

  package let values: [String: Binding]

  public init(_ values: [String: Binding] = [:]) {
    self.values = values
  }
}
