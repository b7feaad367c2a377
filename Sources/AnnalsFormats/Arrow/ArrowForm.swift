import AnnalsEngine

/// A table in Arrow's IPC file format: one record batch of any size, uncompressed.
///
/// Source: Apache Arrow columnar format, version V5 of the metadata. Every buffer begins at a multiple
/// of 64 bytes from the beginning of the file, so that it can be used where it stands. The numbers of
/// types and fields are those of `Schema.fbs`, `Message.fbs` and `File.fbs`.
struct ArrowForm {
  private static let version: Int16 = 4  // MetadataVersion.V5
  private static let alignment = 64

  private let outputs: [ArrowOutput]
  private let rowCount: Int
  private let description: String?

  /// - Parameters:
  ///   - names: A name for each column; references are given as keys, figures as three columns.
  ///   - description: What to store under ``ArrowTable/schemaKey``.
  init(
    names: [String], columns: [Column], rowCount: Int, description: String?, budget: MemoryBudget
  ) throws(EngineError) {
    let maker = ArrowOutputMaker(budget: budget)
    var outputs: [ArrowOutput] = []
    for (name, column) in zip(names, columns) { outputs.append(try maker.output(name, column)) }
    self.outputs = outputs
    self.rowCount = rowCount
    self.description = description
  }

