/// The metadata of an Arrow file: a FlatBuffer, of which every offset is checked before it is followed.
///
/// Source: FlatBuffers, "FlatBuffer Internals": offsets to tables, vectors and texts are unsigned and
/// lead forward, those to vtables are signed. An offset of 0 is refused, so no way leads in a circle.
final class FlatBuffer {
  /// The most bytes of a piece of metadata.
  static let byteLimit = 1 << 26

  private let bytes: [UInt8]
  /// Several fields may share one text, so that few bytes could become many.
  private var textByteCount = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func root() throws(ArrowProblem) -> FlatTable { try table(at: 0) }

  /// The table that an offset leads to.
  func table(at position: Int) throws(ArrowProblem) -> FlatTable {
    let table = try target(at: position)
    let vtable = table - Int(try integer(Int32.self, at: table))
    let vtableByteCount = Int(try integer(UInt16.self, at: vtable))
    let byteCount = Int(try integer(UInt16.self, at: vtable + 2))
    try check(vtable, count: vtableByteCount)
    try check(table, count: byteCount)
    guard vtableByteCount >= 4 else { throw Self.damaged }
    return FlatTable(
      buffer: self, position: table, byteCount: byteCount, vtable: vtable,
      fieldCount: (vtableByteCount - 4) / 2)
  }

  /// The first element of the vector that an offset leads to, and how many there are.
  func vector(
    at position: Int, stride: Int
  ) throws(ArrowProblem) -> (start: Int, count: Int) {
    let vector = try target(at: position)
    let count = Int(try integer(UInt32.self, at: vector))
    try check(vector + 4, count: count * stride)
    return (vector + 4, count)
  }

  func text(at position: Int) throws(ArrowProblem) -> String {
    let (start, count) = try vector(at: position, stride: 1)
    textByteCount += count
    guard textByteCount <= Self.byteLimit else { throw Self.damaged }
    let text = bytes[start..<start + count]
    guard let valid = String(validating: text, as: UTF8.self) else {
      throw .damaged(what: "a name or remark in its metadata is not UTF-8")
    }
    return valid
  }

  func integer<T: FixedWidthInteger>(_: T.Type, at position: Int) throws(ArrowProblem) -> T {
    let width = T.bitWidth / 8
    try check(position, count: width)
    var value: UInt64 = 0
    for index in 0..<width { value |= UInt64(bytes[position + index]) << UInt64(8 * index) }
    return T(truncatingIfNeeded: value)
  }

  /// Follows the unsigned offset at a position.
  private func target(at position: Int) throws(ArrowProblem) -> Int {
    let offset = Int(try integer(UInt32.self, at: position))
    guard offset > 0 else { throw Self.damaged }
    return position + offset
  }

  private func check(_ position: Int, count: Int) throws(ArrowProblem) {
    guard position >= 0, position <= bytes.count, count <= bytes.count - position else {
      throw Self.damaged
    }
  }

  private static let damaged = ArrowProblem.damaged(what: "its metadata lead nowhere")
}

/// A table within a FlatBuffer. Fields are known by number; one that is absent has its default.
struct FlatTable {
  private let buffer: FlatBuffer
  private let position: Int
  private let byteCount: Int
  private let vtable: Int
  private let fieldCount: Int

  fileprivate init(
    buffer: FlatBuffer, position: Int, byteCount: Int, vtable: Int, fieldCount: Int
  ) {
    self.buffer = buffer
    self.position = position
    self.byteCount = byteCount
    self.vtable = vtable
    self.fieldCount = fieldCount
  }

  func integer<T: FixedWidthInteger>(_ field: Int, default value: T) throws(ArrowProblem) -> T {
    guard let place = try place(of: field, width: T.bitWidth / 8) else { return value }
    return try buffer.integer(T.self, at: place)
  }

  func boolean(_ field: Int) throws(ArrowProblem) -> Bool {
    try integer(field, default: 0 as UInt8) != 0
  }

  func text(_ field: Int) throws(ArrowProblem) -> String? {
    guard let place = try place(of: field, width: 4) else { return nil }
    return try buffer.text(at: place)
  }

  func table(_ field: Int) throws(ArrowProblem) -> FlatTable? {
    guard let place = try place(of: field, width: 4) else { return nil }
    return try buffer.table(at: place)
  }

  /// A vector of tables; empty if it is absent.
  func tables(_ field: Int, limit: Int = .max) throws(ArrowProblem) -> [FlatTable] {
    guard let place = try place(of: field, width: 4) else { return [] }
    let (start, count) = try buffer.vector(at: place, stride: 4)
    guard count <= limit else { throw .tooManyColumns(limit: limit) }
    var tables: [FlatTable] = []
    for index in 0..<count { tables.append(try buffer.table(at: start + 4 * index)) }
    return tables
  }

  /// A vector of structs, each of so many words of 64 bits; empty if it is absent.
  func words(_ field: Int, stride: Int) throws(ArrowProblem) -> [Int64] {
    guard let place = try place(of: field, width: 4) else { return [] }
    let (start, count) = try buffer.vector(at: place, stride: 8 * stride)
    var words: [Int64] = []
    for index in 0..<count * stride {
      words.append(try buffer.integer(Int64.self, at: start + 8 * index))
    }
    return words
  }

  /// Where a field stands; nil if it is absent.
  private func place(of field: Int, width: Int) throws(ArrowProblem) -> Int? {
    guard field < fieldCount else { return nil }
    let offset = Int(try buffer.integer(UInt16.self, at: vtable + 4 + 2 * field))
    guard offset > 0 else { return nil }
    guard offset >= 4, offset + width <= byteCount else {
      throw .damaged(what: "its metadata lead nowhere")
    }
    return position + offset
  }
}
