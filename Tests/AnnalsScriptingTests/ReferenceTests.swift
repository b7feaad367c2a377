import AnnalsEngine
import AnnalsEvents
import AnnalsReports
import AnnalsScripting
import Foundation
import Testing

@Suite struct ReferenceTests {
  static let reference = Reference()

  @Test(arguments: reference.pages)
  func `an example gives what its page shows, with one thread and with two`(
    _ page: ReferencePage
  ) throws {
    for threadCount in [1, 2] {
      var run = RecordedRun(dataset: try Dataset.open(Fixture.shipped))
      run.limits.threadCount = threadCount
      let script = Script(
        name: page.name + ".lua", source: Array(page.documentation.example.utf8))
      let report = try run.report(script)
      #expect(run.printed + report.text == page.documentation.output + "\n")
    }
  }

  @Test(arguments: reference.pages)
  func `a page says all that its readers ask`(_ page: ReferencePage) {
    let documentation = page.documentation
    #expect(!documentation.signatures.isEmpty)
    #expect(documentation.signatures.allSatisfy { $0.contains(page.name) || page.name == "first" })
    for sentence in [documentation.summary] + documentation.rules.map(\.sentence) {
      #expect(sentence.hasSuffix("."))
      #expect(!sentence.contains("\n"))
    }
    #expect(
      documentation.summary.first?.isUppercase == true || documentation.summary.hasPrefix("e "))
    #expect(!documentation.output.isEmpty)
    let about = documentation.rules.map(\.about)
    #expect(Set(about).count == about.count, "two rules about one thing")
  }

  @Test func `what a page names is there, and what is there has a page`() throws {
    let names = { (kind: ReferencePage.Kind) in
      Self.reference.pages.filter { $0.kind == kind }.map(\.name)
    }
    let methods = (names(.verb) + names(.reading)).map { "\"\($0)\"" }.joined(separator: ", ")
    let script = """
      for _, name in ipairs { \(methods) } do
        if type(data.events[name]) ~= "function" then print("no verb " .. name) end
      end
      local members = {}
      for name in pairs(annals) do members[#members + 1] = name end
      table.sort(members)
      print(table.concat(members, " "))
      print(type(params), type(data.has), type(data.events:first().copy))
      """
    var run = RecordedRun(dataset: try Dataset.open(Fixture.harbour))
    _ = try run.report(Script(name: "names.lua", source: Array(script.utf8)))
    let module = names(.value).filter { $0.hasPrefix("annals.") }.map { $0.dropFirst(7) }
    let members = (names(.rowFunction) + module.map(String.init)).sorted()
    #expect(
      run.printed == members.joined(separator: " ") + "\nfunction\tfunction\tfunction\n")
    #expect(names(.value).filter { !$0.hasPrefix("annals.") } == ["copy", "diff", "has", "params"])
  }

  @Test func `a name is found as scripts write it, and one that is several things has all pages`() {
    let reference = Self.reference
    #expect(reference.pages(named: "where").map(\.kind) == [.verb])
    #expect(reference.pages(named: "t:where").map(\.name) == ["where"])
    #expect(reference.pages(named: ":where").map(\.name) == ["where"])
    #expect(reference.pages(named: "table").map(\.name) == ["annals.table"])
    #expect(reference.pages(named: "count").map(\.kind) == [.verb, .aggregate])
    #expect(reference.pages(named: "first").map(\.kind) == [.reading, .aggregate])
    #expect(reference.pages(named: "wehre") == [])
    #expect(reference.nearNames(to: "wehre") == ["where"])
    #expect(reference.nearNames(to: "tabel") == ["table"])
  }

  @Test func `no name differs from another in case alone`() {
    let names = Self.reference.names
    #expect(Set(names.map { $0.lowercased() }).count == names.count)
  }

  @Test func `no line for a terminal is longer than 80 characters, examples aside`() {
    let examples = Set(
      Self.reference.pages.flatMap {
        ($0.documentation.example + "\n" + $0.documentation.output).split(separator: "\n")
      })
    let texts = [Self.reference.text] + Self.reference.pages.map(\.text)
    for line in texts.flatMap({ $0.split(separator: "\n") }) where line.count > 80 {
      #expect(examples.contains(line.dropFirst(2)), "\(line)")
    }
  }

  @Test func `the pages of the documentation are these`() throws {
    let folder = Fixture.repository.appending(path: "Documentation/reference")
    let files = Self.reference.files
    if Golden.isUpdated {
      try? FileManager.default.removeItem(at: folder)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for file in files { try Golden.write(file.text, to: folder.appending(path: file.name)) }
      return
    }
    let there = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(there.sorted() == files.map(\.name).sorted())
    for file in files {
      let text = try String(contentsOf: folder.appending(path: file.name), encoding: .utf8)
      #expect(text == file.text, "\(file.name) is not as it is made")
    }
  }
}
