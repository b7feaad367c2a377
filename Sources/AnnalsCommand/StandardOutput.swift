import AnnalsPlatform

/// Standard output, where a report goes: what does not arrive there is an error, not silence.
enum StandardOutput {
  static func write(_ bytes: Span<UInt8>) throws(CommandError) {
    guard StandardStream.output.write(bytes) else { throw failure }
  }

  static func write(_ text: String) throws(CommandError) {
    try write(Array(text.utf8).span)
  }

  static let failure = CommandError.writing(
    "standard output could not be written to the end"
      + "\n  fix: check that its disk has room, or write to a file with `-o`")
}
