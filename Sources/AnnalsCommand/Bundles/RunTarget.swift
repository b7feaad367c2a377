import Annals
import AnnalsPlatform

/// What `annals run` runs: a script by itself, or one of a bundle.
struct RunTarget {
  let script: Script
  /// What its help calls it.
  let usage: String
  let bundle: ReportBundle?
  let moduleFolders: [String]
  /// Bundles whose modules it may require.
  var used: [ReportBundle] = []

  /// Finds what a path stands for.
  ///
  /// - Parameters:
  ///   - name: Of a bundle's script; without it the bundle's first.
  ///   - folders: Where bundles are that a bundle may use.
  static func find(
    _ path: String, script name: String?, folders: [InstalledBundles]
  ) throws(CommandError) -> RunTarget {
    if let installed = try installed(path) {
      return try script(
        name, of: try installed.0.open(installed.1), at: path, folders: folders)
    }
    guard BundleFinder.isBundle(path) else {
      if name != nil {
        throw .usage(
          "`--script` chooses one of a bundle's scripts, and `\(path.shortened)` is no bundle",
          fix: "leave it out")
      }
      return RunTarget(
        script: try ScriptFinder.read(path), usage: path, bundle: nil,
        moduleFolders: Self.folders(besides: path))
    }
    return try script(name, of: try BundleFinder.open(path), at: path, folders: folders)
  }

  /// The installed bundle that a name stands for; nil for a path, and where no bundle of that id is
  /// installed.
  private static func installed(
    _ name: String
  ) throws(CommandError) -> (InstalledBundles, InstalledBundle)? {
    guard FileKind(at: name) == nil, let bundles = try? InstalledBundles.ofUser(),
      bundles.hasBundle(of: name)
    else { return nil }
    return (bundles, try bundles.find(name))
  }

  /// A script of a bundle with the bundles that it uses. All must be made for this version of the program.
  static func script(
    _ name: String?, of bundle: ReportBundle, at path: String, folders: [InstalledBundles]
  ) throws(CommandError) -> RunTarget {
    let used = try UsedBundles(of: bundle, in: folders).all
    for bundle in [bundle] + used { try BundleFinder.checkVersion(of: bundle) }
    return try script(name, of: bundle, at: path, used: used)
  }

  /// A script of a bundle whose used bundles are at hand.
  static func script(
    _ name: String?, of bundle: ReportBundle, at path: String, used: [ReportBundle]
  ) throws(CommandError) -> RunTarget {
    let names = bundle.manifest.scripts.map(\.name)
    guard let chosen = bundle.script(named: name), let source = bundle.contents(of: chosen.file)
    else {
      let near = NearNames.suggestions(for: name ?? "", among: names)
      throw .usage(
        "the bundle has no script `\((name ?? "").shortened)`",
        fix: near.isEmpty
          ? "it has \(names.quotedList)" : "did you mean \(near.quotedAlternatives)?")
    }
    return RunTarget(
      script: Script(name: chosen.file, source: source),
      usage: path + (names.first == chosen.name ? "" : " --script \(chosen.name)"),
      bundle: bundle, moduleFolders: moduleFolders(besides: chosen.file), used: used)
  }

  /// Beside a script, in `lib` there, and in the scripts' own library here.
  static func folders(besides path: String) -> [String] {
    let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let folder = parent.isEmpty ? "/" : parent
    return [folder, folder + "/lib", "Scripts/lib"]
  }

  /// Beside the script, in `lib` there, and in the bundle's own `lib`.
  private static func moduleFolders(besides file: String) -> [String] {
    guard let slash = file.lastIndex(of: "/") else { return ["", "lib"] }
    let folder = String(file[..<slash])
    return [folder, folder + "/lib", "lib"]
  }

  /// Where a run finds modules: in the bundle and those that it uses, if it is one.
  func addModules(to run: inout ScriptRun) {
    run.moduleFolders = moduleFolders
    guard let bundle else { return }
    run.moduleFolders.insert(Self.usedFolder, at: 0)
    var texts: [String: [UInt8]] = [:]
    for file in bundle.files.all where file.path.hasSuffix(".lua") { texts[file.path] = file.bytes }
    for used in used + [bundle] {
      // A module in `lib` has the name of one beside the scripts, if there is none.
      for file in used.files.all.reversed() where file.path.hasSuffix(".lua") {
        let isInLibrary = file.path.hasPrefix("lib/")
        let path = isInLibrary ? String(file.path.dropFirst(4)) : file.path
        if isInLibrary, used.contents(of: path) != nil { continue }
        texts["\(Self.usedFolder)/\(used.manifest.id)/\(path)"] = file.bytes
      }
    }
    run.moduleTexts = texts
  }

  /// What stands for the modules of all bundles by their ids, in messages too.
  private static let usedFolder = "uses"

  /// Folders of the file system that hold modules.
  var fileFolders: [String] { bundle == nil ? moduleFolders : [] }
}
