public import AnnalsEngine
public import AnnalsFormats

/// Why a dataset cannot be opened.
public enum EventsError: Error, Sendable {
  case formats(cause: FormatsError)
  case engine(cause: EngineError)
  /// A dataset of several tables stands where one table is needed.
  case noSingleFile(path: String)
  /// Tables that were to make a dataset do not fit together.
  case wrongTable(TableProblem)
  /// A profile was asked for that nobody knows.
  case unknownProfile(String, near: [String], known: [String])
  /// A file lacks columns that the profile needs which was asked for.
  case wrongProfile(String, path: String, missing: [String])
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
    case .wrongTable(let problem): return problem.description
    case .unknownProfile(let name, let near, let known):
      let fix =
        near.isEmpty
        ? "give \(ShownText.alternatives(known + ["none"]))"
        : "did you mean \(ShownText.alternatives(near))?"
      return "there is no profile \(ShownText.quoted(name))\n  fix: " + fix
    case .wrongProfile(let name, let path, let missing):
      let shown = missing.prefix(5).map(ShownText.quoted).joined(separator: ", ")
      return "the file lacks \(ShownText.counted(missing.count, "column")) that the profile"
        + " `\(name)` needs: \(shown)\n  at:  \(path)"
        + "\n  fix: rename its columns, or open it without a profile"
    case .badData(let dataset, let problems, let more):
      let count = ShownText.counted(problems.count + more, "problem")
      var lines = ["\(count) in the data of \(ShownText.quoted(dataset))"]
      for problem in problems {
        let block = problem.description.split(separator: "\n", omittingEmptySubsequences: false)
        lines += block.map { "  " + $0 }
      }
      if more > 0 { lines.append("  and \(more) more") }
      return lines.joined(separator: "\n")
    }
  }
}
