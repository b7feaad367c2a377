import Annals
import AnnalsConsole
import AnnalsPlatform

/// Answers the editor: what may stand at the cursor, what to say of it, and whether a block is whole.
final class ConsoleAssistant: LineAssistant {
  /// Whom it knows what there is from; nothing is offered until there is one.
  weak var console: Console?
  private let pages: [ReferencePage] = Reference().pages

  /// Longer texts get no help: it would come too late.
  private static let byteLimit = 1 << 16

  func isComplete(_ text: String) -> Bool { console?.isComplete(text) ?? true }

  func completions(in text: String, at offset: Int) -> Completions {
    guard let console, text.utf8.count <= Self.byteLimit else { return .none }
    if DotCommand.isOne(text) || text.trimmed == "." {
      return CommandCompletion(console).completions(in: text, at: offset)
    }
    return LuaCompletion(console.session, pages: pages).completions(in: text, at: offset)
  }

  func hint(for text: String, at offset: Int) -> String? {
    guard let console, text.utf8.count <= Self.byteLimit else { return nil }
    if DotCommand.isOne(text) {
      return DotCommand.named(in: text).map { $0.usage + "  " + $0.summary }
    }
    return LuaCompletion(console.session, pages: pages).hint(for: text, at: offset)
  }
}
