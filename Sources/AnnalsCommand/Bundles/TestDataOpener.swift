import Annals
import AnnalsPlatform

/// Opens the datasets of a bundle's tests.
struct TestDataOpener {
  let bundle: ReportBundle
  let threadCount: Int
  let stop: StopFlag

  func open(_ data: TestData) throws(CommandError) -> Dataset {
    switch data {
    case .file(let path): try open(within: path)
    case .named(let name, let hash): try open(named: name, hash)
    }
  }

  /// Opens a dataset that lies in the bundle, from copies of its files: an open dataset does not look
  /// its files up by their paths again.
  private func open(within path: String) throws(CommandError) -> Dataset {
    let scratch: ScratchFolder
    do throws(PlatformError) {
      scratch = try ScratchFolder()
      for file in bundle.files.within(path) { try scratch.write(file.bytes, to: file.path) }
    } catch {
      throw .writing(error.description)
    }
    do throws(CommandError) {
      return try open(scratch.path + "/" + path)
    } catch .data(let message) {
      throw .data(message.replacing(scratch.path + "/", with: ""))
    }
  }

  private func open(named name: String, _ hash: ContentHash) throws(CommandError) -> Dataset {
    let path = try DatasetFinder.path(of: name)
    let found: ContentHash
    do throws(BundlesError) { found = try ContentHash(ofDataset: path) } catch {
      throw .data(error.description)
    }
    guard found == hash else {
      throw .data(
        "the dataset `\(name)` is not the one that the bundle is tested with: its SHA-256 is"
          + " \(found.text), and the manifest says \(hash.text)\n  at:  \(path)"
          + "\n  fix: get the dataset as it was, or correct the manifest")
    }
    return try open(path)
  }

  private func open(_ path: String) throws(CommandError) -> Dataset {
    try DatasetFinder.open(path, threadCount: threadCount, stop: stop, tellsProblems: false)
  }
}
