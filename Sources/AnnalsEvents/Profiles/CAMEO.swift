/// The codes of the Conflict and Mediation Event Observations, in which GDELT and ICEWS write what
/// happened. They are texts, and begin with a root of two digits.
enum CAMEO {
  /// What an event's code, or its root, means by the root; an unknown one as it is.
  @Sendable static func meaning(_ code: String) -> String {
    roots[String(padded(code).prefix(2))] ?? code
  }

  /// A root code that lost its zero.
  static func padded(_ code: String) -> String { code.utf8.count == 1 ? "0" + code : code }

  /// The twenty root codes, in our words.
  static let roots: [String: String] = [
    "01": "make a statement", "02": "appeal", "03": "express intent to cooperate",
    "04": "consult", "05": "cooperate in diplomacy", "06": "cooperate in material ways",
    "07": "provide aid", "08": "yield", "09": "investigate", "10": "demand",
    "11": "disapprove", "12": "reject", "13": "threaten", "14": "protest",
    "15": "show force", "16": "reduce relations", "17": "coerce", "18": "assault",
    "19": "fight", "20": "use mass violence",
  ]

  /// Whether an event is talk or deed, and for or against somebody.
  static let quadClasses = [
    ("1", "verbal cooperation"), ("2", "material cooperation"), ("3", "verbal conflict"),
    ("4", "material conflict"),
  ]
}
