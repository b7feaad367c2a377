/// The cells of PRIO-GRID, half a degree wide.
enum PrioGrid {
  /// The number of the cell (`gid`) in which a place lies, by the PRIO-GRID codebook, version 2.0
  /// (Tollefsen and others): cells count from 1 at the south-west corner, 720 to a row. The north and the east
  /// edge of the globe, which would begin a row or column of their own, count to the last.
  static func cell(latitude: Double, longitude: Double) -> Int64 {
    let row = min(((latitude + 90) * 2).rounded(.down), 359)
    let column = min(((longitude + 180) * 2).rounded(.down), 719)
    return Int64(row) * 720 + Int64(column) + 1
  }
}
