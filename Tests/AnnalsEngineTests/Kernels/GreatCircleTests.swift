import Testing

@testable import AnnalsEngine

@Suite struct GreatCircleTests {
  @Test(
    arguments: [
      // Almaty and Astana, Paris and London, along the equator, over the poles, across the date line.
      ([43.25, 76.95, 51.16, 71.47], 971.4394909150323),
      ([48.8566, 2.3522, 51.5074, -0.1278], 343.55653488088325),
      ([0, 0, 0, 1], 111.1950802335329), ([0, 0, 0, 180], 20015.114442035923),
      ([90, 0, -90, 0], 20015.114442035923), ([10, 179.5, 10, -179.5], 109.50573519924384),
      ([5, 5, 5, 5], 0),
    ] as [([Double], Double)])
  func `distances are those of the haversine formula`(places: [Double], kilometres: Double) {
    let found = GreatCircle.kilometres(
      fromLatitude: places[0], longitude: places[1], toLatitude: places[2], longitude: places[3])
    #expect(abs(found - kilometres) <= kilometres * 1e-12)
  }

  @Test func `a place lies within the degrees of a globe`() {
    #expect(GreatCircle.isPlace(latitude: -90, longitude: 180))
    #expect(!GreatCircle.isPlace(latitude: 90.1, longitude: 0))
    #expect(!GreatCircle.isPlace(latitude: 0, longitude: -180.1))
    #expect(!GreatCircle.isPlace(latitude: .nan, longitude: 0))
  }
}
