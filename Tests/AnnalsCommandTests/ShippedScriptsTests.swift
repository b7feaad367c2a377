import Foundation
import Testing

/// The scripts of `Scripts/` over the shipped dataset, against `Scripts/goldens/`.
@Suite struct ShippedScriptsTests {
  /// A run of a script, and the file that holds what it gives.
  struct Shipped: Sendable, CustomTestStringConvertible {
    let golden: String
    let arguments: [String]

    var testDescription: String { golden }
  }

  static let runs = [
    Shipped(golden: "casualties-by-day.txt", arguments: ["Scripts/casualties-by-day.lua"]),
    Shipped(
      golden: "casualties-by-day.widest.txt",
      arguments: ["Scripts/casualties-by-day.lua", "--claims", "widest"]),
    Shipped(
      golden: "casualties-by-day.killed.csv",
      arguments: [
        "Scripts/casualties-by-day.lua", "--measure", "killed", "--claims=lowest",
        "--format", "csv",
      ]),
    Shipped(
      golden: "casualties-by-day.help.txt",
      arguments: ["Scripts/casualties-by-day.lua", "--help"]),
    Shipped(golden: "actors-by-role.txt", arguments: ["Scripts/actors-by-role.lua"]),
    Shipped(
      golden: "actors-by-role.agents.json",
      arguments: [
        "Scripts/actors-by-role.lua", "--role", "agent", "--least", "2", "--format", "json",
      ]),
    Shipped(
      golden: "actors-by-role.help.txt", arguments: ["Scripts/actors-by-role.lua", "--help"]),
    Shipped(golden: "timeline.txt", arguments: ["Scripts/timeline.lua"]),
    Shipped(golden: "claims-by-source.txt", arguments: ["Scripts/claims-by-source.lua"]),
    Shipped(golden: "tolls-by-actor.txt", arguments: ["Scripts/tolls-by-actor.lua"]),
    Shipped(golden: "largest-claims.txt", arguments: ["Scripts/largest-claims.lua"]),
    Shipped(golden: "demands.txt", arguments: ["Scripts/demands.lua"]),
    Shipped(golden: "legal-consequences.txt", arguments: ["Scripts/legal-consequences.lua"]),
    Shipped(golden: "foreign-troops.txt", arguments: ["Scripts/foreign-troops.lua"]),
    Shipped(golden: "active-actors.txt", arguments: ["Scripts/active-actors.lua"]),
    Shipped(
      golden: "events-by-type-and-day.txt", arguments: ["Scripts/events-by-type-and-day.lua"]),
    Shipped(golden: "actor-pairs.txt", arguments: ["Scripts/actor-pairs.lua"]),
    Shipped(golden: "undated.txt", arguments: ["Scripts/undated.lua"]),
  ]

  @Test(arguments: runs)
  func `a shipped script gives its golden output, with one thread and with two`(
    _ shipped: Shipped
  ) async throws {
    let annals = AnnalsProcess()
    let result = try await annals.run(["run"] + shipped.arguments + ["--threads", "1"])
    #expect(result.status == 0)
    #expect(try await annals.run(["run"] + shipped.arguments + ["--threads", "2"]) == result)
    let golden = AnnalsProcess.repository.appending(path: "Scripts/goldens/" + shipped.golden)
    if ProcessInfo.processInfo.environment["ANNALS_UPDATE_GOLDEN"] == "1" {
      try result.output.write(to: golden, atomically: true, encoding: .utf8)
      Issue.record("\(shipped.golden) was written anew: read it against the data")
    } else {
      #expect(result.output == (try String(contentsOf: golden, encoding: .utf8)))
    }
  }

  /// What each script says of a file of events of no known publisher, with an id and a number.
  static let lacks = [
    "active-actors": "The dataset does not say who took part in its events.",
    "actor-pairs": "The dataset does not say who took part in its events.",
    "actors-by-role": "The dataset does not say who took part in its events.",
    "casualties-by-day": "The dataset has no figures, so there are no casualties to add up.",
    "claims-by-source": "The dataset has no figures, so nobody claims any.",
    "demands": "The dataset has no table `demands`, so it does not say who called for what.",
    "events-by-type-and-day": "The dataset's events lack `date`, `type`.",
    "foreign-troops": "The dataset does not say who took part in its events.",
    "largest-claims": "The dataset has no figures, so there are no claims to compare.",
    "legal-consequences":
      "The dataset has no table `legal_consequences`, so it does not say what anybody faces.",
    "timeline":
      "The dataset's events lack `date`, `date_end`, `date_precision`, `date_basis`, `type`, `title`, "
      + "`place`.",
    "tolls-by-actor": "The dataset has no figures, so nobody asserts any.",
    "undated": "The dataset's events lack `date`, `title`, `type`, `status`, `locator`.",
  ]

  @Test(arguments: lacks.keys.sorted())
  func `a shipped script says what a dataset lacks`(name: String) async throws {
    let result = try await AnnalsProcess().run(
      "run", "Scripts/\(name).lua", "--data",
      "Tests/AnnalsEventsTests/Fixtures/profiles/plain.csv")
    #expect(result.status == 0)
    #expect(result.output == (Self.lacks[name] ?? "") + "\n")
  }

  @Test func `a parameter whose choices the dataset lacks takes any value`() async throws {
    let result = try await AnnalsProcess().run(
      "run", "Scripts/timeline.lua", "--type", "anything", "--data",
      "Tests/AnnalsEventsTests/Fixtures/profiles/plain.csv")
    #expect(result.output == (Self.lacks["timeline"] ?? "") + "\n")
  }

  @Test func `every shipped script has a title and a golden output`() async throws {
    let folder = AnnalsProcess.repository.appending(path: "Scripts")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    for name in names where name.hasSuffix(".lua") {
      let script = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      #expect(script.hasPrefix("-- "), "\(name) needs a title")
      let golden = name.dropLast(4) + ".txt"
      #expect(Self.runs.contains { $0.golden == golden }, "\(name) needs a golden output")
      #expect(Self.lacks[String(name.dropLast(4))] != nil, "\(name) says what it needs")
    }
  }

  @Test func `an unknown toll is refused with near names from the data`() async throws {
    let result = try await AnnalsProcess().run(
      "run", "Scripts/casualties-by-day.lua", "--measure", "kiled")
    #expect(result.status == 64)
    #expect(
      result.error == """
        annals: `--measure` can't be `kiled`
          fix: did you mean `killed`?

        """)
  }

  @Test func `a dataset without figures has no casualties, and is told so`() async throws {
    let result = try await AnnalsProcess().run(
      "run", "Scripts/casualties-by-day.lua", "--data",
      "Tests/AnnalsCommandTests/Fixtures/town/events.csv")
    #expect(
      result.output == "The dataset has no figures, so there are no casualties to add up.\n")
  }
}
