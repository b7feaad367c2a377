import Annals
import ArgumentParser

/// `annals bundle sign`.
struct BundleSignCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "sign",
    abstract: "Vouch for a packed bundle with a key.",
    discussion: """
      The signature goes into the file, in the place of one that is there. It is of all other bytes of the \
      bundle: whoever trusts the key can check that none has changed.
      """,
    version: AnnalsCommand.version)

  @Argument(help: "A packed bundle.")
  var bundle: String

  @Option(
    help: ArgumentHelp("The key's file, which only you may read.", valueName: "file"))
  var key: String

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("Write the signed bundle to another file.", valueName: "file"))
  var output: String?

  func perform() throws {
    let bundle = try BundleFinder.open(self.bundle)
    guard bundle.isPacked else {
      throw CommandError.usage(
        "a folder can't be signed, since its files may change",
        fix: "pack it with `annals bundle pack`, and sign the file")
    }
    guard !bundle.isInProgram || output != nil else {
      throw CommandError.usage(
        "a program can't be signed, but the bundle that it carries",
        fix: "name a file for the signed bundle with `-o`, and make a program of that")
    }
    let signed = try BundleKeyCommand.caught { () throws(BundlesError) in
      try bundle.signed(with: try SigningKey.read(key))
    }
    try PackedBundle.write(signed, to: output ?? self.bundle)
    try StandardOutput.write(
      "\(VisibleText.line(output ?? self.bundle))  signed by \(signed.signature?.key.id ?? "")\n")
  }
}
