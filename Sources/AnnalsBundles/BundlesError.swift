public import AnnalsFormats
public import AnnalsPlatform

/// Why a bundle can't be read or written.
public enum BundlesError: Error, Sendable {
  case platform(cause: PlatformError)
  /// The file is no archive of the kind that bundles are; `entry` is the path of the file in it.
  case archive(bundle: String, entry: String?, problem: ArchiveProblem)
  /// A file of the bundle can't be a part of it.
  case file(bundle: String, path: String?, problem: FileProblem)
  /// `bundle.json` is no JSON.
  case json(bundle: String, place: TextPlace, problem: JSONProblem)
  /// `bundle.json` says something that no manifest may.
  case manifest(bundle: String, place: TextPlace, problem: ManifestProblem)
  /// Bundles that it uses can't be had.
  case uses(bundle: String, problem: UsesProblem)
  /// A program's file does not carry what it should.
  case program(file: String, problem: ProgramProblem)
  /// A file of keys is not what it should be.
  case key(file: String, line: Int?, problem: KeyProblem)
}

extension BundlesError: CustomStringConvertible {
  /// What is wrong, where, and how to mend it.
  public var description: String {
    switch self {
    case .platform(let cause): cause.description
    case .archive(let bundle, let entry, let problem):
      message(problem.description, bundle, entry, problem.fix)
    case .file(let bundle, let path, let problem):
      message(problem.description, bundle, path, problem.fix)
    case .json(let bundle, let place, let problem):
      message(problem.description, bundle, "\(Manifest.path):\(place)", problem.fix)
    case .manifest(let bundle, let place, let problem):
      message(problem.description, bundle, "\(Manifest.path):\(place)", problem.fix)
    case .uses(let bundle, let problem): message(problem.description, bundle, nil, problem.fix)
    case .program(let file, let problem):
      message(problem.description, file, nil, problem.fix)
    case .key(let file, let line, let problem):
      problem.description + "\n  at:  \(ShownText.quoted(file))"
        + (line.map { ", line \($0)" } ?? "") + "\n  fix: " + problem.fix
    }
  }

  private func message(_ wrong: String, _ bundle: String, _ part: String?, _ fix: String) -> String
  {
    let part = part.map { ", \(ShownText.quoted($0))" } ?? ""
    return wrong + "\n  at:  \(ShownText.quoted(bundle))" + part + "\n  fix: " + fix
  }
}
