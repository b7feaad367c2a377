import Annals
import AnnalsPlatform
import ArgumentParser

/// Runs the program with the arguments that the process was started with, and ends the process.
package func runProgram() -> Never {
  endProcess(status: status(of: Array(CommandLine.arguments.dropFirst())).rawValue)
}

/// Runs a command and says how it ended.
private func status(of arguments: [String]) -> ExitStatus {
  do {
    // `help` and `--help` are commands too, and end by throwing what they show.
    try AnnalsCommand.checkName(arguments.first)
    var command = try AnnalsCommand.parseAsRoot(arguments)
    try command.run()
    return .done
  } catch let error as CommandError {
    StandardStream.error.write("annals: " + error.description + "\n")
    return error.status
  } catch let end as ConsoleEnd {
    return end.status
  } catch {
    let message = AnnalsCommand.fullMessage(for: error)
    let isClean = AnnalsCommand.exitCode(for: error) == .success
    let stream: StandardStream = isClean ? .output : .error
    if !message.isEmpty { stream.write(message + "\n") }
    return isClean ? .done : .usage
  }
}

/// The program `annals`.
struct AnnalsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "annals",
    abstract: "Event data, scripted in Lua.",
    version: "0.1.0",
    subcommands: [
      RunCommand.self, ConsoleCommand.self, InspectCommand.self, ConvertCommand.self,
      HelpCommand.self,
    ])

  /// Refuses a first argument that is neither an option nor a command.
  static func checkName(_ name: String?) throws(CommandError) {
    guard let name, !name.hasPrefix("-") else { return }
    let known = configuration.subcommands.compactMap { $0.configuration.commandName }
    guard !known.contains(name) else { return }
    if name.hasSuffix(".lua") {
      throw .usage(
        "`\(name.shortened)` is no command", fix: "to run a script: `annals run \(name.shortened)`")
    }
    let near = NearNames.suggestions(for: name, among: known)
    throw .usage(
      "there is no command `\(name.shortened)`",
      fix: near.isEmpty
        ? "`annals --help` lists the commands" : "did you mean \(near.quotedAlternatives)?")
  }
}

/// A command that does something.
protocol Command: ParsableCommand {
  func perform() throws
}

extension Command {
  mutating func run() throws { try perform() }
}
