/// What is known of a number in a claim: its lower bound, its best value, its upper bound.
///
/// Each is a number or unknown. `high` unknown means open above. "more than 1,000" is
/// `Figure(low: 1001)`, "about 400" is `Figure(best: 400)`, "26" is `Figure(26)`.
public struct Figure: Hashable, Sendable, CustomStringConvertible {
  public let low: Double?
  public let best: Double?
  public let high: Double?

  public init(low: Double? = nil, best: Double? = nil, high: Double? = nil) {
    self.low = low
    self.best = best
    self.high = high
  }

  /// An exact number.
  public init(_ value: Double) {
    self.init(low: value, best: value, high: value)
  }

  /// Whether nothing at all is known, which counts as null.
  public var isNull: Bool { low == nil && best == nil && high == nil }

  /// What figures are ordered by: best, else low, else high.
  public var orderKey: Double? { best ?? low ?? high }

  /// `26`, `≥1001`, `~400`, `≤50`, `10–20`, `26+`, `15 (10–20)`, `15 (≥10)` or `15 (≤20)`.
  public var description: String {
    func text(_ value: Double) -> String { NumberText.shortest(value) }
    switch (low, best, high) {
    case (nil, nil, nil): return ""
    case (let low?, nil, nil): return "≥" + text(low)
    case (nil, let best?, nil): return "~" + text(best)
    case (nil, nil, let high?): return "≤" + text(high)
    case (let low?, nil, let high?): return text(low) + "–" + text(high)
    case (let low?, let best?, nil):
      return low == best ? text(best) + "+" : text(best) + " (≥" + text(low) + ")"
    case (nil, let best?, let high?): return text(best) + " (≤" + text(high) + ")"
    case (let low?, let best?, let high?):
      return low == best && best == high
        ? text(best) : text(best) + " (" + text(low) + "–" + text(high) + ")"
    }
  }
}
