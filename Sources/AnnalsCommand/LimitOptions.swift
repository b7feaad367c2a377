import Annals
import ArgumentParser

/// What a script may use.
struct LimitOptions: ParsableArguments {
  @Option(help: memoryHelp)
  var limitMemory: String?

  @Option(
    help: ArgumentHelp(
      "How long the script and writing what it returns may take: 500ms, 10s, 5min or none; a number alone is seconds. Without it 60s.",
      valueName: "time"))
  var limitTime: String?

  @Option(
    help: ArgumentHelp(
      "How much the script may print and return, as it is written: 64M or none. Without it 64 MiB.",
      valueName: "size"))
  var limitOutput: String?

  static let memoryHelp = ArgumentHelp(
    "How much memory Lua and plans may use together: 512M, 2G. Without it 8 GiB, of which Lua 1 GiB.",
    valueName: "size")

  func limits() throws(CommandError) -> ScriptLimits {
    var limits = ScriptLimits.standard
    try Self.limitMemory(of: &limits, to: limitMemory)
    if let limitTime {
      limits.timeout = limitTime == "none" ? nil : try Self.duration(limitTime)
    }
    if let limitOutput {
      limits.outputByteCount =
        limitOutput == "none" ? Int.max : try Self.byteCount(limitOutput, "--limit-output")
    }
    return limits
  }

  /// - Parameter size: As the option gives it; without it the usual limit stays.
  static func limitMemory(of limits: inout ScriptLimits, to size: String?) throws(CommandError) {
    guard let size else { return }
    limits.heapByteCount = try byteCount(size, "--limit-memory")
    limits.totalByteCount = limits.heapByteCount
  }

  /// A size as options give it.
  static func byteCount(_ text: String, _ option: String) throws(CommandError) -> Int {
    let units = ["b": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30]
    if let (number, unit) = parts(text), let size = units[shortened(unit)] {
      let (bytes, overflows) = number.multipliedReportingOverflow(by: size)
      if !overflows, bytes > 0 { return bytes }
    }
    throw .usage(
      "`\(option)` can't be `\(text.shortened)`",
      fix: "write a whole number with K, M or G, such as 512M")
  }

  /// `m` of `MiB`, `MB`, `M` and `m`; all sizes are powers of 1,024.
  private static func shortened(_ unit: String) -> String {
    let unit = unit.lowercased()
    return unit.count > 1 && unit.hasSuffix(unit.count == 3 ? "ib" : "b")
      ? String(unit.prefix(1)) : unit
  }

  private static func duration(_ text: String) throws(CommandError) -> Duration {
    let units = ["ms": 1, "": 1000, "s": 1000, "m": 60_000, "min": 60_000, "h": 3_600_000]
    if let (number, unit) = parts(text), let size = units[unit] {
      let (milliseconds, overflows) = number.multipliedReportingOverflow(by: size)
      if !overflows, milliseconds > 0 { return .milliseconds(milliseconds) }
    }
    throw .usage(
      "`--limit-time` can't be `\(text.shortened)`",
      fix: "write a whole number, of seconds or with ms, s, min or h, such as 10s, or `none`")
  }

  private static func parts(_ text: String) -> (number: Int, unit: String)? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits) else { return nil }
    return (number, String(text.dropFirst(digits.count)))
  }
}
