import Annals
import AnnalsPlatform
import ArgumentParser

/// `annals help`.
struct HelpCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "help", _superCommandName: AnnalsCommand.name,
    abstract: "Explain a verb or function of scripts, or list them all.",
    discussion: """
      The pages also stand in Documentation/reference. The name of a command shows the help of that \
      command.
      """,
    version: AnnalsCommand.version)

  @Argument(help: "A verb, value or function, such as where, annals.table or sum; or a command.")
  var name: String?

  func perform() throws {
    guard let name else {
      let end = "`annals help NAME` explains one of them. `annals --help` lists the commands.\n"
      try StandardOutput.write(Reference().text + end)
      return
    }
    let commands = AnnalsCommand.configuration.subcommands
    if let command = commands.first(where: { $0.configuration.commandName == name }) {
      throw CleanExit.helpRequest(command)
    }
    let reference = Reference()
    let pages = reference.pages(named: name)
    guard !pages.isEmpty else {
      let near = reference.nearNames(to: name)
      throw CommandError.usage(
        "there is no verb or function `\(name.shortened)`",
        fix: near.isEmpty
          ? "`annals help` lists them all" : "did you mean \(near.quotedAlternatives)?")
    }
    try StandardOutput.write(pages.map(\.text).joined(separator: "\n\n"))
  }
}
