/// Reads blocks of text from whoever sits at the console.
///
/// A terminal gets the full editor; a pipe, a file and a dumb terminal are read by plain lines.
package final class LineEditor {
  private let assistant: any LineAssistant

  /// - Parameters:
  ///   - assistant: Answers what depends on more than the text.
  ///   - historyPath: The file that keeps earlier blocks; nil for none.
  ///   - hasColours: Whether Lua is shown in colours.
  package init(assistant: any LineAssistant, historyPath: String?, hasColours: Bool) {
    self.assistant = assistant
  }

  /// Reads a block.
  ///
  /// - Parameters:
  ///   - prompt: Stands before its first line.
  ///   - text: What is there to edit from the start.
  package func readBlock(prompt: String, text: String = "") -> BlockInput { .endOfInput }
}
