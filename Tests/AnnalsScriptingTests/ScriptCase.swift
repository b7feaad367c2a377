import Foundation
import Testing

/// A script of `Cases/` and what is written beside it.
struct ScriptCase: Sendable, CustomTestStringConvertible {
  /// Area and name, such as `where/formula`.
  let path: String

  var testDescription: String { path }

  /// What messages call the script.
  var name: String { String(path.split(separator: "/").last ?? "") + ".lua" }

  /// The folder of the dataset that it runs on.
  var dataset: String { path.hasPrefix("questions/") ? Fixture.valley : Fixture.harbour }

  var script: URL { Self.folder.appending(path: path + ".lua") }
  /// What a run that succeeds prints and returns.
  var output: URL { Self.folder.appending(path: path + ".out") }
  /// The whole error of one that fails.
  var failure: URL { Self.folder.appending(path: path + ".err") }

  /// What the line `-- given: name=value other=value` gives to the script's parameters.
  func parameters(_ source: String) -> [(name: String, text: String)] {
    let mark = "-- given: "
    guard let line = source.split(separator: "\n").first(where: { $0.hasPrefix(mark) }) else {
      return []
    }
    return line.dropFirst(mark.count).split(separator: " ").map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1)
      return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }
  }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Cases")

  /// All cases, in the order of their paths.
  static let all: [ScriptCase] = paths(endingIn: "lua").map(ScriptCase.init)

  /// The files with an ending, without it.
  static func paths(endingIn ending: String) -> [String] {
    let files = FileManager.default.enumerator(atPath: folder.path)
    let paths = files?.compactMap { $0 as? String } ?? []
    return paths.filter { $0.hasSuffix("." + ending) }
      .map { String($0.dropLast(ending.count + 1)) }.sorted()
  }
}
