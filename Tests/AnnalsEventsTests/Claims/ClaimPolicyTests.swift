import AnnalsEngine
import Testing

@testable import AnnalsEvents

@Suite struct ClaimPolicyTests {
  func resolved(
    _ claims: [String], _ policy: ClaimPolicy, _ columns: [String] = ["id", "value", "claims"]
  ) throws -> [String] {
    try SmallClaims(claims.map { "event=e1 measure=killed " + $0 }).figures.resolved(by: policy)
      .selecting(columns).claimLines()
  }

  @Test func `the highest claim goes by best, else low, else high`() throws {
    #expect(try resolved(["value=4", "value=9", "value=6"], .highest) == ["f2 9 3"])
    #expect(try resolved(["value=/8/", "value=9//", "value=//7"], .highest) == ["f2 ≥9 3"])
    #expect(try resolved(["value=5/6/20", "value=7//"], .highest) == ["f2 ≥7 2"])
  }

  @Test func `the lowest claim goes by best, else low, else high`() throws {
    #expect(try resolved(["value=4", "value=9", "value=2"], .lowest) == ["f3 2 3"])
    #expect(try resolved(["value=/8/", "value=9//", "value=//7"], .lowest) == ["f3 ≤7 3"])
  }

  @Test func `an unknown number is neither the highest nor the lowest`() throws {
    #expect(try resolved(["", "value=4", ""], .highest) == ["f2 4 3"])
    #expect(try resolved(["", "value=4", ""], .lowest) == ["f2 4 3"])
    #expect(try resolved(["", ""], .highest) == ["f1 - 2"])
  }

  @Test(arguments: [ClaimPolicy.highest, .lowest, .latest])
  func `ties keep the first claim`(policy: ClaimPolicy) throws {
    #expect(
      try resolved(["value=4", "value=4", "value=4"], policy) == ["f1 4 3"])
  }

  @Test func `the latest claim goes by its date, then by the date of its source`() throws {
    #expect(
      try resolved(
        ["value=1 date=2022-01-01", "value=2 date=2022-01-03", "value=3 date=2022-01-02"],
        .latest) == ["f2 2 3"])
    #expect(
      try resolved(
        ["value=1 date=2022-01-01 source=s2", "value=2 date=2022-01-01 source=s1"], .latest)
        == ["f2 2 2"])
    #expect(
      try resolved(
        ["value=1 date=2022-01-01 source=s3", "value=2 date=2022-01-01 source=s2"], .latest)
        == ["f2 2 2"])
    #expect(try resolved(["value=1 source=s1", "value=2 date=1999-01-01"], .latest) == ["f2 2 2"])
    #expect(try resolved(["value=1", "value=2 source=s2"], .latest) == ["f2 2 2"])
  }

  @Test func `the widest claim has the least low and the greatest high`() throws {
    #expect(try resolved(["value=4/5/6", "value=3/5/5"], .widest) == ["- 5 (3–6) 2"])
    #expect(try resolved(["value=4/5/6", "value=3/4/9"], .widest) == ["- 3–9 2"])
  }

  @Test func `a bound that one claim does not know is unknown in the widest`() throws {
    #expect(try resolved(["value=4", "value=3//"], .widest) == ["- ≥3 2"])
    #expect(try resolved(["value=4", "value=//9"], .widest) == ["- ≤9 2"])
    #expect(try resolved(["value=4", ""], .widest) == ["- - 2"])
    #expect(try resolved(["value=4"], .widest) == ["f1 4 1"])
  }

  @Test func `columns that differ are null in the widest, and others stay`() throws {
    let columns = ["event", "measure", "date", "source", "population"]
    #expect(
      try resolved(
        ["value=4 date=2022-01-01 source=s1", "value=5 date=2022-01-01 source=s2"], .widest,
        columns) == ["e1 killed 2022-01-01 - -"])
    #expect(
      try resolved(["value=4 date=2022-01-01", "value=5"], .widest, columns) == [
        "e1 killed - - -"
      ])
  }

  @Test func `by source keeps the latest claim of each asserting actor, else of each source`()
    throws
  {
    let claims = [
      "value=1 asserted_by=a1 source=s1 date=2022-01-01",
      "value=2 asserted_by=a1 source=s2 date=2022-01-02", "value=3 asserted_by=a2 source=s1",
      "value=4 source=s1", "value=5 source=s1 date=2022-01-01", "value=6 source=s2", "value=7",
      "value=8",
    ]
    #expect(
      try resolved(claims, .bySource) == [
        "f2 2 2", "f3 3 1", "f5 5 2", "f6 6 1", "f7 7 2",
      ])
  }

  @Test func `claims by source are added only where they are grouped by it`() throws {
    let query = try SmallClaims([
      "event=e1 measure=killed value=1 asserted_by=a1",
      "event=e1 measure=killed value=2 asserted_by=a2",
      "event=e4 measure=killed value=5 asserted_by=a1",
    ]).figures.resolved(by: .bySource)
    #expect(
      try query.aggregated(["t = sum(value)"]).claimLines()[0]
        == ClaimCheckTests.oneQuantity + ": f1 f2")
    #expect(
      try query.grouped(by: ["asserted_by"]).aggregated(["t = sum(value)"]).claimLines() == [
        "a1 6", "a2 2",
      ])
  }

  @Test func `quantities are told apart by quantity, else event, measure, unit and population`()
    throws
  {
    let query = try SmallClaims([
      "event=e1 measure=killed quantity=q1 value=1", "event=e4 measure=wounded quantity=q1 value=2",
      "event=e1 measure=killed value=3", "event=e1 measure=killed value=4 population=troops",
      "event=e1 measure=killed value=5 unit=families", "event=e1 value=6",
      "measure=killed value=7", "measure=killed value=8", "event=e1 measure=killed value=9",
    ]).figures.resolved(by: .highest).selecting(["id", "claims"])
    #expect(
      query.claimLines() == ["f2 2", "f4 1", "f5 1", "f6 1", "f8 2", "f9 2"])
  }

  @Test func `a table is resolved only once`() throws {
    let query = try SmallClaims(["event=e1 value=1"]).figures.resolved(by: .highest)
    #expect {
      try query.resolved(by: .lowest)
    } throws: { error in
      "\(error)" == """
        `resolve` adds the column `claims`, which is there already
          fix: rename the column, or resolve only once
        """
    }
  }
}
