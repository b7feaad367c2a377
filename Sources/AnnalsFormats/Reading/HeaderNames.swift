/// Names for the columns of a file that comes without a description, no two alike.
///
/// A column without a name is called by its place, `column3`; a name that stood before is numbered,
/// `actor_2`.
struct HeaderNames {
  private(set) var names: [String] = []
  /// What is wrong with the names, in order.
  private(set) var problems: [(reason: DataProblem.Reason, column: String)] = []

  init(_ given: [String]) {
    var taken = Set(given)
    var seen: Set<String> = []
    var numbers: [String: Int] = [:]
    for (index, name) in given.enumerated() {
      if !name.isEmpty, seen.insert(name).inserted {
        names.append(name)
        continue
      }
      let base = name.isEmpty ? "column" : name + "_"
      var number = name.isEmpty ? index + 1 : numbers[name, default: 1] + 1
      while !taken.insert(base + String(number)).inserted { number += 1 }
      numbers[name] = number
      names.append(base + String(number))
      problems.append(
        name.isEmpty
          ? (.unnamedColumn(readAs: base + String(number)), base + String(number))
          : (.repeatedColumn(readAs: base + String(number)), name))
    }
  }
}
