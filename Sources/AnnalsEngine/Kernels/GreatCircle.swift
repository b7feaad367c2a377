import Glibc

/// Distances on a sphere.
enum GreatCircle {
  /// The mean radius of the Earth, (2a + b) / 3 of the ellipsoid GRS 80: R1 = 6371008.7714 m in
  /// Moritz, "Geodetic Reference System 1980", Journal of Geodesy 74 (2000), to a tenth of a metre.
  static let meanEarthRadiusInKilometres = 6371.0088

  /// Whether both lie within a globe's degrees; NaN does not.
  static func isPlace(latitude: Double, longitude: Double) -> Bool {
    abs(latitude) <= 90 && abs(longitude) <= 180
  }

  /// The way along the surface in km between two places given in degrees, by the haversine formula,
  /// which keeps its digits for places close together.
  static func kilometres(
    fromLatitude: Double, longitude fromLongitude: Double, toLatitude: Double,
    longitude toLongitude: Double
  ) -> Double {
    let perDegree = Double.pi / 180
    let latitudes = sin((toLatitude - fromLatitude) * perDegree / 2)
    let longitudes = sin((toLongitude - fromLongitude) * perDegree / 2)
    let haversine =
      latitudes * latitudes
      + cos(fromLatitude * perDegree) * cos(toLatitude * perDegree) * longitudes * longitudes
    // Rounding may lift it a little above 1 for places opposite each other.
    return 2 * meanEarthRadiusInKilometres * asin(min(haversine, 1).squareRoot())
  }
}
