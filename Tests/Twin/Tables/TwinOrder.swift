package import AnnalsEngine

/// How values compare, and when they are one value.
package enum TwinOrder {
  /// Whether `left` comes before `right` where both are known and of one type: numbers with NaN last,
  /// texts by their bytes, figures by their best, else low, else high.
  static func isLess(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.integer(let left), .integer(let right)): left < right
    case (.number(let left), .number(let right)):
      left.isNaN ? false : right.isNaN ? true : left < right
    case (.boolean(let left), .boolean(let right)): !left && right
    case (.day(let left), .day(let right)): left.number < right.number
    case (.time(let left), .time(let right)): left.microseconds < right.microseconds
    case (.text(let left), .text(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
    case (.reference(let left), .reference(let right)):
      isLess(key(left), key(right))
    case (.figure(let left), .figure(let right)): isLess(orderKey(left), orderKey(right))
    default: false
    }
  }

  /// Keys are texts or integers.
  private static func key(_ reference: RowReference) -> Value {
    Int64(reference.key).map { .integer($0) } ?? .text(reference.key)
  }

  static func orderKey(_ figure: Figure) -> Value {
    (figure.best ?? figure.low ?? figure.high).map { .number($0) } ?? .null
  }

  /// Whether `left` comes first in a sort, nil for neither; null comes last both ways.
  static func precedes(_ left: Value, _ right: Value, isDescending: Bool = false) -> Bool? {
    if left == .null || right == .null {
      return left == .null && right == .null ? nil : right == .null
    }
    if isLess(left, right) { return !isDescending }
    if isLess(right, left) { return isDescending }
    return nil
  }

  /// Whether one list of values comes before another.
  static func precedes(_ left: [Value], _ right: [Value], _ isDescending: [Bool]) -> Bool? {
    for index in isDescending.indices {
      let answer = precedes(left[index], right[index], isDescending: isDescending[index])
      if let answer { return answer }
    }
    return nil
  }

  /// Whether two values are one value for groups: null is one, both zeros are, and so are all NaN.
  static func isSame(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.number(let left), .number(let right)): left == right || left.isNaN && right.isNaN
    case (.text(let left), .text(let right)): left.utf8.elementsEqual(right.utf8)
    case (.list(let left), .list(let right)):
      left.elementsEqual(right) { $0.utf8.elementsEqual($1.utf8) }
    case (.figure(let left), .figure(let right)):
      isSame(number(left.low), number(right.low)) && isSame(number(left.best), number(right.best))
        && isSame(number(left.high), number(right.high))
    default: left == right
    }
  }

  /// Whether two values are the same to the bit; all NaN are alike.
  package static func isIdentical(_ left: Value, _ right: Value) -> Bool {
    switch (left, right) {
    case (.number(let left), .number(let right)): isIdentical(left, right)
    case (.figure(let left), .figure(let right)):
      isIdentical(left.low, right.low) && isIdentical(left.best, right.best)
        && isIdentical(left.high, right.high)
    default: isSame(left, right)
    }
  }

  private static func isIdentical(_ left: Double?, _ right: Double?) -> Bool {
    guard let left, let right else { return left == nil && right == nil }
    return left.bitPattern == right.bitPattern || left.isNaN && right.isNaN
  }

  private static func number(_ value: Double?) -> Value { value.map { .number($0) } ?? .null }

  /// A number as a key or an extreme: -0 is 0.
  static func plain(_ value: Value) -> Value {
    switch value {
    case .number(let number) where number == 0: .number(0)
    case .figure(let figure):
      .figure(
        Figure(
          low: figure.low.map(plain), best: figure.best.map(plain), high: figure.high.map(plain)))
    default: value
    }
  }

  private static func plain(_ number: Double) -> Double { number == 0 ? 0 : number }

  /// The members of each group of equal keys, in the order of their first rows.
  static func groups(_ keys: [[Value]]) -> [(key: [Value], members: [Int])] {
    var groups: [(key: [Value], members: [Int])] = []
    for (index, key) in keys.enumerated() {
      let known = groups.firstIndex { group in
        group.key.indices.allSatisfy { isSame(group.key[$0], key[$0]) }
      }
      if let known {
        groups[known].members.append(index)
      } else {
        groups.append((key, [index]))
      }
    }
    return groups
  }
}
