import AnnalsEngine
import AnnalsFormats

/// Arrow files in memory, for tests.
enum SmallArrow {
  static func written(_ table: Table) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try TableWriter(table, format: .arrow).write { piece in
      for index in piece.indices { bytes.append(piece[index]) }
    }
    return bytes
  }

  static func read(_ bytes: [UInt8]) throws -> ArrowTable {
    let budget = SmallTable.budget
    return try ArrowTable.read(
      SharedMemory(try Buffer(bytes, budget: budget)), name: "t.arrow", budget: budget)
  }
}
