import AnnalsEngine
import Testing

@Suite struct FigureTests {
  @Test(arguments: [
    (Figure(low: 1001), "≥1001"), (Figure(best: 400), "~400"), (Figure(high: 50), "≤50"),
    (Figure(26), "26"), (Figure(low: 10, high: 20), "10–20"), (Figure(low: 26, best: 26), "26+"),
    (Figure(low: 10, best: 15, high: 20), "15 (10–20)"), (Figure(low: 10, best: 15), "15 (≥10)"),
    (Figure(best: 15, high: 20), "15 (≤20)"), (Figure(), ""), (Figure(0.5), "0.5"),
    (Figure(low: 5, high: 5), "5–5"), (Figure(low: 5, best: 5, high: 6), "5 (5–6)"),
  ])
  func `a figure is written with what is known of it`(figure: Figure, text: String) {
    #expect(figure.description == text)
  }

  @Test func `figures are ordered by best, else low, else high`() {
    #expect(Figure(low: 1, best: 2, high: 3).orderKey == 2)
    #expect(Figure(low: 1, high: 3).orderKey == 1)
    #expect(Figure(high: 3).orderKey == 3)
    #expect(Figure().orderKey == nil)
  }
}
