import Foundation
import Testing

/// `annals bundle new`, `pack` and `inspect`.
@Suite struct BundleCommandTests {
  private let folder: TemporaryFolder
  private let annals: AnnalsProcess

  init() throws {
    folder = try TemporaryFolder()
    var annals = AnnalsProcess()
    annals.folder = folder.url
    annals.environment["ANNALS_PATH"] = AnnalsProcess.repository.appending(path: "Datasets").path
    self.annals = annals
  }

  @Test func `a new bundle runs at once, and as well when it is packed`() async throws {
    let made = try await annals.run("bundle", "new", "town-tolls")
    #expect(made.status == 0)
    #expect(made.output == "annals run town-tolls\n")
    let run = try await annals.run("run", "town-tolls")
    #expect(run.error == "")
    #expect(
      run.output == """
        measure       unit    accumulation      toll  claims
        ────────────  ──────  ────────────  ────────  ──────
        detained      person  snapshot         ≥3001       1
        hospitalised  person  increment     400 (≥0)       1
        injured       person  increment        ≥1001       2
        killed        person  snapshot            26       2

        """)
    #expect(try await annals.run("bundle", "pack", "town-tolls").status == 0)
    #expect(try await annals.run("run", "town-tolls-0.1.0.annals") == run)
  }

  @Test func `packing tells the file and the hash, and what it leaves out`() async throws {
    _ = try await annals.run("bundle", "new", "town-tolls")
    try folder.write("secret", to: "town-tolls/.env")
    let first = try await annals.run("bundle", "pack", "town-tolls", "-o", "a.annals")
    #expect(first.error == "note: left out: .env\n")
    #expect(first.output.wholeMatch(of: /a\.annals  [0-9a-f]{64}\n/) != nil)
    var elsewhere = annals
    elsewhere.environment["TZ"] = "Pacific/Apia"
    elsewhere.environment["LC_ALL"] = "tr_TR.UTF-8"
    _ = try await elsewhere.run("bundle", "pack", "town-tolls/", "-o", "b.annals")
    let bytes = try ["a.annals", "b.annals"].map {
      try Data(contentsOf: folder.url.appending(path: $0))
    }
    #expect(bytes[0] == bytes[1])
  }

  @Test func `a bundle is shown in plain words before it runs`() async throws {
    _ = try await annals.run("bundle", "new", "town-tolls")
    let result = try await annals.run("bundle", "inspect", "town-tolls")
    #expect(result.status == 0)
    let hash = try #require(result.output.firstMatch(of: /hash +([0-9a-f]{64})\n/)?.output.1)
    let digits = /[0-9a-f]{64}/
    let shown = result.output.replacing(digits, with: "HASH")
    #expect(
      shown == """
        town-tolls 0.1.0: Tolls by measure

        Adds up what is claimed of the killed, injured and so on.

        by         Your name
        licence    CC-BY-4.0
        for        Annals >=0.1.0
        hash       HASH
        signature  none: who packed it can't be told

        it runs
          main  report.lua  Tolls by measure

        it needs
          figures  event (reference), measure (text), unit (text), value (figure), \
        population (text), quantity (text), disjoint (text), accumulation (text)

        it asks for
          nothing: it computes and returns

        it is tested by
          tolls   on data/town  goldens/tolls.csv
          lowest  on data/town  goldens/lowest.txt

        files
          README.md                   397 bytes   HASH
          data/town/datapackage.json  1322 bytes  HASH
          data/town/events.csv        72 bytes    HASH
          data/town/figures.csv       305 bytes   HASH
          goldens/lowest.txt          248 bytes   HASH
          goldens/tolls.csv           126 bytes   HASH
          report.lua                  375 bytes   HASH
          tolls.lua                   278 bytes   HASH

        """)
    let packed = try await annals.run("bundle", "pack", "town-tolls")
    #expect(packed.output == "town-tolls-0.1.0.annals  \(hash)\n")
    let again = try await annals.run("bundle", "inspect", "town-tolls-0.1.0.annals")
    #expect(again == result)
  }

  @Test func `a folder's name that can be no id is refused`() async throws {
    let result = try await annals.run("bundle", "new", "Town tolls")
    #expect(result.status == 64)
    #expect(
      result.error == """
        annals: `Town tolls` can be no bundle's id
          fix: write 2 to 64 lower-case letters, digits and `-`, beginning with a letter

        """)
    #expect(try folder.names == [])
  }

  @Test func `a folder that is there is not replaced`() async throws {
    _ = try await annals.run("bundle", "new", "town-tolls")
    let result = try await annals.run("bundle", "new", "town-tolls")
    #expect(result.status == 1)
    #expect(result.error.hasPrefix("annals: `town-tolls` is there already"))
  }

  @Test func `a bundle that is broken is refused with the entry and status 2`() async throws {
    _ = try await annals.run("bundle", "new", "town-tolls")
    _ = try await annals.run("bundle", "pack", "town-tolls", "-o", "a.annals")
    let file = folder.url.appending(path: "a.annals")
    let bytes = try Data(contentsOf: file)
    // A letter of the last file is changed, and nothing else.
    let place = try #require(bytes.range(of: Data("return tolls\n".utf8)))
    try bytes.replacing(at: place.lowerBound, with: 0x52).write(to: file)
    for arguments in [["run", "a.annals"], ["bundle", "inspect", "a.annals"]] {
      let result = try await annals.run(arguments)
      #expect(result.status == 2)
      #expect(result.output == "")
      #expect(
        result.error == """
          annals: the bytes of the entry are not those that were packed (CRC-32)
            at:  `a.annals`, `tolls.lua`
            fix: get the file again

          """)
    }
  }

  @Test func `a packed bundle is named as one`() async throws {
    _ = try await annals.run("bundle", "new", "town-tolls")
    let result = try await annals.run("bundle", "pack", "town-tolls", "-o", "a.zip")
    #expect(result.status == 64)
    #expect(
      result.error == "annals: `a.zip` does not end as bundles do\n  fix: end it in .annals\n")
  }
}

extension Data {
  fileprivate func replacing(at index: Int, with byte: UInt8) -> Data {
    var copy = self
    copy[index] = byte
    return copy
  }
}
