import Annals
import AnnalsPlatform

/// Finds the dataset that a command is about.
struct DatasetFinder {
  /// What is opened where nothing is named.
  static let shippedName = "kazakhstan-2022"

  /// Opens the dataset of a path or name; without one that of `ANNALS_DATA`, else the shipped one.
  static func open(_ given: String?) throws(CommandError) -> Dataset {
    let name = given ?? Environment.value("ANNALS_DATA") ?? shippedName
    let path = try path(name)
    do throws(EventsError) {
      return try Dataset.open(path)
    } catch {
      throw .data(error.description)
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
    let near = nearPaths(to: name)
    throw .data(
      "there is no dataset `\(name.shortened)`\n  fix: "
        + (near.isEmpty
          ? "name a folder or file, or a dataset in `Datasets`, in a folder of $ANNALS_PATH, or in"
            + " `~\(userFolder)`"
          : "did you mean \(near.quotedAlternatives)?"))
  }

  /// Names that are near: of a path in its folder, else of the datasets that have names.
  private static func nearPaths(to name: String) -> [String] {
    let name = name.hasSuffix("/") ? String(name.dropLast()) : name
    guard let slash = name.lastIndex(of: "/") else {
      let names = places.flatMap { (try? Folder.names(in: $0)) ?? [] }
      return NearNames.suggestions(for: name, among: names)
    }
    let folder = String(name[...slash])
    let names = (try? Folder.names(in: folder)) ?? []
    return NearNames.suggestions(for: String(name.dropFirst(folder.count)), among: names)
      .map { folder + $0 }
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
