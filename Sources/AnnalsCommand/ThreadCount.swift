import Annals
import AnnalsPlatform

/// How many threads work for a command.
enum ThreadCount {
  /// The number that was given, else that of `ANNALS_THREADS`, else one for each core.
  static func find(_ given: Int? = nil) throws(CommandError) -> Int {
    let given = given.map(String.init) ?? Environment.value("ANNALS_THREADS")
    guard let given else { return Processors.count }
    guard let count = Int(given), (1...256).contains(count) else {
      throw .usage("`\(given.shortened)` is no number of threads", fix: "give 1 to 256")
    }
    return count
  }
}
