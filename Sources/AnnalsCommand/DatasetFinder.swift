import Annals
import AnnalsPlatform

/// Finds the dataset that a command is about.
struct DatasetFinder {
  /// What is opened where nothing is named.
  static let shippedName = "kazakhstan-2022"

  /// Opens the dataset of a path or name; without one that of `ANNALS_DATA`, else the shipped one.
  ///
  /// It may take three quarters of the memory, so that a message comes before the system ends the
  /// program. A terminal is told how far large files are read.
  ///
  /// - Parameters:
  ///   - hints: What is known of a single delimited file.
  ///   - profile: How a publisher's file is taken.
  ///   - threadCount: How many threads read.
  ///   - stop: What ends the reading.
  ///   - tellsProblems: Whether problems of a file that was read all the same are told on standard
  ///     error.
  static func open(
    _ given: String?, hints: FileHints = FileHints(), profile: ProfileChoice = .automatic,
    threadCount: Int, stop: StopFlag = StopFlag(), tellsProblems: Bool = true
  ) throws(CommandError) -> Dataset {
    let path = try path(of: given ?? Environment.value("ANNALS_DATA") ?? shippedName)
    let dataset = try reading(threadCount, stop) { options throws(EventsError) in
      try Dataset.open(path, budget: budget, hints: hints, options: options, profile: profile)
    }
    if tellsProblems { tell(dataset.problemCount, in: path) }
    return dataset
  }

  /// As ``open(_:hints:profile:threadCount:stop:tellsProblems:)``, for the tables as they stand in their
  /// files.
  static func openFiles(
    _ name: String, hints: FileHints, profile: ProfileChoice, threadCount: Int,
    stop: StopFlag = StopFlag()
  ) throws(CommandError) -> DatasetFiles {
    let path = try path(of: name)
    let files = try reading(threadCount, stop) { options throws(EventsError) in
      try DatasetFiles(path, budget: budget, hints: hints, options: options, profile: profile)
    }
    tell(files.problemCount, in: path)
    return files
  }

  private static func tell(_ problemCount: Int, in path: String) {
    guard problemCount > 0 else { return }
    let shown = path.shortened
    StandardStream.error.write(
      "annals: \(problemCount) problem\(problemCount == 1 ? "" : "s") in `\(shown)`;"
        + " `annals inspect \(shown)` tells which\n")
  }

  private static func reading<Result>(
    _ threadCount: Int, _ stop: StopFlag,
    _ body: (ReadingOptions) throws(EventsError) -> Result
  ) throws(CommandError) -> Result {
    let progress = LoadingProgress.onTerminal()
    defer { progress?.finish() }
    let options = ReadingOptions(
      threadCount: threadCount, stop: stop, progress: progress.map { $0.report })
    do throws(EventsError) {
      return try body(options)
    } catch {
      throw Self.error(error)
    }
  }

  static func error(_ error: EventsError) -> CommandError {
    switch error {
    case .formats(.engine(.stopped)), .engine(.stopped): .script(.interrupted)
    case .formats(.engine(.outOfMemory)), .engine(.outOfMemory): .limit(error.description)
    case .unknownProfile: .usage(error.description, fix: nil)
    default: .data(error.description)
    }
  }

  private static let budget = MemoryBudget(byteLimit: Memory.byteCount / 4 * 3)

  /// Where the dataset of a path or name is.
  static func path(of name: String) throws(CommandError) -> String {
    if FileKind(at: name) != nil { return name }
    let places = places
    if !name.contains("/") {
      for place in places where FileKind(at: place + "/" + name) != nil {
        return place + "/" + name
      }
    }
    let near = nearPaths(to: name)
    throw .data(
      "there is no dataset `\(name.shortened)`\n  fix: "
        + (near.isEmpty
          ? "name a folder or file, or a dataset in `Datasets`, in a folder of $ANNALS_PATH, or in"
            + " `~/.local/share/annals/Datasets`"
          : "did you mean \(near.quotedAlternatives)?"))
  }

  /// Names that are near: of a path in its folder, else of the datasets that have names.
  private static func nearPaths(to name: String) -> [String] {
    let name = name.hasSuffix("/") ? String(name.dropLast()) : name
    guard let slash = name.lastIndex(of: "/") else {
      return NearNames.suggestions(for: name, among: names)
    }
    let folder = String(name[...slash])
    let names = (try? Folder.names(in: folder)) ?? []
    return NearNames.suggestions(for: String(name.dropFirst(folder.count)), among: names)
      .map { folder + $0 }
  }

  /// The names of the datasets that are found by name.
  static var names: [String] {
    Set(places.flatMap { (try? Folder.names(in: $0)) ?? [] }).filter { !$0.hasPrefix(".") }.sorted()
  }

  /// Where datasets are looked up by name: here, in folders of the user's, and where the program stands.
  static var places: [String] {
    var places = ["Datasets"]
    places += (Environment.value("ANNALS_PATH") ?? "").split(separator: ":").map(String.init)
    if let folder = try? UserFolders.datasets() { places.append(folder) }
    return places + shippedPlaces
  }

  /// Folders that came with the program: `share/annals` beside the `bin` that it is in, or those of
  /// the repository that it was built in.
  private static var shippedPlaces: [String] {
    var places: [String] = []
    var folder = Folder.ofProgram
    for _ in 0..<programDepth {
      guard let here = folder else { break }
      places += [here + "/share/annals/Datasets", here + "/Datasets"].filter {
        FileKind(at: $0 + "/" + shippedName) != nil
      }
      folder = here.lastIndex(of: "/").map { String(here[..<$0]) }
    }
    return places
  }

  /// From the program's folder up so many are looked at: `.build/PLATFORM/release` and the repository.
  private static let programDepth = 4
}
