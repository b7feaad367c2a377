import AnnalsEngine

/// Which events lie inside which, as intervals: an event lies inside another if its interval does.
///
/// Events that are parts of one another in a circle have one interval, so that each lies inside the
/// others.
struct EventNesting: Sendable {
  private let firsts: Buffer<Int32>
  private let lasts: Buffer<Int32>

  /// Nil if the table has no references to parents, or no event has one.
  init?(_ events: Table, budget: MemoryBudget) throws(EngineError) {
    guard let field = events.schema["parent"], case .reference = field.type else { return nil }
    let parents = try events.columns[field.slot].numbered(budget)
    guard (0..<parents.count).contains(where: { parents[$0] >= 0 }) else { return nil }
    let heads = try Self.heads(parents, budget)
    var walk = try EventWalk(parents: parents, heads: heads, budget: budget)
    walk.run()
    for event in 0..<parents.count {
      walk.firsts[event] = walk.firsts[Int(heads[event])]
      walk.lasts[event] = walk.lasts[Int(heads[event])]
    }
    firsts = walk.firsts
    lasts = walk.lasts
  }

  func first(_ event: Int) -> Int { Int(firsts[event]) }

  func last(_ event: Int) -> Int { Int(lasts[event]) }

  /// Whether an event lies inside another.
  func contains(_ outer: Int, _ inner: Int) -> Bool {
    outer != inner && first(outer) <= first(inner) && last(inner) <= last(outer)
  }

  /// For each event itself, or the event that stands for the circle it is in.
  private static func heads(
    _ parents: Buffer<Int32>, _ budget: MemoryBudget
  ) throws(EngineError) -> Buffer<Int32> {
    let heads = try Buffer<Int32>(count: parents.count, budget: budget)
    // The walk that an event was met on first, counted from 1.
    let walks = try Buffer<Int32>(count: parents.count, budget: budget)
    for event in 0..<parents.count { heads[event] = Int32(event) }
    for event in 0..<parents.count {
      let walk = Int32(event + 1)
      var current = event
      while walks[current] == 0 {
        walks[current] = walk
        guard parents[current] >= 0 else { break }
        current = Int(parents[current])
      }
      guard walks[current] == walk, parents[current] >= 0 else { continue }
      // The walk came back to itself here: around the circle once more.
      let head = Int32(current)
      repeat {
        heads[current] = head
        current = Int(parents[current])
      } while current != Int(head)
    }
    return heads
  }
}

/// Numbers events from the outside in, each circle as one event.
private struct EventWalk {
  private let parents: Buffer<Int32>
  private let heads: Buffer<Int32>
  private let firstChild: Buffer<Int32>
  private let nextSibling: Buffer<Int32>
  let firsts: Buffer<Int32>
  let lasts: Buffer<Int32>
  private var number: Int32 = 0

  init(
    parents: Buffer<Int32>, heads: Buffer<Int32>, budget: MemoryBudget
  ) throws(EngineError) {
    self.parents = parents
    self.heads = heads
    let count = parents.count
    firstChild = try Buffer(count: count, budget: budget)
    nextSibling = try Buffer(count: count, budget: budget)
    firsts = try Buffer(count: count, budget: budget)
    lasts = try Buffer(count: count, budget: budget)
    for event in 0..<count {
      firstChild[event] = -1
      nextSibling[event] = -1
    }
    for event in (0..<count).reversed() {
      guard let parent = parent(of: event) else { continue }
      nextSibling[event] = firstChild[parent]
      firstChild[parent] = Int32(event)
    }
  }

  /// The event around one that stands for itself; nil if there is none, or it stands for nothing.
  private func parent(of event: Int) -> Int? {
    guard Int(heads[event]) == event, parents[event] >= 0 else { return nil }
    let parent = Int(heads[Int(parents[event])])
    return parent == event ? nil : parent
  }

  mutating func run() {
    for event in 0..<parents.count where Int(heads[event]) == event && parent(of: event) == nil {
      visit(event)
    }
  }

  private mutating func visit(_ root: Int) {
    var current = root
    while true {
      firsts[current] = number
      number += 1
      if firstChild[current] >= 0 {
        current = Int(firstChild[current])
        continue
      }
      // Up, to where another event follows.
      while true {
        lasts[current] = number - 1
        if current == root { return }
        if nextSibling[current] >= 0 { break }
        guard let parent = parent(of: current) else { return }
        current = parent
      }
      current = Int(nextSibling[current])
    }
  }
}
