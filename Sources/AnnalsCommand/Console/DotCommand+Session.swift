import Annals

extension DotCommand {
  /// What runs scripts, looks back, and ends.
  static let forSession: [DotCommand] = [
    DotCommand(
      "run", "SCRIPT [--PARAMETER VALUE …]", "Runs a script here: the globals it sets stay."
    ) {
      console, text throws(CommandError) in
      let words = try words(of: text)
      guard let path = words.first else { throw misuse("run", "`.run` needs a script") }
      try console.files.checkReading(path)
      let script = try ScriptFinder.read(path)
      try console.run(script, try ScriptArguments.read(Array(words.dropFirst())))
    },
    DotCommand("history", "What was typed, with numbers.") { console, _ throws(CommandError) in
      let width = String(console.blocks.count).count
      for (index, block) in console.blocks.enumerated() {
        let number = String(index + 1)
        let space = String(repeating: " ", count: width - number.count)
        let indent = "\n" + String(repeating: " ", count: width + 2)
        console.output.write(
          space + number + "  " + VisibleText.lines(block).replacing("\n", with: indent) + "\n")
      }
    },
    DotCommand("quit", "Leaves the console, as Ctrl-D does.") { console, _ throws(CommandError) in
      console.isOver = true
    },
  ]

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
