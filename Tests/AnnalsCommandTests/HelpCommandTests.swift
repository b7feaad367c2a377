import Testing

@Suite struct HelpCommandTests {
  let annals = AnnalsProcess()

  @Test func `a page tells the call, the rules, an example and what it gives`() async throws {
    let result = try await annals.run("help", "take")
    #expect(result.status == 0)
    #expect(result.error == "")
    #expect(
      result.output == """
        take: a verb of tables

          t:take(n)

        Gives the first n rows.

          rows    All of them, if there are fewer.
          groups  Groups stay; the rows are counted over the whole table. For each group
                  there is `top`.
          errors  A number below 0 is refused.

        example
          local t = annals.table({{1}, {2}, {3}}, {"n"})
          return t:take(2)

        gives
          n
          ─
          1
          2

        """)
  }

  @Test func `a name that is several things shows them all`() async throws {
    let output = try await annals.run("help", "count").output
    #expect(output.hasPrefix("count: a verb of tables\n"))
    #expect(output.contains("\n\n\ncount: a function of a group, in `aggregate`"))
  }

  @Test func `without a name everything is listed by kind`() async throws {
    let result = try await annals.run("help")
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("Verbs of tables. Each makes a new table"))
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(lines.contains("  take            Gives the first n rows."))
    #expect(
      lines.last
        == "`annals help NAME` explains one of them. `annals --help` lists the commands.")
  }

  @Test func `an unknown name ends with status 64 and near names`() async throws {
    let near = try await annals.run("help", "agregate")
    #expect(near.status == 64)
    #expect(near.output == "")
    #expect(
      near.error == """
        annals: there is no verb or function `agregate`
          fix: did you mean `aggregate`?

        """)
    let far = try await annals.run("help", "xylophone")
    #expect(far.status == 64)
    #expect(far.error.hasSuffix("  fix: `annals help` lists them all\n"))
  }

  @Test func `the name of a command shows its help`() async throws {
    let result = try await annals.run("help", "run")
    #expect(result.status == 0)
    #expect(result.output.hasPrefix("OVERVIEW: Run a report script, or one of a bundle."))
  }
}
