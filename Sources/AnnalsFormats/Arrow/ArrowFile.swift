import AnnalsEngine
import AnnalsPlatform

/// A file in Arrow's IPC file format: its schema, and where the parts of its columns stand.
///
/// Source: Apache Arrow columnar format, "IPC File Format", `File.fbs` and `Message.fbs`. Opening one
/// reads its directory and the heads of its batches, and none of its values.
struct ArrowFile {
  /// As the user gave it.
  let path: String
  let memory: SharedMemory
  let schema: ArrowSchema
  /// Rows of all batches.
  let rowCount: Int
  /// The pieces of each column, batch by batch.
  let pieces: [[ArrowPiece]]
  /// The texts of each dictionary: the first part, then those that were added.
  let dictionaries: [Int64: [ArrowPiece]]

  /// - Parameter name: What messages call the file.
  init(
    path: String, name: String, access: FileAccess, reading: FileReading, budget: MemoryBudget
  ) throws(FormatsError) {
    try self.init(try Self.memory(of: path, access, reading, budget), path: name)
  }

  /// As above, for bytes that are at hand.
  init(_ memory: SharedMemory, path: String) throws(FormatsError) {
    do throws(ArrowProblem) {
      try self.init(reading: memory, path: path)
    } catch {
      throw .arrow(file: path, problem: error)
    }
    guard rowCount <= TableReader.rowLimit else {
      throw .tooManyRows(file: path, limit: TableReader.rowLimit)
    }
  }

  private init(reading memory: SharedMemory, path: String) throws(ArrowProblem) {
    self.path = path
    self.memory = memory
    let messages = ArrowMessages(memory)
    let footer = try messages.footer()
    guard let schemaTable = try footer.table(1) else {
      throw .damaged(what: "it has no schema")
    }
    schema = try ArrowSchema(schemaTable)
    dictionaries = try messages.dictionaries(try footer.words(2, stride: 3), schema)
    let storages = schema.fields.map { ArrowStorage($0) }
    var pieces: [[ArrowPiece]] = Array(repeating: [], count: storages.count)
    var rowCount = 0
    let blocks = try footer.words(3, stride: 3)
    for start in stride(from: 0, to: blocks.count, by: 3) {
      let batch = try messages.batch(blocks[start..<start + 3])
      let (sum, overflow) = rowCount.addingReportingOverflow(batch.rowCount)
      guard !overflow else { throw .damaged(what: "its batches claim too many rows") }
      rowCount = sum
      for (index, piece) in try batch.pieces(of: storages).enumerated() {
        pieces[index].append(piece)
      }
    }
    self.pieces = pieces
    self.rowCount = rowCount
  }

  private static func memory(
    of path: String, _ access: FileAccess, _ reading: FileReading, _ budget: MemoryBudget
  ) throws(FormatsError) -> SharedMemory {
    guard reading == .mapped else { return try copy(of: path, access, budget) }
    do throws(PlatformError) {
      let file = try MappedFile(path: path, access: access)
      // SAFETY: the mapping holds so many bytes as long as `file` lives, and nobody writes them.
      return unsafe SharedMemory(start: file.start, byteCount: file.byteCount, owner: file)
    } catch {
      throw .platform(cause: error)
    }
  }

  private static func copy(
    of path: String, _ access: FileAccess, _ budget: MemoryBudget
  ) throws(FormatsError) -> SharedMemory {
    let source = try ByteSource(path: path, access: access)
    let copy = try FormatsError.catching { () throws(EngineError) in
      try Buffer<UInt8>(count: source.byteCount, budget: budget)
    }
    try source.read(into: Lane(copy), at: 0, count: source.byteCount, from: 0)
    return SharedMemory(copy)
  }
}
