import Annals
import AnnalsConsole

extension DotCommand {
  /// What runs scripts, looks back, and ends.
  static let forSession: [DotCommand] = [
    DotCommand(
      "run", "SCRIPT [--PARAMETER VALUE …]", "Runs a script here: its globals and variables stay."
    ) {
      console, text throws(CommandError) in
      let words = try words(of: text)
      guard let path = words.first else { throw misuse("run", "`.run` needs a script") }
      try console.files.checkReading(path)
      let script = try ScriptFinder.read(path)
      try console.run(script, try ScriptArguments.read(Array(words.dropFirst())))
    },
    DotCommand("history", "What was typed, with numbers.") { console, _ throws(CommandError) in
      console.output.show(numbered(console.blocks))
    },
    DotCommand("edit", "[N]", "Puts a block into the editor again: the last, or that of a number.")
    {
      console, text throws(CommandError) in
      guard console.editor.isInteractive else {
        throw .usage("`.edit` needs a terminal", fix: "type the block again")
      }
      guard !console.blocks.isEmpty else {
        throw .usage("nothing was typed yet", fix: "`.history` lists what there is")
      }
      let number = text.isEmpty ? console.blocks.count : Int(text) ?? 0
      guard console.blocks.indices.contains(number - 1) else {
        throw .usage(
          "there is no block `\(text.shortened)`", fix: "give 1 to \(console.blocks.count)")
      }
      console.draft = console.blocks[number - 1]
    },
    DotCommand(
      "record", "FILE|end", "Makes a script of what was done here; `.record end` writes it."
    ) { console, text throws(CommandError) in
      guard let (path, rest) = firstWord(of: text), rest.isEmpty else {
        throw misuse("record", "`.record` needs a file, or `end`")
      }
      if path == "end" { try console.endRecording() } else { try console.beginRecording(path) }
    },
    DotCommand("quit", "Leaves the console, as Ctrl-D does.") { console, _ throws(CommandError) in
      console.isOver = true
    },
  ]

  /// Blocks with their numbers; their further lines are indented as far.
  private static func numbered(_ blocks: [String]) -> String {
    let width = String(blocks.count).count
    let indent = "\n" + String(repeating: " ", count: width + 2)
    return blocks.enumerated().map { index, block in
      let number = String(index + 1)
      let space = String(repeating: " ", count: width - number.count)
      return space + number + "  " + VisibleText.lines(block).replacing("\n", with: indent) + "\n"
    }.joined()
  }

  /// Words between blanks; quotes of either kind keep blanks together.
  private static func words(of text: String) throws(CommandError) -> [String] {
    var words: [String] = []
    var word: String?
    var quote: Character?
    for character in text {
      if character == quote {
        quote = nil
      } else if quote == nil, character == "\"" || character == "'" {
        quote = character
        word = word ?? ""
      } else if quote == nil, character.isWhitespace {
        if let finished = word { words.append(finished) }
        word = nil
      } else {
        word = (word ?? "") + String(character)
      }
    }
    if let quote { throw .usage("the quote \(quote) is not closed", fix: "close it") }
    return words + (word.map { [$0] } ?? [])
  }
}
