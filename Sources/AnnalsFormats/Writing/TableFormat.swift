/// A form in which a table is written.
public enum TableFormat: String, CaseIterable, Hashable, Sendable {
  /// RFC 4180 with LF: quotes only where needed.
  case csv
  /// As CSV, with tabs.
  case tsv
  /// One array of objects, a row a line.
  case json
  /// An object a line, and nothing around it.
  case ndjson
  /// A table of GitHub's Markdown.
  case markdown
  /// Arrow's IPC file format, uncompressed.
  case arrow

  /// The format that a file's ending stands for (`.csv`, `.tsv`, `.tab`, `.json`, `.ndjson`, `.jsonl`,
  /// `.md`, `.arrow`, `.feather`); nil for others.
  public init?(path: String) {
    guard let point = path.lastIndex(of: "."), !path[point...].contains("/") else { return nil }
    switch path[point...].dropFirst().lowercased() {
    case "csv": self = .csv
    case "tsv", "tab": self = .tsv
    case "json": self = .json
    case "ndjson", "jsonl": self = .ndjson
    case "md", "markdown": self = .markdown
    case "arrow", "feather": self = .arrow
    default: return nil
    }
  }
}
