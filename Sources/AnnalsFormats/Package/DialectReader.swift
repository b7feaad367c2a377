/// Reads a CSV Dialect (version 1) or Table Dialect (version 2).
enum DialectReader {
  /// - Parameter standard: What holds where the description says nothing.
  static func read(
    _ descriptor: Descriptor, standard: DelimitedDialect
  ) throws(FormatsError) -> DelimitedDialect {
    try descriptor.require("type", toBe: ["delimited"])
    try descriptor.require("doubleQuote", toBe: ["true"])
    try descriptor.require("skipInitialSpace", toBe: ["false"])
    try descriptor.require("lineTerminator", toBe: ["\n", "\r\n", "\r"])
    try descriptor.require("headerRows", toBe: ["[1]"])
    for name in [
      "escapeChar", "nullSequence", "commentChar", "commentRows", "property", "itemType",
      "itemKeys", "sheetNumber", "sheetName", "table",
    ] {
      try descriptor.require(name, toBe: [])
    }
    var dialect = standard
    if let delimiter = try character("delimiter", descriptor) { dialect.delimiter = delimiter }
    if let quote = try character("quoteChar", descriptor) { dialect.quote = quote }
    dialect.hasHeader = try descriptor.boolean("header") ?? true
    guard dialect.delimiter != dialect.quote else {
      throw descriptor.error(
        .unsupported(property: "quoteChar", value: "the delimiter", supported: ["\""]),
        at: "quoteChar")
    }
    return dialect
  }

  private static func character(
    _ name: String, _ descriptor: Descriptor
  ) throws(FormatsError) -> UInt8? {
    guard let text = try descriptor.text(name) else { return nil }
    let bytes = Array(text.utf8)
    guard bytes.count == 1, bytes[0] < 0x80, bytes[0] != 0, bytes[0] != 0x0A, bytes[0] != 0x0D
    else {
      let supported = name == "delimiter" ? [",", ";", "|"] : ["\""]
      throw descriptor.error(
        .unsupported(property: name, value: text, supported: supported), at: name)
    }
    return bytes[0]
  }
}
