import AnnalsTwin
import Testing

/// Random plans over random tables, against an interpreter that goes row by row. CI runs many more
/// of them by the program `AnnalsTwinCheck`.
@Suite struct ExecutorTwinTests {
  @Test(arguments: 0..<20)
  func `a plan gives what its steps say, for any batch, range, number of threads and rewriting`(
    block: Int
  ) throws {
    for seed in UInt64(block) * 20..<UInt64(block) * 20 + 20 {
      let twinCase = try TwinCase(seed: seed)
      do throws(TwinCheck.Difference) {
        _ = try twinCase.check()
      } catch {
        Issue.record("\(twinCase.text(error))")
      }
    }
  }

  @Test func `a case is made as small as still shows what is wrong`() throws {
    func fault(_ twinCase: TwinCase) -> String? {
      let hasSort = twinCase.plan.steps.contains { $0.verb == "sort" }
      return hasSort && (twinCase.dataset.tables["main"]?.rows.count ?? 0) > 1 ? "wrong" : nil
    }
    var found: TwinCase?
    for seed in 0..<400 where found == nil {
      let twinCase = try TwinCase(seed: UInt64(seed))
      if fault(twinCase) != nil, twinCase.plan.steps.count > 3 { found = twinCase }
    }
    let (smallest, text) = try #require(found).shrunk("wrong", fault)
    #expect(text == "wrong")
    #expect(smallest.plan.steps.map(\.verb) == ["sort"])
    #expect(TwinDataset.names.map { smallest.dataset.tables[$0]?.rows.count } == [2, 0, 0])
  }
}
