/// A place in a text file. Both numbers count from 1.
public struct TextPlace: Hashable, Sendable, CustomStringConvertible {
  public let line: Int
  /// Counts characters (Unicode scalars), not bytes.
  public let column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// `14:3`.
  public var description: String { "\(line):\(column)" }
}
