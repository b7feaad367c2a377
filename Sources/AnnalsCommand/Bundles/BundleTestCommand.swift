import Annals
import AnnalsPlatform
import ArgumentParser

/// `annals bundle test`.
struct BundleTestCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run a bundle's tests: its scripts must give their golden outputs.",
    discussion: """
      The manifest says which script runs on which data with which parameters, and which files hold what \
      it must give. What differs is shown line by line: `-` was expected, `+` was found.

      Exit status: 0 all outputs are as they must be, or were written by `--update`, 4 one differs or is \
      not there, else that of the first script that failed.
      """,
    version: AnnalsCommand.version)

  @Argument(help: "A bundle's folder, or a packed bundle.")
  var bundle: String

  @Flag(
    help: """
      Write what the scripts give as the golden outputs, if none of them fails; what differs is shown all \
      the same. Only in a folder.
      """)
  var update = false

  @Option(
    help: ArgumentHelp(
      "How many threads work; without it $ANNALS_THREADS, else all cores. Results are the same.",
      valueName: "number"))
  var threads: Int?

  @Option(help: InstalledBundles.folderHelp)
  var bundles: [String] = []

  @OptionGroup
  var permissionOptions: PermissionOptions

  @OptionGroup
  var limitOptions: LimitOptions

  func perform() throws {
    let bundle = try BundleFinder.open(self.bundle)
    if update { try Self.checkChange(of: bundle) }
    let interrupt = ConsoleInterrupt()
    Interrupts.handle { interrupt.raise() }
    let setting = try BundleRunSetting(
      bundle: bundle, permissions: permissionOptions, limits: limitOptions, threads: threads)
    let tests = try BundleTests(
      of: bundle, folders: InstalledBundles.folders(adding: bundles),
      threadCount: setting.limits.threadCount, stop: interrupt.script.flag)
    let goldens = update ? try begin(bundle.manifest.tests.flatMap(\.goldens)) : [:]
    var walls = Walls()
    walls.outputFolders = goldens.values.map(\.folderPath)
    try permissionOptions.raise(walls)
    let outcomes = try tests.run(
      limits: setting.limits, permissions: setting.permissions, interrupt: interrupt.script)
    try StandardOutput.write(outcomes.map(\.text).joined())
    try end(outcomes, goldens)
  }

  /// Refuses to change what is vouched for: whoever unpacks a bundle and works on it says so.
  private static func checkChange(of bundle: ReportBundle) throws(CommandError) {
    if bundle.isPacked {
      throw .usage("`--update` can't change a packed bundle", fix: "unpack it, and name the folder")
    }
    if bundle.listsFiles {
      throw .usage(
        "`--update` can't change files whose hashes the manifest lists",
        fix: "remove `files` from `bundle.json`, if you are going to change the bundle;"
          + " packing lists them anew")
    }
  }

  /// Begins to write all goldens, while files may still be made.
  private func begin(_ paths: [String]) throws(CommandError) -> [String: AtomicFile] {
    var files: [String: AtomicFile] = [:]
    do throws(PlatformError) {
      for path in paths {
        let file = bundle + "/" + path
        if let slash = file.lastIndex(of: "/") { try Folder.make(String(file[..<slash])) }
        files[path] = try AtomicFile(path: file)
      }
    } catch {
      throw .writing(error.description)
    }
    return files
  }

  private func end(
    _ outcomes: [BundleTests.Outcome], _ goldens: [String: AtomicFile]
  ) throws(CommandError) {
    let outputs = try BundleTests.outputs(of: outcomes)
    let changed = outputs.filter { $0.state != .same }
    guard !changed.isEmpty else {
      return try StandardOutput.write("all \(outputs.count) outputs are as they must be\n")
    }
    guard update else {
      throw .findings(
        "\(changed.count) of \(outputs.count) outputs are not as they must be"
          + "\n  fix: mend the script, or take over what it gives with `--update`",
        status: .goldenDiffers)
    }
    do throws(PlatformError) {
      for output in changed { try goldens[output.path]?.write(output.bytes.span) }
      for output in changed { try goldens[output.path]?.finish() }
    } catch {
      throw .writing(error.description)
    }
    try StandardOutput.write("\(changed.count) of \(outputs.count) outputs were written anew\n")
  }
}
