import Annals
import AnnalsPlatform
import ArgumentParser

/// `annals bundle new`.
struct BundleNewCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Begin a bundle: a folder with a manifest, a report, a module, a test and a README.",
    version: AnnalsCommand.version)

  @Argument(help: "The folder to make; its name is the bundle's id.")
  var folder: String

  func perform() throws {
    let id = folder.split(separator: "/").last.map(String.init) ?? ""
    guard Manifest.isID(id) else {
      throw CommandError.usage(
        "`\(id.shortened)` can be no bundle's id",
        fix: "write 2 to 64 lower-case letters, digits and `-`, beginning with a letter")
    }
    do throws(PlatformError) {
      let target = try AtomicFolder(path: folder)
      for file in BundleTemplate(id: id).files {
        let output = try target.file(file.path)
        try output.write(file.bytes.span)
        try output.finish()
      }
      try target.finish()
    } catch {
      throw CommandError.writing(error.description)
    }
    try StandardOutput.write("annals run \(VisibleText.line(folder))\n")
  }
}
