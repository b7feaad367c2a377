import Annals
import ArgumentParser

/// `annals bundle key`.
struct BundleKeyCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "key",
    abstract: "Make a key to sign bundles with.",
    discussion: """
      The file that is made holds the secret: who has it can sign in your name, so only you may read it. What \
      is printed is for everybody: the line by which others trust the key, and the key's words, by which \
      they can ask you whether it is yours.
      """,
    version: AnnalsCommand.version)

  @Argument(help: "The file to make.")
  var file: String

  @Option(help: "Who signs with it.")
  var name: String

  func perform() throws {
    let key = try Self.caught { () throws(BundlesError) in
      try SigningKey.make(name: name, at: file)
    }
    try StandardOutput.write(
      "key    \(key.publicKey.id)\ntrust  \(TrustedKeys.line(for: key.publicKey, name: name))\n")
  }

  /// What is wrong with keys and their files is the user's to mend.
  static func caught<Result>(
    _ body: () throws(BundlesError) -> Result
  ) throws(CommandError) -> Result {
    do throws(BundlesError) { return try body() } catch .key(_, _, .badName) {
      throw .usage(KeyProblem.badName.description, fix: KeyProblem.badName.fix)
    } catch {
      throw .data(error.description)
    }
  }
}
