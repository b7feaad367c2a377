/// Loops over the bits of a batch, 64 rows at a time. `count` is a number of words.
enum Words {
  static func fill(_ target: Buffer<UInt64>, _ word: UInt64, count: Int) {
    var target = target.mutableSpan
    for index in 0..<count { target[index] = word }
  }

  static func and(
    _ left: Buffer<UInt64>, _ right: Buffer<UInt64>, into target: Buffer<UInt64>, count: Int
  ) {
    let left = left.span
    let right = right.span
    var target = target.mutableSpan
    for index in 0..<count { target[index] = left[index] & right[index] }
  }

  static func andNot(
    _ left: Buffer<UInt64>, _ right: Buffer<UInt64>, into target: Buffer<UInt64>, count: Int
  ) {
    let left = left.span
    let right = right.span
    var target = target.mutableSpan
    for index in 0..<count { target[index] = left[index] & ~right[index] }
  }

  static func or(
    _ left: Buffer<UInt64>, _ right: Buffer<UInt64>, into target: Buffer<UInt64>, count: Int
  ) {
    let left = left.span
    let right = right.span
    var target = target.mutableSpan
    for index in 0..<count { target[index] = left[index] | right[index] }
  }

  static func not(_ source: Buffer<UInt64>, into target: Buffer<UInt64>, count: Int) {
    let source = source.span
    var target = target.mutableSpan
    for index in 0..<count { target[index] = ~source[index] }
  }
}
