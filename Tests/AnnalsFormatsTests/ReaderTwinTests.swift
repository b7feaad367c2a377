import AnnalsEngine
import AnnalsPlatform
import FormatsTwin
import Testing

/// The reader gives what its plain twin gives: values, types, layouts, dictionaries, lines and problems.
///
/// The files have quotes, line breaks of all kinds, flaws, values of all types; pieces are as small as
/// a byte, so that they end within quotes and line breaks; one to four threads read. `AnnalsReaderCheck`
/// does the same for more files than there is time for here.
@Suite struct ReaderTwinTests {
  @Test(arguments: 0..<8) func `random files read as the twin reads them`(part: Int) throws {
    for seed in part * 150..<(part + 1) * 150 {
      let budget = MemoryBudget(byteLimit: 1 << 30)
      let difference = try TwinComparison.difference(
        RandomFile(seed: UInt64(seed)), budget: budget)
      #expect(difference == nil, "seed \(seed)")
      #expect(budget.byteCount == 0, "seed \(seed)")
    }
  }

  @Test func `what the fuzzer has found stays mended`() throws {
    let folder =
      #filePath.split(separator: "/").dropLast(2).map { "/" + $0 }.joined()
      + "/ReaderFuzz/Corpus"
    let names = try Folder.names(in: folder)
    #expect(names.count >= 12)
    for name in names {
      let input = try FileReader.contents(of: folder + "/" + name, byteLimit: 1 << 20)
      let difference = try TwinComparison.difference(
        RandomFile(input: input), budget: MemoryBudget(byteLimit: 1 << 28))
      #expect(difference == nil, "\(name)")
    }
  }

  @Test func `a reader that may not grow says so and traps nowhere`() throws {
    for seed in 0..<12 as Range<UInt64> {
      for limit in stride(from: 0, to: 60_000, by: 2999) {
        let budget = MemoryBudget(byteLimit: limit)
        do {
          _ = try TwinComparison.read(RandomFile(seed: seed), budget: budget)
        } catch {
          #expect(error.isOutOfMemory, "seed \(seed)")
        }
        #expect(budget.byteCount == 0)
      }
    }
  }
}
