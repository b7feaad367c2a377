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
  ///   - threadCount: How many threads read.
  ///   - stop: What ends the reading.
  static func open(
    _ given: String?, threadCount: Int, stop: StopFlag = StopFlag()
  ) throws(CommandError) -> Dataset {
    let name = given ?? Environment.value("ANNALS_DATA") ?? shippedName
    let path = try path(name)
    let progress = LoadingProgress.onTerminal()
    defer { progress?.finish() }
    let options = ReadingOptions(
      threadCount: threadCount, stop: stop, progress: progress.map { $0.report })
    let budget = MemoryBudget(byteLimit: Memory.byteCount / 4 * 3)
    do throws(EventsError) {
      return try Dataset.open(path, budget: budget, options: options)
    } catch {
      throw Self.error(error)
    }
  }

  private static func error(_ error: EventsError) -> CommandError {
    switch error {
    case .formats(.engine(.stopped)), .engine(.stopped): .script(.interrupted)
    case .formats(.engine(.outOfMemory)), .engine(.outOfMemory): .limit(error.description)
    default: .data(error.description)
    }
  }

  private static func path(_ name: String) throws(CommandError) -> String {
    if FileKind(at: name) != nil { return name }
    let places = places
    if !name.contains("/") {
      for place in places where FileKind(at: place + "/" + name) != nil {
        return place + "/" + name
      }
    }
    throw .data(
      "there is no dataset `\(name.shortened)`\n  fix: name a folder or file, or a dataset in"
        + " `Datasets`, in a folder of $ANNALS_PATH, or in `~\(userFolder)`")
  }

  /// Where datasets are looked up by name.
  private static var places: [String] {
    var places = ["Datasets"]
    places += (Environment.value("ANNALS_PATH") ?? "").split(separator: ":").map(String.init)
    if let home = Environment.value("XDG_DATA_HOME") {
      places.append(home + "/annals/Datasets")
    } else if let home = Environment.value("HOME") {
      places.append(home + userFolder)
    }
    return places
  }

  private static let userFolder = "/.local/share/annals/Datasets"
}
