import Annals
import ArgumentParser

/// How much memory a script or a console may use.
struct MemoryOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How much memory Lua may use, and plans as much again: 512MiB, 2GiB. Without it 1GiB and 8GiB.",
      valueName: "size"))
  var limitMemory: String?

  func apply(to limits: inout ScriptLimits) throws(CommandError) {
    guard let limitMemory else { return }
    limits.heapByteCount = try LimitOptions.byteCount(limitMemory, "--limit-memory")
    limits.planByteCount = limits.heapByteCount
  }
}

/// What a script may use.
struct LimitOptions: ParsableArguments {
  @OptionGroup
  var memoryOption: MemoryOption

  @Option(
    help: ArgumentHelp(
      "How long the script may run: 500ms, 10s, 5min or none. Without it 60s.",
      valueName: "time"))
  var limitTime: String?

  @Option(
    help: ArgumentHelp(
      "How much the script may print: 64MiB or none. Without it 64MiB.", valueName: "size"))
  var limitOutput: String?

  /// The limit of memory as it was given.
  var limitMemory: String? { memoryOption.limitMemory }

  func limits() throws(CommandError) -> ScriptLimits {
    var limits = ScriptLimits.standard
    try memoryOption.apply(to: &limits)
    if let limitTime {
      limits.timeout = limitTime == "none" ? nil : try Self.duration(limitTime)
    }
    if let limitOutput {
      limits.outputByteCount =
        limitOutput == "none" ? Int.max : try Self.byteCount(limitOutput, "--limit-output")
    }
    return limits
  }

  /// A size as options give it.
  static func byteCount(_ text: String, _ option: String) throws(CommandError) -> Int {
    let units = ["GiB": 1 << 30, "MiB": 1 << 20, "KiB": 1 << 10, "B": 1]
    if let (number, unit) = parts(text), let size = units[unit] {
      let (bytes, overflows) = number.multipliedReportingOverflow(by: size)
      if !overflows, bytes > 0 { return bytes }
    }
    throw .usage(
      "`\(option)` can't be `\(text.shortened)`",
      fix: "write a whole number with KiB, MiB or GiB, such as 512MiB")
  }

  private static func duration(_ text: String) throws(CommandError) -> Duration {
    let units = ["ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000]
    if let (number, unit) = parts(text), let size = units[unit] {
      let (milliseconds, overflows) = number.multipliedReportingOverflow(by: size)
      if !overflows, milliseconds > 0 { return .milliseconds(milliseconds) }
    }
    throw .usage(
      "`--limit-time` can't be `\(text.shortened)`",
      fix: "write a whole number with ms, s, min or h, such as 10s, or `none`")
  }

  private static func parts(_ text: String) -> (number: Int, unit: String)? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits) else { return nil }
    return (number, String(text.dropFirst(digits.count)))
  }
}
