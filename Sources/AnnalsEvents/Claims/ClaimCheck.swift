import AnnalsEngine

/// One look at the claims of a group.
struct ClaimCheck {
  let table: String
  let codes: ClaimCodes
  let columns: ClaimColumns
  let parents: EventParents?

  /// Whether running totals are among the claims, or why they may not be added.
  func result(_ rows: [Int]) -> Result<Bool, AdditionRefusal> {
    let refusal =
      unlike(rows) ?? sameQuantity(rows) ?? nested(rows) ?? mixedAccumulation(rows)
    if let refusal { return .failure(refusal) }
    return .success(rows.contains { codes.isRunning[$0] })
  }

  private func refusal(_ reason: String, _ rows: [Int], _ fix: String) -> AdditionRefusal {
    AdditionRefusal(
      reason: reason, rows: rows.sorted().map { columns.key($0) }, table: table, fix: fix)
  }

  // MARK: Claims that count different things

  private func unlike(_ rows: [Int]) -> AdditionRefusal? {
    guard let first = rows.first else { return nil }
    let disjoint = codes.disjoint[first]
    if disjoint >= 0, rows.allSatisfy({ codes.disjoint[$0] == disjoint }) { return nil }
    for (name, column) in [("measure", codes.measure), ("unit", codes.unit)] {
      guard let other = rows.first(where: { column[$0] != column[first] }) else { continue }
      let names = [first, other].map { row in
        let value = columns.value(row, name)
        return value == .null ? "no \(name)" : "`\(value.text)`"
      }
      return refusal(
        "figures of different \(name)s would be added, \(names[0]) and \(names[1])",
        [first, other], "group by `\(name)`, or keep one of them with `where`")
    }
    return nil
  }

  // MARK: Claims about one quantity

  private struct QuantityKey: Hashable {
    let quantity: Int32
    let event: Int32
    let measure: Int32
    let unit: Int32
    let population: Int32
  }

  private func quantityKey(_ row: Int) -> QuantityKey {
    let quantity = codes.quantity[row]
    guard quantity < 0 else {
      return QuantityKey(quantity: quantity, event: 0, measure: 0, unit: 0, population: 0)
    }
    return QuantityKey(
      quantity: -1, event: codes.event[row], measure: codes.measure[row], unit: codes.unit[row],
      population: codes.population[row])
  }

  private func sameQuantity(_ rows: [Int]) -> AdditionRefusal? {
    var seen: [QuantityKey: Int] = [:]
    for row in rows {
      if let first = seen.updateValue(row, forKey: quantityKey(row)) {
        return refusal(
          "claims about one quantity would be added", [first, row],
          "`:resolve(\"highest\")` or another policy leaves one claim for each quantity")
      }
    }
    return nil
  }

  // MARK: Claims inside one another

  private struct Place: Hashable {
    let event: Int32
    let measure: Int32
    let population: Int32
  }

  private func nested(_ rows: [Int]) -> AdditionRefusal? {
    guard let parents else { return nil }
    var claims: [Place: [Int]] = [:]
    for row in rows where codes.event[row] >= 0 {
      claims[place(row, codes.event[row]), default: []].append(row)
    }
    for row in rows where codes.event[row] >= 0 {
      for ancestor in parents.ancestors(of: codes.event[row]) {
        let outer = claims[place(row, ancestor)]?.first { other in
          codes.quantity[row] < 0 || codes.quantity[other] < 0
        }
        guard let outer else { continue }
        return refusal(
          "the event of one claim lies inside the event of the other, so that people may be"
            + " counted twice", [outer, row],
          "keep one level of events, as with `where(\"event.parent == nil\")`, or group by `event`")
      }
    }
    return nil
  }

  private func place(_ row: Int, _ event: Int32) -> Place {
    Place(event: event, measure: codes.measure[row], population: codes.population[row])
  }

  // MARK: Increments and running totals

  private func mixedAccumulation(_ rows: [Int]) -> AdditionRefusal? {
    guard let running = rows.first(where: { codes.isRunning[$0] }),
      let increment = rows.first(where: { !codes.isRunning[$0] })
    else { return nil }
    return refusal(
      "an increment would be added to a running total", [running, increment],
      "group by `accumulation`, or keep one kind with `where`")
  }
}
