import AnnalsTwin
import Testing

@testable import AnnalsEngine
import SeededRandom

@Suite struct AddressTableTests {
  @Test func `addresses are numbered by first appearance`() throws {
    var random = SeededRandom(seed: 11)
    for count in [0, 1, 63, 64, 65, 511, 512, 513, 5000] {
      let table = try AddressTable(budget: SmallDataset.budget)
      var known: [Int32: Int32] = [:]
      for _ in 0..<3 {
        let addresses = (0..<count).map { _ -> Int32 in
          if random.below(20) == 0 { return .max }
          return Int32(random.below(max(count, 1)) * 400_000 % 2_000_001)
        }
        let codes = try Buffer(addresses, budget: SmallDataset.budget)
        try table.number(codes, count: count)
        for (index, address) in addresses.enumerated() {
          if known[address] == nil { known[address] = Int32(known.count) }
          #expect(codes[index] == known[address])
        }
      }
      #expect(table.addresses.count == known.count)
      for (address, number) in known { #expect(table.addresses[Int(number)] == address) }
    }
  }
}
