extension Plan {
  /// The same plan over other lists of tables and bound values.
  ///
  /// - Parameters:
  ///   - source: Where each of the plan's tables is found in the new list.
  ///   - binding: How many bound values stand before the plan's own in the new list.
  func rebased(source: (Int) -> Int, binding: Int) -> Plan {
    let plan = replacingExpressions { $0.rebased(binding) }
    return plan.replacingSources(source)
  }

  private func replacingSources(_ source: (Int) -> Int) -> Plan {
    if case .source(let index) = self { return .source(source(index)) }
    return replacingInputs { $0.replacingSources(source) }
  }
}

extension Expression {
  fileprivate func rebased(_ offset: Int) -> Expression {
    if offset == 0 { return self }
    if case .binding(let index) = kind { return Expression(.binding(index + offset), type, place) }
    return with(operands: operands.map { $0.rebased(offset) })
  }
}

extension Query {
  /// Another query's plan and bound values beside this one's, and the tables of both.
  func combined(with other: Query) -> (plan: Plan, sources: [Table], bound: [Value]) {
    var sources = sources
    var places: [Int] = []
    for table in other.sources {
      if let known = sources.firstIndex(where: { $0 === table }) {
        places.append(known)
      } else {
        sources.append(table)
        places.append(sources.count - 1)
      }
    }
    let plan = other.plan.rebased(source: { places[$0] }, binding: bound.count)
    return (plan, sources, bound + other.bound)
  }
}
