import Annals
import AnnalsPlatform

/// What `annals run` runs: a script by itself, or one of a bundle.
struct RunTarget {
  let script: Script
  /// What its help calls it.
  let usage: String
  let bundle: ReportBundle?
  let moduleFolders: [String]

  /// Finds what a path stands for.
  ///
  /// - Parameter name: Of a bundle's script; without it the bundle's first.
  static func find(_ path: String, script name: String?) throws(CommandError) -> RunTarget {
    if let installed = try installed(path) {
      return try script(name, of: try installed.0.open(installed.1), at: path)
    }
    guard BundleFinder.isBundle(path) else {
      if name != nil {
        throw .usage(
          "`--script` chooses one of a bundle's scripts, and `\(path.shortened)` is no bundle",
          fix: "leave it out")
      }
      return RunTarget(
        script: try ScriptFinder.read(path), usage: path, bundle: nil,
        moduleFolders: RunCommand.moduleFolders(besides: path))
    }
    return try script(name, of: try BundleFinder.open(path), at: path)
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

  /// A script of a bundle, which must be made for this version of the program.
  static func script(
    _ name: String?, of bundle: ReportBundle, at path: String
  ) throws(CommandError) -> RunTarget {
    try BundleFinder.checkVersion(of: bundle)
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
      bundle: bundle, moduleFolders: moduleFolders(besides: chosen.file))
  }

  /// Beside the script, in `lib` there, and in the bundle's own `lib`.
  private static func moduleFolders(besides file: String) -> [String] {
    guard let slash = file.lastIndex(of: "/") else { return ["", "lib"] }
    let folder = String(file[..<slash])
    return [folder, folder + "/lib", "lib"]
  }

  /// Where a run finds modules: in the bundle alone, if it is one.
  func addModules(to run: inout ScriptRun) {
    run.moduleFolders = moduleFolders
    guard let bundle else { return }
    var texts: [String: [UInt8]] = [:]
    for file in bundle.files.all where file.path.hasSuffix(".lua") { texts[file.path] = file.bytes }
    run.moduleTexts = texts
  }

  /// Folders of the file system that hold modules.
  var fileFolders: [String] { bundle == nil ? moduleFolders : [] }
}
