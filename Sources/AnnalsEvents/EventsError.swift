public import AnnalsEngine
public import AnnalsFormats

/// Why a dataset cannot be opened.
public enum EventsError: Error, Sendable {
  case formats(cause: FormatsError)
  case engine(cause: EngineError)
  /// A dataset of several tables stands where one table is needed.
  case noSingleFile(path: String)
  /// Something was said beforehand of a file that says it itself.
  case needlessHints(path: String)
  /// Tables that were to make a dataset do not fit together.
  case wrongTable(TableProblem)
  /// A profile was asked for that nobody knows.
  case unknownProfile(String, near: [String], known: [String])
  /// A profile was asked for a dataset that is no single delimited file.
  case needlessProfile(String, path: String)
  /// A file lacks columns that the profile needs which was asked for.
  case wrongProfile(String, path: String, missing: [String])
  /// Releases of a dataset were to be compared whose events have no ids.
  case noKey(dataset: String)
  /// A list of deleted events has no column with their ids.
  case noDeletions(path: String)
  /// Rows or values of its files are wrong: the first problems by file and line, and how many `more`.
  case badData(dataset: String, problems: [DataProblem], more: Int)
}

extension EventsError: CustomStringConvertible {
  /// What is wrong, where, and how to mend it; all problems of a dataset are listed.
  public var description: String {
    switch self {
    case .formats(let cause): return cause.description
    case .engine(let cause): return FormatsError.engine(cause: cause).description
    case .noSingleFile(let path):
      return "`\(path)` is a dataset of several tables\n  fix: open it with `annals.open`"
    case .needlessHints(let path):
      return "`\(path)` says itself how it is read"
        + "\n  fix: leave out the options for single CSV and TSV files"
    case .wrongTable(let problem): return problem.description
    case .unknownProfile(let name, let near, let known):
      let fix =
        near.isEmpty
        ? "give \(ShownText.alternatives(known + ["none"]))"
        : "did you mean \(ShownText.alternatives(near))?"
      return "there is no profile \(ShownText.quoted(name))\n  fix: " + fix
    case .needlessProfile(let name, let path):
      return "`\(path)` says itself what it holds, so the profile `\(name)` has no use"
        + "\n  fix: leave the profile out, or name a single CSV or TSV file"
    case .wrongProfile(let name, let path, let missing):
      let shown = missing.prefix(5).map(ShownText.quoted).joined(separator: ", ")
      return "the file lacks \(ShownText.counted(missing.count, "column")) that the profile"
        + " `\(name)` needs: \(shown)\n  at:  \(path)"
        + "\n  fix: rename its columns, or open it without a profile"
    case .noKey(let dataset):
      return "the events of `\(dataset)` have no ids by which they could be compared"
        + "\n  fix: name the column that tells them apart `id`, with values of text or whole numbers"
    case .noDeletions(let path):
      return "`\(path)` has no column of ids\n  fix: call that column `event_id_cnty` or `id`"
    case .badData(let dataset, let problems, let more):
      let count = ShownText.counted(problems.count + more, "problem")
      let lines = ["\(count) in the data of \(ShownText.quoted(dataset))"]
      return (lines + Self.lines(problems, more: more)).joined(separator: "\n")
    }
  }

  /// Problems of a dataset, set in.
  static func lines(_ problems: [DataProblem], more: Int) -> [String] {
    let lines = problems.flatMap { problem in
      problem.description.split(separator: "\n", omittingEmptySubsequences: false)
        .map { "  " + $0 }
    }
    return more > 0 ? lines + ["  and \(more) more"] : lines
  }
}
