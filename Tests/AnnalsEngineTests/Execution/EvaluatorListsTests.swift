import Testing

@testable import AnnalsEngine

@Suite struct EvaluatorListsTests {
  @Test(arguments: [
    ("split('a;b', ';')", ["a", "b"]), ("split('a;;b', ';')", ["a", "", "b"]),
    ("split(';a;', ';')", ["", "a", ""]), ("split('a', ';')", ["a"]), ("split('', ';')", []),
    ("split('a, b', ', ')", ["a", "b"]), ("split('a;b', '')", ["a;b"]),
    ("split('а–б', '–')", ["а", "б"]), ("split('aaa', 'aa')", ["", "a"]),
  ])
  func `split gives what stands between the separators`(
    formula: String, result: [String]
  ) throws {
    #expect(try Formulas.value(formula) == .list(result))
  }

  @Test func `length and contains look at the texts of a list`() throws {
    let lists: [Value] = [.list(["a", "bc"]), .list([]), .null, .list([""])]
    #expect(
      try Formulas.values("length(x)", over: .list, lists)
        == [.integer(2), .integer(0), .null, .integer(1)])
    #expect(
      try Formulas.values("contains(x, 'b')", over: .list, lists)
        == [.boolean(false), .boolean(false), .null, .boolean(false)])
    #expect(
      try Formulas.values("contains(x, 'bc')", over: .list, lists)
        == [.boolean(true), .boolean(false), .null, .boolean(false)])
  }

  @Test func `a list passes through choices`() throws {
    let lists: [Value] = [.list(["a", "b"]), .null, .list([])]
    let bindings = Bindings(["none": .value(.list(["none", ""]))])
    #expect(
      try Formulas.values("coalesce(x, $none)", over: .list, lists, nil, bindings)
        == [.list(["a", "b"]), .list(["none", ""]), .list([])])
    #expect(
      try Formulas.values("if_else(x == nil, $none, nil)", over: .list, lists, nil, bindings)
        == [.null, .list(["none", ""]), .null])
  }

  @Test(arguments: [1, 2, 3, 4], [1, 7, 2048])
  func `lists are the same for any number of threads and any batch`(
    threads: Int, batch: Int
  ) throws {
    let texts = (0..<300).map { row -> Value in
      row % 7 == 0 ? .null : .text((0..<row % 5).map { "t\($0 * row)" }.joined(separator: ";"))
    }
    let expected = (0..<300).map { row -> Value in
      row % 7 == 0 ? .null : .list((0..<row % 5).map { "t\($0 * row)" })
    }
    #expect(
      try Formulas.values(
        "split(x, ';')", over: .text, texts,
        SmallDataset.context(threads: threads, batch: batch, range: 64)) == expected)
  }
}
