import AnnalsBundles
import Testing

@Suite struct BundleResolverTests {
  typealias Candidate = BundleResolver.Candidate

  /// `a 1.0.0` with what it uses: `b >=1.0.0`.
  private func bundle(_ id: String, _ version: String, _ uses: String...) throws -> Candidate {
    Candidate(
      id: id, version: try #require(Version(version)),
      hash: ContentHash(of: Array("\(id) \(version)".utf8)),
      uses: try uses.map { use in
        let parts = use.split(separator: " ", maxSplits: 1)
        return UsedBundle(
          id: String(parts[0]), range: try #require(VersionRange(String(parts[1]))))
      })
  }

  private func lock(_ bundle: Candidate, _ candidates: [Candidate]) throws -> [String] {
    let orders = [candidates, candidates.reversed()]
    let locks = try orders.map {
      try BundleResolver.lock(of: bundle, named: "b", among: $0).entries
    }
    #expect(locks[0] == locks[1])
    return locks[0].map { "\($0.id) \($0.version)" }
  }

  private func refusal(_ bundle: Candidate, _ candidates: [Candidate]) throws -> String {
    do {
      return "\(try lock(bundle, candidates))"
    } catch let error as BundlesError {
      return error.description
    }
  }

  @Test func `the newest version is taken that the range holds`() throws {
    let candidates = try ["1.9.0", "1.10.0", "2.0.0", "1.2.0"].map { try bundle("x", $0) }
    #expect(try lock(bundle("a", "1.0.0", "x >=1.0.0 <2.0.0"), candidates) == ["x 1.10.0"])
    #expect(try lock(bundle("a", "1.0.0", "x =1.2.0"), candidates) == ["x 1.2.0"])
    #expect(try lock(bundle("a", "1.0.0", "x >=1.0.0"), candidates) == ["x 2.0.0"])
  }

  @Test func `what used bundles use is locked as well, in the order of the ids`() throws {
    let candidates = try [
      bundle("z", "1.0.0", "m >=1.0.0"), bundle("m", "1.0.0", "c >=1.0.0"), bundle("c", "1.0.0"),
      bundle("unused", "1.0.0"),
    ]
    #expect(
      try lock(bundle("a", "1.0.0", "z >=1.0.0"), candidates) == ["c 1.0.0", "m 1.0.0", "z 1.0.0"])
  }

  @Test func `an older version is taken where the newest fits nothing else`() throws {
    let candidates = try [
      bundle("x", "2.0.0", "y >=2.0.0"), bundle("x", "1.0.0", "y >=1.0.0"), bundle("y", "1.5.0"),
      bundle("y", "2.0.0"),
    ]
    let user = try bundle("a", "1.0.0", "x >=1.0.0", "y <2.0.0")
    #expect(try lock(user, candidates) == ["x 1.0.0", "y 1.5.0"])
  }

  @Test func `two bundles may use each other`() throws {
    let candidates = try [bundle("x", "1.0.0", "y >=1.0.0"), bundle("y", "1.0.0", "x >=1.0.0")]
    #expect(try lock(bundle("a", "1.0.0", "x >=1.0.0"), candidates) == ["x 1.0.0", "y 1.0.0"])
  }

  @Test func `what does not fit is told with who takes what and what there is`() throws {
    let candidates = try [
      bundle("x", "1.0.0", "y >=2.0.0"), bundle("y", "1.0.0"), bundle("y", "1.1.0"),
    ]
    #expect(
      try refusal(bundle("a", "1.0.0", "x >=1.0.0", "y >=1.0.0"), candidates) == """
        no version of the bundle `y` will do: a takes >=1.0.0, x 1.0.0 takes >=2.0.0; there are \
        1.0.0, 1.1.0
          at:  `b`
          fix: name a folder with other versions by `--bundles`, or widen the range
        """)
    #expect(
      try refusal(bundle("a", "1.0.0", "gone >=1.0.0"), candidates).hasPrefix(
        "no version of the bundle `gone` will do: a takes >=1.0.0; there is none\n"))
  }

  @Test func `a bundle does not use itself`() throws {
    let candidates = try [bundle("x", "1.0.0", "a >=1.0.0"), bundle("a", "1.0.0")]
    #expect(
      try refusal(bundle("a", "1.0.0", "x >=1.0.0"), candidates)
        .hasPrefix("the bundle uses itself\n"))
  }

  @Test func `many versions that fit nothing end with an error`() throws {
    var candidates: [Candidate] = []
    for id in ["b", "c", "d", "e", "f"] {
      for minor in 0..<20 { candidates.append(try bundle(id, "1.\(minor).0", "zz >=9.0.0")) }
    }
    candidates.append(try bundle("zz", "1.0.0"))
    let user = try bundle(
      "a", "1.0.0", "b >=1.0.0", "c >=1.0.0", "d >=1.0.0", "e >=1.0.0", "f >=1.0.0")
    #expect(try refusal(user, candidates).contains("\n  at:  `b`\n  fix: "))
  }
}
