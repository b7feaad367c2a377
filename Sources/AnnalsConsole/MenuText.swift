import AnnalsReports

/// Text from others in a row below the input.
enum MenuText {
  /// One line without control characters, cut to a number of columns.
  static func line(_ text: String, columns: Int) -> String {
    // Far longer than any screen is wide, so that cutting need not measure all of it.
    DisplayWidth.cut(VisibleText.line(String(text.prefix(max(0, columns) + 1))), to: columns)
  }
}
