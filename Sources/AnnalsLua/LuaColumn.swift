internal import CLuaShim

/// A column for scripts, which read it where it lies.
///
/// Each part is lent by an owner: the memory must stand there, unchanged, as long as that lives.
@safe
package struct LuaColumn {
  /// How many rows it has at least; nil of one whose values the host gives.
  private(set) var rowCount: Int?
  private(set) var cells = unsafe annals_cells()
  private(set) var owners: [AnyObject] = []

  /// Whether the host gives each value.
  package var isGivenByHost: Bool { rowCount == nil }

  /// A column whose values the host gives, one by one.
  package init() {}

  package init(_ values: Span<Int8>, of owner: AnyObject) {
    unsafe self.init(.ANNALS_LAYOUT_INT8, LuaColumn.start(values), values.count, owner)
  }

  package init(_ values: Span<Int16>, of owner: AnyObject) {
    unsafe self.init(.ANNALS_LAYOUT_INT16, LuaColumn.start(values), values.count, owner)
  }

  package init(_ values: Span<Int32>, of owner: AnyObject) {
    unsafe self.init(.ANNALS_LAYOUT_INT32, LuaColumn.start(values), values.count, owner)
  }

  package init(_ values: Span<Int64>, of owner: AnyObject) {
    unsafe self.init(.ANNALS_LAYOUT_INT64, LuaColumn.start(values), values.count, owner)
  }

  package init(_ values: Span<UInt8>, of owner: AnyObject) {
    unsafe self.init(.ANNALS_LAYOUT_UINT8, LuaColumn.start(values), values.count, owner)
  }

  package init(_ values: Span<UInt16>, of owner: AnyObject) {
    unsafe self.init(.ANNALS_LAYOUT_UINT16, LuaColumn.start(values), values.count, owner)
  }

  package init(_ values: Span<Double>, of owner: AnyObject) {
    unsafe self.init(.ANNALS_LAYOUT_DOUBLE, LuaColumn.start(values), values.count, owner)
  }

  /// Booleans, 64 to a word, lowest bit first.
  package init(bits: Span<UInt64>, of owner: AnyObject) {
    unsafe self.init(.ANNALS_LAYOUT_BITS, LuaColumn.start(bits), bits.count * 64, owner)
  }

  /// Texts one after another: text `i` stands from `offsets[i]` to `offsets[i + 1]`.
  package init(
    offsets: Span<Int64>, of offsetsOwner: AnyObject, bytes: Span<UInt8>, of bytesOwner: AnyObject
  ) {
    unsafe self.init(
      .ANNALS_LAYOUT_TEXT, LuaColumn.start(offsets), max(offsets.count - 1, 0), offsetsOwner)
    setTexts(offsets, offsetsOwner, bytes, bytesOwner)
  }

  /// Says that the numbers stand for other values. Each of those is made once, by the host.
  package mutating func standsForValues() { unsafe cells.is_coded = true }

  /// Says that the numbers are those of texts.
  package mutating func standsForTexts(
    offsets: Span<Int64>, of offsetsOwner: AnyObject, bytes: Span<UInt8>, of bytesOwner: AnyObject
  ) {
    standsForValues()
    setTexts(offsets, offsetsOwner, bytes, bytesOwner)
  }

  /// Says which rows have a value, by a bit for each.
  package mutating func isKnown(where bits: Span<UInt64>, of owner: AnyObject) {
    // SAFETY: as in `init`.
    unsafe cells.known = LuaColumn.start(bits).assumingMemoryBound(to: UInt64.self)
    rowCount = rowCount.map { min($0, bits.count * 64) }
    owners.append(owner)
  }

  // SAFETY: `values` points to `rowCount` values as long as `owner` lives, which this keeps.
  @unsafe private init(
    _ layout: annals_layout, _ values: UnsafeRawPointer, _ rowCount: Int, _ owner: AnyObject
  ) {
    unsafe cells.layout = layout
    unsafe cells.values = values
    self.rowCount = rowCount
    owners.append(owner)
  }

  private mutating func setTexts(
    _ offsets: Span<Int64>, _ offsetsOwner: AnyObject, _ bytes: Span<UInt8>,
    _ bytesOwner: AnyObject
  ) {
    // SAFETY: as in `init`; C compares each text's place with the counts.
    unsafe cells.offsets = LuaColumn.start(offsets).assumingMemoryBound(to: Int64.self)
    unsafe cells.bytes = LuaColumn.start(bytes).assumingMemoryBound(to: UInt8.self)
    unsafe cells.text_count = max(offsets.count - 1, 0)
    unsafe cells.byte_count = bytes.count
    owners += [offsetsOwner, bytesOwner]
  }

  /// Where the values stand. An empty span may have no place; nothing is read of it.
  @unsafe private static func start<Value: BitwiseCopyable>(
    _ values: Span<Value>
  ) -> UnsafeRawPointer {
    let nowhere = unsafe UnsafeRawPointer(bitPattern: MemoryLayout<UInt64>.alignment)
    let start = unsafe values.withUnsafeBufferPointer { unsafe UnsafeRawPointer($0.baseAddress) }
    guard let place = unsafe start ?? nowhere else { preconditionFailure("8 is no null pointer") }
    return unsafe place
  }
}