  func write<Failure: Error>(
    to sink: (Span<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    var stream = Stream()
    try stream.write(Array("ARROW1".utf8) + [0, 0], to: sink)
    _ = try stream.write(head: message(1, schema, bodyByteCount: 0), to: sink)
    var dictionaries: [Int64] = []
    for (id, dictionary) in numberedDictionaries {
      let content = FlatContent.table([
        .long(id), .content(batch([dictionary], count: dictionary.count)), nil,
      ])
      dictionaries += try write([dictionary], 2, content, &stream, to: sink)
    }
    let values = outputs.map(\.values)
    let batches = try write(values, 3, batch(values, count: rowCount), &stream, to: sink)
    try stream.write([0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0], to: sink)
    let footer = FlatContent.table([
      .short(Self.version), .content(schema), .content(.structs(dictionaries, width: 3)),
      .content(.structs(batches, width: 3)),
    ]).bytes
    try stream.write(footer, to: sink)
    let count = UInt32(footer.count)
    let countBytes = (0..<4).map { UInt8(truncatingIfNeeded: count >> UInt32(8 * $0)) }
    try stream.write(countBytes + Array("ARROW1".utf8), to: sink)
  }

  private var numberedDictionaries: [(id: Int64, values: ArrowOutput.Values)] {
    outputs.enumerated().compactMap { index, output in
      output.dictionary.map { (Int64(index), $0) }
    }
  }

  // MARK: Messages

  /// Writes a message with its body and returns its entry in the footer: offset, length of the head,
  /// length of the body.
  private func write<Failure: Error>(
    _ values: [ArrowOutput.Values], _ kind: UInt8, _ content: FlatContent, _ stream: inout Stream,
    to sink: (Span<UInt8>) throws(Failure) -> Void
  ) throws(Failure) -> [Int64] {
    let parts = values.flatMap(Self.parts)
    let bodyByteCount = parts.reduce(0) { $0 + Self.padded($1?.byteCount ?? 0) }
    let start = stream.byteCount
    let headByteCount = try stream.write(
      head: message(kind, content, bodyByteCount: bodyByteCount), to: sink)
    for part in parts {
      guard let part else { continue }
      try stream.write(part, to: sink)
      try stream.pad(to: sink)
    }
    return [Int64(start), Int64(headByteCount), Int64(bodyByteCount)]
  }

  private func message(_ kind: UInt8, _ header: FlatContent, bodyByteCount: Int) -> [UInt8] {
    FlatContent.table([
      .short(Self.version), .byte(kind), .content(header), .long(Int64(bodyByteCount)),
    ]).bytes
  }

  private func batch(_ values: [ArrowOutput.Values], count: Int) -> FlatContent {
    var nodes: [Int64] = []
    var buffers: [Int64] = []
    var offset = 0
    for values in values {
      for values in [values] + values.elements {
        nodes += [Int64(values.count), Int64(values.nullCount)]
      }
      for part in Self.parts(values) {
        buffers += [Int64(offset), Int64(part?.byteCount ?? 0)]
        offset += Self.padded(part?.byteCount ?? 0)
      }
    }
    return .table([
      .long(Int64(count)), .content(.structs(nodes, width: 2)),
      .content(.structs(buffers, width: 2)),
    ])
  }

  private static func parts(_ values: ArrowOutput.Values) -> [ArrowOutput.Part?] {
    values.parts + values.elements.flatMap(\.parts)
  }

  private static func padded(_ byteCount: Int) -> Int {
    (byteCount + alignment - 1) / alignment * alignment
  }

  // MARK: Schema

  private var schema: FlatContent {
    let fields = outputs.enumerated().map { field($1, id: Int64($0)) }
    let metadata = description.map { description in
      FlatContent.Field.content(
        .tables([
          .table([.content(.text(ArrowTable.schemaKey)), .content(.text(description))])
        ]))
    }
    return .table([.short(0), .content(.tables(fields)), metadata])
  }

  private func field(_ output: ArrowOutput, id: Int64) -> FlatContent {
    var dictionary: FlatContent.Field?
    if case .codes(let bits, let isSigned) = output.type {
      dictionary = .content(
        .table([.long(id), .content(Self.integer(bits, isSigned: isSigned)), .byte(0)]))
    }
    let children = output.type == .list ? [Self.element] : []
    let (number, type) = Self.type(output.type)
    return .table([
      .content(.text(output.name)), .byte(1), .byte(number), .content(type), dictionary,
      .content(.tables(children)),
    ])
  }

  private static let element = FlatContent.table([
    .content(.text("item")), .byte(1), .byte(20), .content(.table([])), nil,
    .content(.tables([])),
  ])

  /// The number in the union `Type`, and the table of that type.
  private static func type(_ type: WrittenType) -> (UInt8, FlatContent) {
    switch type {
    case .integer(let bits): (2, integer(bits, isSigned: true))
    case .number: (3, .table([.short(2)]))
    case .boolean: (6, .table([]))
    case .day: (8, .table([.short(0)]))
    case .time: (10, .table([.short(2), .content(.text("UTC"))]))
    case .text, .codes: (20, .table([]))
    case .list: (21, .table([]))
    }
  }

  private static func integer(_ bits: Int, isSigned: Bool) -> FlatContent {
    .table([.int(Int32(bits)), .byte(isSigned ? 1 : 0)])
  }

  /// Counts what was written.
  private struct Stream {
    /// Buffers go on in pieces, so that whoever writes them can stop in between.
    private static let pieceByteCount = 1 << 24

    private(set) var byteCount = 0

    mutating func write<Failure: Error>(
      _ bytes: [UInt8], to sink: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
      try sink(bytes.span)
      byteCount += bytes.count
    }

    mutating func write<Failure: Error>(
      _ part: ArrowOutput.Part, to sink: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
      let memory = part.memory
      let bytes = memory.bytes
      var start = 0
      while start < part.byteCount {
        let end = min(start + Self.pieceByteCount, part.byteCount)
        try sink(bytes.extracting(start..<end))
        start = end
      }
      byteCount += part.byteCount
    }

    /// Zeros up to the next multiple of 64.
    mutating func pad<Failure: Error>(
      to sink: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
      let count = ArrowForm.padded(byteCount) - byteCount
      if count > 0 { try write(Array(repeating: 0, count: count), to: sink) }
    }

    /// The mark and length of a message, then its head with padding, so that the body begins at a
    /// multiple of 64. Returns how many bytes that took.
    mutating func write<Failure: Error>(
      head: [UInt8], to sink: (Span<UInt8>) throws(Failure) -> Void
    ) throws(Failure) -> Int {
      let end = ArrowForm.padded(byteCount + 8 + head.count)
      let count = UInt32(end - byteCount - 8)
      var bytes: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF]
      for index in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: count >> UInt32(8 * index))) }
      bytes += head
      bytes += Array(repeating: 0, count: end - byteCount - bytes.count)
      let start = byteCount
      try write(bytes, to: sink)
      return end - start
    }
  }
}
