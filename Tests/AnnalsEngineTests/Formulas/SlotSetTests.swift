import AnnalsEngine
import Testing

@Suite struct SlotSetTests {
  @Test(arguments: [[], [0], [63], [64], [0, 5, 63, 64, 65, 200], [127, 128]])
  func `slots are given in ascending order, however they were added`(slots: [Int]) {
    let set = SlotSet(slots.reversed())
    #expect(Array(set) == slots)
    #expect(set.count == slots.count)
    #expect(set.isEmpty == slots.isEmpty)
    #expect(set == SlotSet(slots + slots))
  }

  @Test func `a set has the slots that were added and no other`() {
    let set: SlotSet = [2, 64, 130]
    #expect([2, 64, 130].allSatisfy { set.contains($0) })
    #expect(![0, 3, 63, 65, 128, 131, 1000].contains { set.contains($0) })
  }

  @Test func `what is left out leaves no trace`() {
    let set: SlotSet = [1, 70, 500]
    #expect(set.filter { $0 < 64 } == [1])
    #expect(set.subtracting([70, 500, 9]) == [1])
    #expect(set.subtracting([1, 70, 500]) == [])
  }

  @Test func `a union has the slots of both`() {
    var set: SlotSet = [1, 70]
    #expect(set.union([3, 300]) == [1, 3, 70, 300])
    set.formUnion([3, 300])
    #expect(set == [1, 3, 70, 300])
  }

  @Test func `a set is a subset of those that have all its slots`() {
    let set: SlotSet = [1, 70]
    #expect(set.isSubset(of: [1, 2, 70, 400]))
    #expect(set.isSubset(of: set))
    #expect(SlotSet().isSubset(of: set))
    #expect(!set.isSubset(of: [1, 71]))
    #expect(!set.isSubset(of: [1]))
    #expect(!set.isSubset(of: []))
  }
}
