/// Chooses versions of used bundles that fit together.
///
/// Of each bundle one version is chosen, the newest that all that use it will take; where that leaves nothing
/// for another one, the next older. The choice depends on the candidates alone, not on their order.
package struct BundleResolver {
  /// A bundle that there is.
  package struct Candidate: Hashable, Sendable {
    let id: String
    let version: Version
    let hash: ContentHash
    let uses: [UsedBundle]

    package init(_ bundle: ReportBundle) {
      let manifest = bundle.manifest
      self.init(
        id: manifest.id, version: manifest.version, hash: bundle.hash, uses: manifest.uses)
    }

    package init(id: String, version: Version, hash: ContentHash, uses: [UsedBundle]) {
      self.id = id
      self.version = version
      self.hash = hash
      self.uses = uses
    }
  }

  private struct Need {
    let by: String
    let use: UsedBundle
  }

  private let candidates: [Candidate]
  /// What could not be chosen, the last time that something could not.
  private var failure: (id: String, needs: [Need])?
  private var stepCount = 0

  private static let stepLimit = 100_000

  /// - Parameters:
  ///   - name: What messages call the bundle.
  ///   - candidates: None of an id and a version twice.
  package static func lock(
    of bundle: Candidate, named name: String, among candidates: [Candidate]
  ) throws(BundlesError) -> BundleLock {
    var resolver = BundleResolver(candidates: candidates)
    let needs = bundle.uses.map { Need(by: bundle.id, use: $0) }
    guard let chosen = resolver.choose([:], needs) else {
      throw .uses(bundle: name, problem: resolver.problem)
    }
    guard chosen[bundle.id] == nil else { throw .uses(bundle: name, problem: .itself) }
    return BundleLock(
      chosen.values.map { BundleLock.Entry(id: $0.id, version: $0.version, hash: $0.hash) })
  }

  private init(candidates: [Candidate]) {
    self.candidates = candidates.sorted { $0.version > $1.version }
  }

  private mutating func choose(
    _ chosen: [String: Candidate], _ needs: [Need]
  ) -> [String: Candidate]? {
    stepCount += 1
    guard stepCount < Self.stepLimit else { return nil }
    for need in needs {
      guard let choice = chosen[need.use.id] else { continue }
      if !need.use.range.contains(choice.version) {
        failure = (choice.id, needs.filter { $0.use.id == choice.id })
        return nil
      }
    }
    let open = needs.map(\.use.id).filter { chosen[$0] == nil }
    guard let next = open.min(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) else {
      return chosen
    }
    let ranges = needs.filter { $0.use.id == next }
    for candidate in candidates where candidate.id == next {
      guard ranges.allSatisfy({ $0.use.range.contains(candidate.version) }) else { continue }
      let more = candidate.uses.map { Need(by: "\(candidate.id) \(candidate.version)", use: $0) }
      let extended = chosen.merging([next: candidate]) { $1 }
      if let all = choose(extended, needs + more) { return all }
    }
    if failure == nil || !candidates.contains(where: { $0.id == next }) {
      failure = (next, ranges)
    }
    return nil
  }

  private var problem: UsesProblem {
    guard let failure else { return .tooHard }
    let versions = candidates.filter { $0.id == failure.id }.map(\.version).sorted()
    let needs = failure.needs.map { "\($0.by) takes \($0.use.range)" }
    return .noVersion(id: failure.id, needs: needs, found: versions)
  }
}

/// Why used bundles can't be had.
public enum UsesProblem: Hashable, Sendable {
  case noVersion(id: String, needs: [String], found: [Version])
  case itself
  case tooHard
  case noLock
  case lockLacks(id: String, range: VersionRange)
  case absent(id: String, version: Version)
  case otherContent(id: String, version: Version, locked: ContentHash, found: ContentHash)
}

extension UsesProblem: CustomStringConvertible {
  /// What is wrong, without the bundle.
  public var description: String {
    switch self {
    case .noVersion(let id, let needs, let found):
      "no version of the bundle `\(id)` will do: \(needs.joined(separator: ", ")); there "
        + (found.isEmpty
          ? "is none"
          : (found.count == 1 ? "is " : "are ")
            + found.map { "\($0)" }.joined(separator: ", "))
    case .itself: "the bundle uses itself"
    case .tooHard: "the versions of the used bundles can be combined in too many ways"
    case .noLock: "the bundle uses others, and no lock says which versions"
    case .lockLacks(let id, let range):
      "the lock has no version of `\(id)` that will do (\(range))"
    case .absent(let id, let version): "the bundle uses `\(id)` \(version), which is not here"
    case .otherContent(let id, let version, let locked, let found):
      "`\(id)` \(version) here is not the one that the bundle uses: its hash is \(found.text), and the"
        + " lock says \(locked.text)"
    }
  }

  /// How to mend it.
  public var fix: String {
    switch self {
    case .noVersion: "name a folder with other versions by `--bundles`, or widen the range"
    case .itself, .tooHard: "take a bundle out of `uses`"
    case .noLock, .lockLacks: "write it with `annals bundle lock`"
    case .absent: "install it, or name the folder that it is in by `--bundles`"
    case .otherContent:
      "get that version as it was, or write the lock anew if you trust the other one"
    }
  }
}
