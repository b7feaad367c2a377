import Synchronization

/// A column of a table: at hand, or to be read from its file when it is first used.
package enum TableColumn: Sendable {
  case finished(Column)
  case unread(UnreadColumn)

  package var type: ValueType {
    switch self {
    case .finished(let column): column.type
    case .unread(let column): column.type
    }
  }

  package var count: Int {
    switch self {
    case .finished(let column): column.count
    case .unread(let column): column.count
    }
  }

  /// Whether its different texts stand in a dictionary, without looking at more than is known already.
  package var isCoded: Bool {
    switch self {
    case .finished(let column): column.dictionary != nil
    case .unread(let column): column.isCoded
    }
  }

  /// The column, which is read now if it was not yet.
  package func read() throws(EngineError) -> Column {
    switch self {
    case .finished(let column): column
    case .unread(let column): try column.read()
    }
  }
}

/// A column that is read and checked when somebody first uses it, and kept from then on.
package final class UnreadColumn: Sendable {
  package let type: ValueType
  package let count: Int
  /// Whether its texts stand in a dictionary.
  package let isCoded: Bool
  private let reading: @Sendable () throws(EngineError) -> Column
  private let column = Mutex<Column?>(nil)

  /// - Parameter reading: Gives a column of that type and length in which every value is safe to
  ///   read. What it throws is thrown again at each use.
  package init(
    type: ValueType, count: Int, isCoded: Bool = false,
    reading: @escaping @Sendable () throws(EngineError) -> Column
  ) {
    self.type = type
    self.count = count
    self.isCoded = isCoded
    self.reading = reading
  }

  /// The column. Who comes while another reads it waits.
  package func read() throws(EngineError) -> Column {
    try column.withLock { known throws(EngineError) in
      if let known { return known }
      let column = try reading()
      precondition(
        column.count == count && column.type == type, "a column is what it was said to be")
      known = column
      return column
    }
  }
}
