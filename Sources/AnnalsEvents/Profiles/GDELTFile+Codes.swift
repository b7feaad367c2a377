extension GDELTFile {
  /// The twenty root codes of CAMEO, in our words.
  static let roots: [(code: String, meaning: String)] = [
    ("01", "make a statement"), ("02", "appeal"), ("03", "express intent to cooperate"),
    ("04", "consult"), ("05", "cooperate in diplomacy"), ("06", "cooperate in material ways"),
    ("07", "provide aid"), ("08", "yield"), ("09", "investigate"), ("10", "demand"),
    ("11", "disapprove"), ("12", "reject"), ("13", "threaten"), ("14", "protest"),
    ("15", "show force"), ("16", "reduce relations"), ("17", "coerce"), ("18", "assault"),
    ("19", "fight"), ("20", "use mass violence"),
  ]

  /// Whether an event is talk or deed, and for or against somebody.
  static let quadClasses = [
    ("1", "verbal cooperation"), ("2", "material cooperation"), ("3", "verbal conflict"),
    ("4", "material conflict"),
  ]
}
