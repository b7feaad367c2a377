import AnnalsEngine
import AnnalsFormats

/// How a `bundle.json` breaks the rules of manifests.
public enum ManifestProblem: Hashable, Sendable {
  case wrongKind(name: String, needed: String, found: String)
  case missing(name: String)
  case unknown(name: String, near: [String])
  case unknownFormat(Int64)
  case hugeNumber
  case notWhole(name: String)
  case outOfRange(name: String, least: Int64, most: Int64)
  case badID(String)
  case badVersion(String)
  case badRange(String)
  case emptyText(name: String)
  case longText(name: String, limit: Int)
  case controlCharacter(name: String)
  case noAuthors
  case noScripts
  case badScriptName(String)
  case badPath(String, problem: FileProblem)
  case badType(String, near: [String])
  case badVariable(String)
  case badHash(String)
  case badTestName(String)
  case unknownScript(String, near: [String])
  case badDataset(String)
  case badEnding(String)
  case noGoldens
  case goldenTwice(String)
  case listsItself
  case filesUnsorted(String)
}

extension ManifestProblem: CustomStringConvertible {
  /// What is wrong, without the place.
  public var description: String {
    switch self {
    case .wrongKind(let name, let needed, let found):
      "\(ShownText.quoted(name)) must be \(needed), not \(found)"
    case .missing(let name): "the manifest lacks \(ShownText.quoted(name))"
    case .unknown(let name, _): "manifests have no \(ShownText.quoted(name)) here"
    case .unknownFormat(let format):
      "the bundle is of format \(format), and this program reads format \(Manifest.format)"
    case .hugeNumber: "a number lies beyond 2^53, where programs disagree on numbers"
    case .notWhole(let name): "\(ShownText.quoted(name)) must be a whole number"
    case .outOfRange(let name, let least, let most):
      "\(ShownText.quoted(name)) must lie between \(least) and \(most)"
    case .badID(let id): "\(ShownText.quoted(id)) can be no bundle's id"
    case .badVersion(let text): "\(ShownText.quoted(text)) is no version"
    case .badRange(let text): "\(ShownText.quoted(text)) is no range of versions"
    case .emptyText(let name): "\(ShownText.quoted(name)) is empty"
    case .longText(let name, let limit):
      "\(ShownText.quoted(name)) is longer than \(limit) characters"
    case .controlCharacter(let name): "\(ShownText.quoted(name)) holds a control character"
    case .noAuthors: "`authors` names nobody"
    case .noScripts: "`scripts` names no script"
    case .badScriptName(let name): "\(ShownText.quoted(name)) can be no script's name"
    case .badPath(let path, let problem):
      "\(ShownText.quoted(path)) can be no file of a bundle: \(problem.description)"
    case .badType(let type, _): "\(ShownText.quoted(type)) is no type of columns"
    case .badVariable(let name):
      "\(ShownText.quoted(name)) can be no variable of the environment"
    case .badHash(let text): "\(ShownText.quoted(text)) is no SHA-256"
    case .badTestName(let name): "\(ShownText.quoted(name)) can be no test's name"
    case .unknownScript(let name, _): "the bundle has no script \(ShownText.quoted(name))"
    case .badDataset(let name): "\(ShownText.quoted(name)) can be no dataset's name"
    case .badEnding(let path): "the ending of \(ShownText.quoted(path)) tells no format"
    case .noGoldens: "`goldens` names no file"
    case .goldenTwice(let path):
      "\(ShownText.quoted(path)) is a golden of two tests, or twice of one"
    case .listsItself: "`files` lists `\(Manifest.path)`, which can't hold its own hash"
    case .filesUnsorted(let path):
      "`files` is not in the order of the paths' bytes at \(ShownText.quoted(path))"
    }
  }

  /// How to mend it.
  public var fix: String {
    switch self {
    case .wrongKind(let name, let needed, _): "write \(ShownText.quoted(name)) as \(needed)"
    case .missing(let name): "add \(ShownText.quoted(name)); Documentation/bundles.md explains it"
    case .unknown(_, let near), .badType(_, let near), .unknownScript(_, let near):
      near.isEmpty
        ? "Documentation/bundles.md lists what there is"
        : "did you mean \(near.quotedAlternatives)?"
    case .unknownFormat: "use a newer version of Annals"
    case .hugeNumber: "write a smaller number, or a text"
    case .notWhole, .outOfRange: "write a whole number in that range"
    case .badID: "write 2 to 64 lower-case letters, digits and `-`, beginning with a letter"
    case .badVersion: "write three numbers, such as `1.4.0`"
    case .badRange: "write conditions with one space between them, such as `>=0.1.0 <2.0.0`"
    case .emptyText, .longText: "write a text that says it in a few words"
    case .controlCharacter: "write it on one line"
    case .noAuthors: "write names, such as [\"Ada Example\"]"
    case .noScripts: "write {\"main\": \"report.lua\"}"
    case .badScriptName, .badTestName:
      "write lower-case letters, digits and `-`, beginning with a letter"
    case .badPath(_, let problem): problem.fix
    case .badVariable: "write letters, digits and `_`, beginning with a letter or `_`"
    case .badDataset: "write letters, digits, `_`, `-` and points within; a path can't be named"
    case .badEnding: "end it in " + BundleTest.endings.map { "`\($0)`" }.joined(separator: ", ")
    case .noGoldens: "write a path, such as [\"goldens/report.txt\"]"
    case .goldenTwice: "give each output a file of its own"
    case .badHash, .listsItself, .filesUnsorted: "have `annals bundle pack` write `files`"
    }
  }
}
