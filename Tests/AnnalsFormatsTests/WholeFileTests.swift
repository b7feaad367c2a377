import AnnalsEngine
import AnnalsPlatform
import FormatsTwin
import Testing

@testable import AnnalsFormats
import SeededRandom

/// Files that are opened as a whole, whatever is in them.
@Suite struct WholeFileTests {
  /// Tries an input; all memory is given back, whatever comes of it.
  func tryToRead(_ input: [UInt8]) {
    let budget = MemoryBudget(byteLimit: 1 << 27)
    WholeFile.tryToRead(input, budget: budget)
    #expect(budget.byteCount == 0)
  }

  @Test func `files of the corpus end in a table or an error`() throws {
    let folder =
      #filePath.split(separator: "/").dropLast(2).map { "/" + $0 }.joined() + "/FileFuzz/Corpus"
    let names = try Folder.names(in: folder)
    #expect(names.count >= 17)
    for name in names {
      tryToRead(try FileReader.contents(of: folder + "/" + name, byteLimit: 1 << 20))
    }
  }

  @Test func `memory that is too small ends the reading, and is given back`() throws {
    let plain = Array("id;day\n1;29/12/2015\n2;NA\n".utf8)
    for bytes in [plain, TwinCompression.gzip(plain), TwinCompression.zstd(plain)] {
      for limit in stride(from: 0, to: 400_000, by: 7919) {
        let budget = MemoryBudget(byteLimit: limit)
        WholeFile.tryToRead([0] + bytes, budget: budget)
        #expect(budget.byteCount == 0)
      }
    }
  }

  @Test(arguments: 0..<6)
  func `compressed and encoded files with a changed byte end in a table or an error`(
    part: Int
  ) throws {
    var random = SeededRandom(seed: UInt64(part))
    let plain = Array(
      "id;day;crowd\n1;29/12/2015;Orl\u{E9}ans\n2;NA;\"a;\nb\"\n3;1/2/2016;.\n".utf8)
    let units = String(decoding: plain, as: UTF8.self).utf16.flatMap {
      [UInt8($0 & 0xFF), UInt8($0 >> 8)]
    }
    let files = [
      plain, TwinCompression.gzip(plain), TwinCompression.zstd(plain), [0xFF, 0xFE] + units,
      TwinCompression.gzip([0xFF, 0xFE] + units), [0xEF, 0xBB, 0xBF] + plain,
    ]
    for _ in 0..<200 {
      var bytes = files[part]
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let index = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: index)
        default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: index)
        }
      }
      tryToRead([UInt8.random(in: 0...31, using: &random)] + bytes)
    }
  }

  @Test func `a file is the same from each of its forms`() throws {
    let plain = "id,day,place\n1,29/12/2015,\"Orléans,\nnord\"\n2,1/2/2016,NA\n"
    let bytes = Array(plain.utf8)
    let tabs = "id\tday\tplace\r\n1\t29/12/2015\t\"Orléans,\nnord\"\r\n2\t1/2/2016\tNA\r\n"
    let units = plain.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    for form in [
      bytes, TwinCompression.gzip(bytes), TwinCompression.zstd(bytes), Array(tabs.utf8),
      [0xFE, 0xFF] + units, TwinCompression.zstd([0xFE, 0xFF] + units),
    ] {
      var problems = ProblemList()
      let raw = try WholeFile.read(form, budget: SmallTable.budget, problems: &problems)
      let columns = try raw.columns(raw.schema.names)
      #expect(raw.schema.fields.map(\.type.name) == ["integer", "day", "text"])
      #expect(
        (0..<raw.rowCount).map { row in columns.map { $0.value(row).text } } == [
          ["1", "2015-12-29", "Orléans,\nnord"], ["2", "2016-02-01", ""],
        ])
      #expect(problems.count == 0)
    }
  }
}
