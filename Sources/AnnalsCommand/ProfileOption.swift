import Annals
import ArgumentParser

/// How a command takes a publisher's file.
struct ProfileOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Read a single file as that of a publisher, or as it is with none: "
        + (ProfileChoice.names + ["none"]).joined(separator: ", ")
        + ". Without it the column names decide.",
      valueName: "name"),
    completion: .list(ProfileChoice.names + ["none"]))
  var profile: String?

  /// What was chosen.
  var choice: ProfileChoice { profile.map { ProfileChoice($0) } ?? .automatic }
}
