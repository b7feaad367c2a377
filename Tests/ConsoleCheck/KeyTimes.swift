import AnnalsConsole
import AnnalsPlatform
import ConsoleTwin

/// How long it takes from a key to the bytes that paint what it changed, in the processor's time.
enum KeyTimes {
  private static let texts: [(name: String, piece: String)] = [
    ("lines of Lua", "local t = data.events:where(\"country == 'Kazakhstan'\") -- a comment\n"),
    ("one line", "f(1, \"two\") + "),
    ("Cyrillic", "-- Протесты в Казахстане, январь 2022\n"),
    ("Chinese", "哈萨克斯坦抗议活动。"),
    ("a long string", "[[ never closed\n"),
    ("emoji", "👩‍👩‍👧👍🏽🇰🇿"),
  ]

  /// Keys with what the screen is like before each.
  private static let keys: [(name: String, bytes: String)] = [
    ("at the end", "x"), ("Up", "\u{1B}[A"), ("in the line above", "x"),
    ("to the start", "\u{1B}<"),
    ("at the start", "x"), ("to the end", "\u{1B}>"), ("word back", "\u{1B}b"), ("undo", "\u{1F}"),
    ("cut the line", "\u{15}"), ("put it in", "\u{19}"),
  ]

  static func measure() {
    for (name, piece) in texts {
      let text = String(repeating: piece, count: (1 << 20) / piece.utf8.count)
      print("\(name):")
      for (key, milliseconds) in times(text) {
        print("  \(key): \((milliseconds * 100).rounded() / 100) ms")
      }
    }
  }

  /// The lowest of several times, since other programs use the caches, too.
  private static func times(_ text: String) -> [(key: String, milliseconds: Double)] {
    let history = (0..<10_000).map { "print(\($0))" }
    var best: [Double] = []
    for _ in 0..<5 {
      var editor = EditorScreen(
        assistant: SimpleAssistant(), history: history, hasColours: true)
      editor.begin(prompt: "annals> ", size: ScreenSize(columns: 200, rows: 60))
      let all = ["\u{1B}[200~" + text + "\u{1B}[201~"] + keys.map(\.bytes)
      let times = all.map { time($0, in: &editor) }
      best = best.isEmpty ? times : zip(best, times).map { min($0, $1) }
    }
    return Array(zip(["paste"] + keys.map(\.name), best))
  }

  private static func time(_ keys: String, in editor: inout EditorScreen) -> Double {
    let bytes = Array(keys.utf8)
    let begin = ProcessTimes.now.processors
    editor.take(bytes.span)
    _ = editor.next()
    _ = editor.paint()
    return (ProcessTimes.now.processors - begin) * 1_000
  }
}
