import AnnalsFormats
import Testing

@Suite struct ProblemListTests {
  @Test func `problems past the limit are counted, and the first by place are kept`() throws {
    var list = ProblemList(limit: 2)
    for (file, line) in [(1, 5), (0, 9), (1, 1), (0, 3), (2, 1), (0, 4)] {
      list.add(
        DataProblem(file: "\(file)", line: line, columns: [], value: nil, reason: .blankLine),
        file: file)
    }
    #expect(list.problems.map { "\($0.file):\($0.line)" } == ["0:3", "0:4"])
    #expect(list.more == 4)
  }
}
