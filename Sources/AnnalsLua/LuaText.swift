/// A Lua string: bytes with a length, which may hold zeros and need not be UTF-8.
package struct LuaText: Hashable, Sendable, ExpressibleByStringLiteral {
  package var bytes: [UInt8]

  package init(bytes: [UInt8]) { self.bytes = bytes }

  package init(_ string: String) { bytes = Array(string.utf8) }

  package init(stringLiteral value: String) { self.init(value) }

  /// The text as characters; bytes that are no UTF-8 become U+FFFD.
  package var string: String { String(decoding: bytes, as: UTF8.self) }
}
