import Annals
import AnnalsPlatform
import ArgumentParser

/// Runs the program with the arguments that the process was started with, and ends the process.
package func runProgram() -> Never {
  // So that Lua runs on this thread: to begin another one takes a twentieth of a short run.
  FirstThread.enlargeStack()
  var arguments = Array(CommandLine.arguments.dropFirst())
  var runsBundle = OwnProgram.isLoaded
  if runsBundle, arguments.first == StandaloneCommand.wholeProgramOption {
    arguments.removeFirst()
    runsBundle = false
  }
  let status =
    runsBundle
    ? status(of: StandaloneCommand.self) { try StandaloneCommand.command(of: arguments) }
    : status(of: AnnalsCommand.self) { try AnnalsCommand.command(of: arguments) }
  endProcess(status: status.rawValue)
}

/// Runs a command and says how it ended.
///
/// - Parameter program: What tells of wrong arguments.
private func status(
  of program: any ParsableCommand.Type, _ command: () throws -> any ParsableCommand
) -> ExitStatus {
  do {
    // `help` and `--help` are commands too, and end by throwing what they show.
    var command = try command()
    try command.run()
    return .done
  } catch let error as CommandError {
    StandardStream.error.write("annals: " + error.description + "\n")
    return error.status
  } catch let end as ConsoleEnd {
    return end.status
  } catch {
    let message = program.fullMessage(for: error)
    let isClean = program.exitCode(for: error) == .success
    let stream: StandardStream = isClean ? .output : .error
    if !message.isEmpty { stream.write(message + "\n") }
    return isClean ? .done : .usage
  }
}

/// The program `annals`.
struct AnnalsCommand: ParsableCommand {
  static let name = "annals"
  static let version = "0.1.0"
  static let configuration = CommandConfiguration(
    commandName: name,
    abstract: "Event data, scripted in Lua.",
    version: version,
    subcommands: [
      RunCommand.self, ConsoleCommand.self, InspectCommand.self, ConvertCommand.self,
      DiffCommand.self, BundleCommand.self, HelpCommand.self,
      CompletionsCommand.self, CompleteWordsCommand.self,
    ])

  /// Reads the arguments of the program.
  ///
  /// The command that is named reads its own: from here that takes half as long again, a good part of
  /// a short run. What is wrong is told from here, by the program's whole name.
  static func command(of arguments: [String]) throws -> any ParsableCommand {
    guard let name = arguments.first, !name.hasPrefix("-") else {
      return try parseAsRoot(arguments)
    }
    let command = configuration.subcommands.first { $0.configuration.commandName == name }
    guard let command else { throw unknown(name) }
    do { return try command.parseAsRoot(Array(arguments.dropFirst())) } catch {
      return try parseAsRoot(arguments)
    }
  }

  private static func unknown(_ name: String) -> CommandError {
    if name.hasSuffix(".lua") {
      return .usage(
        "`\(name.shortened)` is no command", fix: "to run a script: `annals run \(name.shortened)`")
    }
    let known = configuration.subcommands.filter { $0.configuration.shouldDisplay }
      .compactMap { $0.configuration.commandName }
    let near = NearNames.suggestions(for: name, among: known)
    return .usage(
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
