import Annals
import AnnalsConsole
import AnnalsPlatform
import ArgumentParser
import Foundation
import Testing

@testable import AnnalsCommand

/// What is offered at the cursor, which stands at `|`. The dataset is the shipped one.
@Suite struct CompletionTests {
  /// What a session that has run some lines answers.
  func answer<Answer>(
    _ marked: String, after lines: [String] = [],
    _ ask: (ConsoleAssistant, String, Int) -> Answer
  ) throws -> Answer {
    let parts = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    return try session(after: lines) { _, assistant throws(ScriptError) in
      ask(assistant, parts.joined(), parts[0].utf8.count)
    }
  }

  /// What an expression is once completions were asked for.
  func shown(
    _ expression: String, after lines: [String], completing texts: [String]
  ) throws -> String {
    try session(after: lines) { session, assistant throws(ScriptError) in
      for marked in texts {
        let text = marked.replacing("|", with: "")
        _ = assistant.completions(in: text, at: text.utf8.count)
      }
      guard let answer = try session.evaluate(expression, name: "line").first,
        case .text(let text) = try answer.content(width: 80)
      else { return "" }
      return text
    }
  }

  func session<Result>(
    after lines: [String],
    _ body: (ConsoleSession, ConsoleAssistant) throws(ScriptError) -> Result
  ) throws -> Result {
    let dataset = try Dataset.open(AnnalsProcess.repository.path + "/Datasets/kazakhstan-2022")
    let run = ScriptRun(dataset: dataset)
    return try run.console(output: { _ in }) { session throws(ScriptError) in
      for line in lines { _ = try session.evaluate(line, name: "line") }
      let files: ConsoleFiles
      do throws(CommandError) {
        files = try ConsoleFiles(PermissionOptions.parseOrExit([]), modules: [], dataset: nil)
      } catch { preconditionFailure("nothing is granted that could be missing") }
      let assistant = ConsoleAssistant()
      let editor = LineEditor(assistant: assistant, historyPath: nil)
      let console = Console(
        session, files: files, editor: editor, output: ConsoleOutput(),
        interrupt: ConsoleInterrupt(), threadCount: 1)
      assistant.console = console
      return try withExtendedLifetime(console) { () throws(ScriptError) in
        try body(session, assistant)
      }
    }
  }

  func offered(_ marked: String, after lines: [String] = []) throws -> [String] {
    try answer(marked, after: lines) { assistant, text, offset in
      assistant.completions(in: text, at: offset).candidates.map(\.text)
    }
  }

