import Annals
import AnnalsPlatform

/// Finds the script that a command is about.
struct ScriptFinder {
  /// A script's file is small; one that is not is no script.
  private static let byteLimit = 16 << 20
  /// Where the scripts stand that come with the program.
  private static let shippedFolder = "Scripts/"
  private static let ending = ".lua"

  /// Reads the script of a path; one that is not there is an error with near names.
  static func read(_ path: String) throws(CommandError) -> Script {
    do throws(PlatformError) {
      let source = try FileReader.contents(of: path, byteLimit: byteLimit)
      return Script(name: path.split(separator: "/").last.map(String.init) ?? path, source: source)
    } catch {
      guard case .missing = error else { throw .usage(error.description, fix: nil) }
      let near = nearPaths(to: path) + nearBundles(to: path)
      throw .usage(
        "there is no script `\(path.shortened)`",
        fix: near.isEmpty ? "name a Lua file" : "did you mean \(near.quotedAlternatives)?")
    }
  }

  private static func nearBundles(to name: String) -> [String] {
    (try? InstalledBundles.ofUser())?.nearNames(to: name) ?? []
  }

  /// Scripts of that name or a near one in its folder; for a mere name also those that come with
  /// the program.
  private static func nearPaths(to path: String) -> [String] {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let name = String(path.dropFirst(folder.count))
    let stem = name.hasSuffix(ending) ? String(name.dropLast(ending.count)) : name
    for place in folder.isEmpty ? [folder, shippedFolder] : [folder] {
      let files = (try? Folder.names(in: place.isEmpty ? "." : place)) ?? []
      let stems = files.filter { $0.hasSuffix(ending) }.map { String($0.dropLast(ending.count)) }
      let near = stems.contains(stem) ? [stem] : NearNames.suggestions(for: stem, among: stems)
      if !near.isEmpty { return near.map { place + $0 + ending } }
    }
    return []
  }
}
