import Annals
import AnnalsConsole
import AnnalsPlatform

/// What a session has done, as a script that does it again.
struct ConsoleRecording {
  /// One thing that was done.
  enum Step: Hashable {
    /// A block that gives values.
    case expression(String)
    /// A block that gives none.
    case statement(String)
    /// A command that a script can't give.
    case command(String)
  }

  var steps: [Step] = []
  /// The dataset at the beginning.
  let dataset: String

  /// The script: what had a value is returned in the end, one after another.
  var script: String {
    var lines = [
      "-- Recorded in the console", "--",
      "-- What was answered is returned; Lua tables and functions can't be. The dataset was \(dataset).",
      "local answers = {}", "",
      "local function answer(...)",
      "  for i = 1, select(\"#\", ...) do",
      "    local value = select(i, ...)",
      "    local kind = type(value)",
      "    if kind ~= \"nil\" and kind ~= \"table\" and kind ~= \"function\" and kind ~= \"thread\" then",
      "      answers[#answers + 1] = value",
      "    end",
      "  end",
    ]
    if usesKeptValues { lines += Self.keeping }
    lines += ["end", ""]
    lines += steps.map(Self.text)
    return lines.joined(separator: "\n") + "\n\nreturn table.unpack(answers)\n"
  }

  /// Commands that are not in the script.
  var leftOut: [String] {
    steps.compactMap { step in
      if case .command(let text) = step { text } else { nil }
    }
  }

  /// `_` and the values before it, as the console keeps them.
  private static let keeping = [
    "  if select(\"#\", ...) > 0 then",
    "    for i = \(ConsoleSession.keptCount - 1), 2, -1 do _ENV[\"_\" .. i] = _ENV[\"_\" .. i - 1] end",
    "    _1, _ = _, (...)",
    "  end",
  ]

  private var usesKeptValues: Bool {
    let names = Set((0..<ConsoleSession.keptCount).map(ConsoleSession.keptName))
    return steps.contains { step in
      switch step {
      case .expression(let block), .statement(let block):
        LuaTokens.all(in: block).contains { token in
          token.kind == .name && names.contains(String(token.text(in: block)))
        }
      case .command: false
      }
    }
  }

  private static func text(_ step: Step) -> String {
    switch step {
    case .expression(let block):
      // A comment at the end would hide what follows it.
      holdsComment(block) ? "answer(\n" + block + "\n)" : "answer(" + block + ")"
    case .statement(let block): text(ofStatement: block)
    case .command(let text): "-- left out: " + text.replacing("\n", with: " ")
    }
  }

  /// A block's locals end with it, and it may return.
  private static func text(ofStatement block: String) -> String {
    let words = LuaTokens.all(in: block).filter { $0.kind == .keyword }.map { $0.text(in: block) }
    if words.contains("return") { return "answer((function(...)\n" + block + "\nend)())" }
    return words.contains("local") || words.contains("goto") || block.contains("::")
      ? "do\n" + block + "\nend" : block
  }

  private static func holdsComment(_ block: String) -> Bool {
    LuaTokens.all(in: block).contains { $0.kind == .comment || $0.kind == .longComment }
  }
}

extension Console {
  /// Begins to record into a file: what has been done so far, and what follows.
  func beginRecording(_ path: String) throws(CommandError) {
    guard recordingFile == nil else {
      throw .usage("a recording is under way", fix: "end it with `.record end`")
    }
    try files.checkWriting(path)
    do throws(PlatformError) { recordingFile = try AtomicFile(path: path) } catch {
      throw .writing(error.description)
    }
    output.writeRemark("recording; `.record end` writes \(path.shortened)")
  }

  /// Writes the script, if a recording is under way.
  func endRecording() throws(CommandError) {
    guard let file = recordingFile else {
      throw .usage("no recording is under way", fix: "begin one with `.record FILE`")
    }
    recordingFile = nil
    do throws(PlatformError) {
      try file.write(Array(recording.script.utf8).span)
      try file.finish()
    } catch {
      throw .writing(error.description)
    }
    output.writeRemark("wrote \(file.path.shortened)")
    let leftOut = recording.leftOut
    if !leftOut.isEmpty {
      output.writeRemark("no script can do it, so left out: " + leftOut.joined(separator: ", "))
    }
  }
}
