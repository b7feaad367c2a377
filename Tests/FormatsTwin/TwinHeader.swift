import AnnalsFormats

/// What stands before the rows of a file without a description, in the plain form.
enum TwinHeader {
  /// Names that differ, and what was wrong with those that were given.
  static func distinct(
    _ given: [String]
  ) -> (names: [String], problems: [(reason: DataProblem.Reason, column: String)]) {
    var names: [String] = []
    var problems: [(reason: DataProblem.Reason, column: String)] = []
    for (index, name) in given.enumerated() {
      if !name.isEmpty, !given[..<index].contains(name) {
        names.append(name)
      } else {
        var number = name.isEmpty ? index + 1 : 2
        func candidate() -> String { (name.isEmpty ? "column" : name + "_") + "\(number)" }
        while given.contains(candidate()) || names.contains(candidate()) { number += 1 }
        names.append(candidate())
        problems.append(
          name.isEmpty
            ? (.unnamedColumn(readAs: candidate()), candidate())
            : (.repeatedColumn(readAs: candidate()), name))
      }
    }
    return (names, problems)
  }

  /// Whether a record behind the names holds HXL tags, and nothing else.
  static func isTags(_ record: TwinRecord) -> Bool {
    let filled = (0..<record.fieldCount).map(record.text).filter { $0 != "" }
    return !record.isTooLong && !filled.isEmpty
      && filled.allSatisfy { text in
        let scalars = Array(text.unicodeScalars)
        return scalars.count > 1 && scalars[0] == "#"
          && ("a"..."z" ~= scalars[1] || "A"..."Z" ~= scalars[1])
      }
  }
}
