/// Something about a dataset that is no error, but that its reader should know.
public struct DatasetNote: Hashable, Sendable, CustomStringConvertible {
  public let table: String?
  public let column: String?
  /// One sentence without a full stop.
  public let text: String

  package init(table: String? = nil, column: String? = nil, _ text: String) {
    self.table = table
    self.column = column
    self.text = text
  }

  /// `events.place: read as text, since …`.
  public var description: String {
    let place = [table, column].compactMap { $0 }.joined(separator: ".")
    return place.isEmpty ? text : place + ": " + text
  }
}
