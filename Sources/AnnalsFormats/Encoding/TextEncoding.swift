/// How the letters of a text file are written as bytes.
public enum TextEncoding: String, CaseIterable, Hashable, Sendable {
  case utf8 = "utf-8"
  /// Of the order that the byte order mark says, else with the low byte first.
  case utf16 = "utf-16"
  case windows1252 = "windows-1252"
  case latin1 = "latin-1"
}
