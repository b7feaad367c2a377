extension ACLEDLayout {
  /// The codebook's name of a type of actor, which files give as a number or in older words; nil for
  /// 0, no actor. What is unknown stays as it is.
  @Sendable static func kind(_ text: String) -> String? {
    text == "0" ? nil : kinds[text.lowercased()] ?? text
  }

  /// Whether a text is a type of actor, or 0.
  @Sendable static func isKind(_ text: String) -> Bool {
    text == "0" || kinds[text.lowercased()] != nil
  }

  /// Codebook, "Actor type": numbers, names, and what files called them before.
  private static let kinds: [String: String] = {
    var kinds: [String: String] = [:]
    for (place, names) in kindNames.enumerated() {
      kinds[String(place + 1)] = names[0]
      for name in names { kinds[name.lowercased()] = names[0] }
    }
    return kinds
  }()

  private static let kindNames = [
    ["State forces"], ["Rebel group", "Rebel groups", "Rebel forces"],
    ["Political militia", "Political militias", "Militia groups"],
    ["Identity militia", "Identity militias", "Communal militias", "Communal militia"],
    ["Rioters"], ["Protesters"], ["Civilians"],
    ["External/Other forces", "External forces", "Other forces"],
  ]

  static let disorders = ["Political violence", "Demonstrations", "Strategic developments"]

  /// Codebook, "Event types": 6 types with 25 sub-types.
  static let types: [String: [String]] = [
    "Battles": [
      "Government regains territory", "Non-state actor overtakes territory", "Armed clash",
    ],
    "Protests": [
      "Excessive force against protesters", "Protest with intervention", "Peaceful protest",
    ],
    "Riots": ["Violent demonstration", "Mob violence"],
    "Explosions/Remote violence": [
      "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
      "Remote explosive/landmine/IED", "Grenade",
    ],
    "Violence against civilians": [
      "Sexual violence", "Attack", "Abduction/forced disappearance",
    ],
    "Strategic developments": [
      "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
      "Headquarters or base established", "Looting/property destruction",
      "Non-violent transfer of territory", "Other",
    ],
  ]
}
