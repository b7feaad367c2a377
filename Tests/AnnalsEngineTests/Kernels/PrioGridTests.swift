import Testing

@testable import AnnalsEngine

@Suite struct PrioGridTests {
  @Test(
    arguments: [
      (-90, -180, 1), (-89.75, -179.75, 1), (-90, -179.5, 2), (-89.5, -180, 721),
      (-89.51, 179.99, 720), (43.25, 76.95, 192_034), (0, 0, 129_961), (-0.1, -0.1, 129_240),
      (90, 180, 259_200), (89.9, 180, 259_200), (90, -180, 258_481), (-90, 180, 720),
    ] as [(Double, Double, Int64)])
  func `cells count from the south-west and the edges belong to the last`(
    latitude: Double, longitude: Double, cell: Int64
  ) {
    #expect(PrioGrid.cell(latitude: latitude, longitude: longitude) == cell)
  }
}