  /// The text with its only candidate in place.
  func completed(_ marked: String, after lines: [String] = []) throws -> String? {
    try answer(marked, after: lines) { assistant, text, offset in
      let completions = assistant.completions(in: text, at: offset)
      guard completions.candidates.count == 1 else { return nil }
      var bytes = Array(text.utf8)
      bytes.replaceSubrange(completions.range, with: completions.candidates[0].text.utf8)
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  func hint(_ marked: String) throws -> String? {
    try answer(marked) { assistant, text, offset in assistant.hint(for: text, at: offset) }
  }

  // MARK: Names

  @Test func `globals are offered by their beginning`() throws {
    #expect(try offered("dat|") == ["data"])
    #expect(try offered("x = ann|") == ["annals"])
    #expect(try offered("weigh|", after: ["weight = 1"]) == ["weight"])
  }

  @Test func `words of Lua and names of the block are offered`() throws {
    #expect(try offered("local total = 1\nprint(tot|") == ["total"])
    #expect(try offered("whi|") == ["while"])
  }

  @Test func `fields of data are its tables, and those of tables their keys`() throws {
    #expect(try offered("data.fig|") == ["figures"])
    #expect(try offered("string.rep|") == [])
    #expect(try offered("string.re|") == ["rep", "reverse"])
    #expect(try offered("annals.ta|") == ["table"])
    #expect(try offered("t.inner.|", after: ["t = {inner = {deep = 1}}"]) == ["deep"])
  }

  @Test func `fields that a table inherits are offered, without calling anything`() throws {
    let lines = [
      "called = 0",
      "t = setmetatable({own = 1}, {__index = {inherited = 1}})",
      "f = setmetatable({own = 1}, {__index = function() called = called + 1 end})",
    ]
    #expect(try offered("t.|", after: lines) == ["inherited", "own"])
    #expect(try offered("f.|", after: lines) == ["own"])
    #expect(try shown("called", after: lines, completing: ["f.x.|", "f.|"]) == "0")
  }

  @Test func `verbs follow the colon of a table, with their signatures`() throws {
    let candidates = try answer("data.events:whe|") { assistant, text, offset in
      assistant.completions(in: text, at: offset).candidates
    }
    #expect(candidates == [.init("where", note: "t:where(formula, bindings)")])
    #expect(try offered("data:h|") == ["has"])
    #expect(try offered("(\"a\"):up|") == [])
    #expect(try offered("s:up|", after: ["s = 'a'"]) == ["upper"])
  }

  // MARK: Formulas

  @Test func `columns are offered in formulas, and paths through references`() throws {
    #expect(try offered("data.events:where(\"date_p|") == ["date_precision"])
    #expect(try offered("data.participations:group(\"event.pl|") == ["place", "place_basis"])
    #expect(try offered("data.participations:group(\"event.place.coun|") == ["country"])
    #expect(try offered("data.figures:sort(\"-value.|") == ["low", "best", "high"])
    #expect(try offered("data.events:where('status == nil and subt|") == ["subtype"])
    #expect(try offered("data.events:select(\"id\", \"tit|\")") == ["title"])
    #expect(try offered("data.events:where[[loca|") == ["locator"])
  }

  @Test func `columns are those of the table that the verbs have made`() throws {
    let counted = "data.events:count(\"type\")"
    #expect(try offered(counted + ":sort(\"|").prefix(2) == ["type", "n"])
    #expect(
      try offered("data.figures:group(\"measure\"):aggregate(\"toll = count()\"):sort(\"-to|")
        == ["toll"])
    #expect(try offered("t:where(\"n|", after: ["t = " + counted]).contains("n") == false)
    #expect(try offered("t:where(\"ty|", after: ["t = " + counted]) == ["type"])
    #expect(try offered("t = " + counted + "\nt:where(\"ty|") == ["type"])
  }

  @Test func `a verb with more than literals leaves the columns as they were`() throws {
    #expect(try offered("data.events:where(f):sort(\"tit|") == ["title"])
    #expect(try offered("data.events:where(\"id == $x\", {x = y}):sort(\"tit|") == ["title"])
  }

  @Test func `a function that computes a column is not called`() throws {
    let lines = [
      "called = 0",
      "t = data.events:derive('extra', function(e) called = called + 1 return 1 end)",
    ]
    #expect(try offered("t:where(\"tit|", after: lines) == ["title"])
    #expect(try shown("called", after: lines, completing: ["t:where(\"tit|"]) == "0")
  }

  @Test func `functions are offered by what the verb can use`() throws {
    #expect(try offered("data.events:where(\"medi|") == [])
    #expect(try offered("data.figures:aggregate(\"m = medi|") == ["median("])
    #expect(try offered("data.events:derive(\"r = row_n|") == ["row_number("])
    #expect(try offered("data.events:where(\"starts_w|") == ["starts_with("])
  }

  @Test func `values of the data are offered where a column is compared`() throws {
    #expect(
      try completed("data.places:where(\"country == 'Kaz|")
        == "data.places:where(\"country == 'Kazakhstan'")
    #expect(
      try completed("data.places:where('country == \"kaz|")
        == "data.places:where('country == \"Kazakhstan\"")
    #expect(
      try completed("data.events:where(\"place.country ~= \\\"Kyr|")
        == "data.events:where(\"place.country ~= \\\"Kyrgyzstan\\\"")
    #expect(
      try completed("data.places:where(\"country in {'Kazakhstan', 'Ky|")
        == "data.places:where(\"country in {'Kazakhstan', 'Kyrgyzstan'")
    #expect(
      try completed("data.places:where(\"starts_with(country, 'Kaz|")
        == "data.places:where(\"starts_with(country, 'Kazakhstan'")
    #expect(
      try completed("data.places:where{country = \"Kaz|")
        == "data.places:where{country = \"Kazakhstan\"")
    #expect(try offered("data.places:where(\"name == 'nowhere|") == [])
  }

  @Test func `a value with marks is written so that it stays one text`() throws {
    let lines = ["t = annals.table({{'it\\'s \"so\\\\'}}, {'name'})"]
    #expect(
      try completed("t:where(\"name == 'it|", after: lines)
        == #"t:where("name == 'it\\'s \"so\\\\'"#)
  }

  @Test func `what a verb takes beside formulas is offered`() throws {
    #expect(try offered("data.figures:resolve(\"h|") == ["highest"])
    #expect(try offered("data.events:join(t, \"id\", \"se|") == ["semi"])
    #expect(try offered("data:has(\"fig|") == ["figures"])
  }

  @Test func `nothing is offered in comments and other texts`() throws {
    #expect(try offered("-- dat|") == [])
    #expect(try offered("x = \"dat|") == [])
    #expect(try offered("print(\"dat|") == [])
  }

  // MARK: Commands

  @Test func `commands and what they take are offered`() throws {
    #expect(try offered(".ta|") == [".tables"])
    #expect(try offered(".mode r|") == ["records"])
    #expect(try offered(".help row_n|") == ["row_number"])
    #expect(try offered(".schema fac|") == ["facts"])
    #expect(
      try completed(".explain data.events:where(\"date_b|")
        == ".explain data.events:where(\"date_basis")
    #expect(try offered(".timer |") == ["off", "on"])
  }

  // MARK: Hints

  @Test func `the hint is the signature of what the cursor stands in`() throws {
    let take = "t:take(n)  Gives the first n rows."
    #expect(try hint("data.events:take(|") == take)
    #expect(try hint("data.events:take|") == take)
    #expect(
      try hint("data.events:aggregate(\"t = sum(|")?.hasPrefix("sum(x)") == true)
    #expect(try hint("data.events:where(\"date|")?.hasPrefix("t:where(formula, bindings)") == true)
    #expect(try hint("annals.days(|")?.hasPrefix("days(") == true)
    #expect(try hint(".save |")?.hasPrefix(".save FILE [TABLE]  Writes") == true)
    #expect(try hint("print(|") == nil)
  }
}
