import Foundation
import Testing

/// Sessions at a terminal: what is typed, and what then stands on the screen.
@Suite(
  .enabled(if: TerminalSession.isThere, "tmux is not installed, so no terminal was tried"),
  .serialized)
struct TerminalSessionTests {
  /// A session on a dataset of three events, of which the greeting was seen.
  func session(columns: Int = 64, rows: Int = 20) async throws -> TerminalSession {
    let session = try TerminalSession(
      columns: columns, rows: rows, "--data", "Tests/AnnalsCommandTests/Fixtures/town")
    try await session.expectEnd("`.help` lists the commands, Tab completes, Ctrl-D leaves.\n>")
    return session
  }

  @Test func `who comes first sees the dataset, what to try, and how to leave`() async throws {
    let session = try await session()
    try await session.expect(
      """
      town: Three days in a town (made up)
      events 3, figures 2
      2031-03-04 to 2031-03-05

      to try:
        data.events:where("date ~= nil"):count("date"):sort("date")
        data.events:take(5)
        data.figures:take(5)

      `.help` lists the commands, Tab completes, Ctrl-D leaves.
      >
      """)
    try session.press("C-d")
    try await session.expectEnd("\nstatus 0")
  }

  @Test func `what is typed is answered`() async throws {
    let session = try await session()
    try session.type("1 + 1")
    try session.press("Enter")
    try await session.expectEnd("> 1 + 1\n2\n>")
    try session.type("data.evnts")
    try session.press("Enter")
    try await session.expectEnd(
      """
      > data.evnts
      error: the dataset has no table `evnts`
        at:  input 2:1
        fix: did you mean `events`?
      >
      """)
  }

  @Test func `who types a command as a word is told how commands begin`() async throws {
    let session = try await session()
    try session.type("exit")
    try session.press("Enter")
    try await session.expectEnd("> exit\nnil\ncommands begin with a dot: `.quit`\n>")
    try session.type("quit = 1")
    try session.press("Enter")
    try await session.expectEnd("\n> quit = 1\n>")
    try session.type("quit")
    try session.press("Enter")
    try await session.expectEnd("\n> quit\n1\n>")
  }

  @Test func `a block of several lines is typed line by line`() async throws {
    let session = try await session()
    try session.type("for i = 1, 2 do")
    try session.press("Enter")
    try session.type("print(i)")
    try session.press("Enter")
    try session.type("end")
    try session.press("Enter")
    try await session.expectEnd(
      """
      > for i = 1, 2 do
      …   print(i)
      … end
      1
      2
      >
      """)
  }

  @Test func `a column is completed, and what it is compared with`() async throws {
    let session = try TerminalSession(columns: 76, rows: 20)
    try await session.expectEnd("Ctrl-D leaves.\n>")
    try session.type("data.places:where(\"coun")
    try session.press("Tab")
    try session.type(" == 'Kyr")
    try session.press("Tab")
    try session.type("\"):select(\"id\", \"name\")")
    try session.press("Enter")
    try await session.expectEnd(
      """
      > data.places:where("country == 'Kyrgyzstan'"):select("id", "name")
      id            name
      text          text
      ────────────  ──────────
      p-kyrgyzstan  Kyrgyzstan
      p-bishkek     Bishkek
      2 rows, 2 columns
      >
      """)
  }

  @Test func `what is pasted is one block, and runs when it is sent`() async throws {
    let session = try await session()
    try session.paste("list = {\n  1,\n\t2}\nprint(#list)\nlist[1]")
    try await session.expectEnd(
      """
      > list = {
      …   1,
      …   2}
      … print(#list)
      … list[1]
      """)
    try session.press("Enter")
    try await session.expectEnd("… list[1]\n2\n1\n>")
  }

  @Test func `the last block comes back with Up`() async throws {
    let session = try await session()
    try session.type("10 + 1")
    try session.press("Enter")
    try await session.expectEnd("\n11\n>")
    try session.press("Up", "BSpace")
    try session.type("5")
    try session.press("Enter")
    try await session.expectEnd("> 10 + 5\n15\n>")
    try session.type(".edit 1")
    try session.press("Enter")
    try await session.expectEnd("> .edit 1\n> 10 + 1")
  }

  @Test(arguments: [
    "while true do end",
    "('a'):rep(1000000):find(('a*'):rep(30)..'b')",
    "pcall(function() while true do end end)",
  ])
  func `Ctrl-C ends a loop and a pattern, and the console goes on`(_ block: String) async throws {
    let session = try await session()
    try session.type("print('begun'); " + block)
    try session.press("Enter")
    try await session.expectEnd("\nrunning for 1 s; Ctrl-C stops it")
    try session.press("C-c")
    try await session.expectEnd("\nbegun\ninterrupted\n>")
    try session.type("1 + 1")
    try session.press("Enter")
    try await session.expectEnd("\n2\n>")
  }

  @Test func `Ctrl-C ends a plan, and the console goes on`() async throws {
    let session = try TerminalSession(columns: 76, rows: 20)
    try await session.expectEnd("Ctrl-D leaves.\n>")
    try session.type("u = data.participations:select(\"id\")")
    try session.press("Enter")
    try session.type("v = u:join(u, nil, \"cross\"):join(u:rename{b = \"id\"}, nil, \"cross\")")
    try session.press("Enter")
    try session.type("#v:join(u:rename{c = \"id\"}, nil, \"cross\"):where(\"id > c\")")
    try session.press("Enter")
    try await session.expectEnd("\nrunning for 1 s; Ctrl-C stops it")
    try session.press("C-c")
    try await session.expectEnd("\ninterrupted\n>")
    try session.type("#u")
    try session.press("Enter")
    try await session.expectEnd("\n49\n>")
  }

  @Test func `Ctrl-Z stops the console, and what was typed is there when it goes on`() async throws
  {
    let session = try TerminalSession.shell(columns: 64, rows: 20)
    try await session.expectEnd("$")
    try session.type("annals console --data Tests/AnnalsCommandTests/Fixtures/town")
    try session.press("Enter")
    try await session.expectEnd("Ctrl-D leaves.\n>")
    try session.type("1 + 1")
    try session.press("C-z")
    try await session.expectEnd("\n$")
    try session.press("C-l")
    try session.type("stty -a | grep -o -w -e -icanon -e icanon -e -echo -e echo")
    try session.press("Enter")
    try await session.expectEnd("\nicanon\necho\n$")
    try session.type("clear; fg")
    try session.press("Enter")
    try await session.expect(
      """
      annals console --data Tests/AnnalsCommandTests/Fixtures/town
      > 1 + 1
      """)
    try session.press("Enter")
    try await session.expectEnd("\n> 1 + 1\n2\n>")
    try session.press("C-d")
    try await session.expectEnd("\n$")
  }

  @Test func `the pager shows what it showed when the terminal gets another size`() async throws {
    let session = try await session()
    try session.type("x = {}; for i = 1, 50 do x[i] = 'entry ' .. i end")
    try session.press("Enter")
    try await session.expectEnd("end\n>")
    try session.type("x")
    try session.press("Enter")
    try await session.expectEnd("q leaves")
    try session.press("Space")
    try await session.expectEnd("lines 20–38 of 52  space b ↑ ↓ / n, q leaves")
    try session.resize(columns: 50, rows: 4)
    try await session.expect(
      """
        "entry 19",
        "entry 20",
        "entry 21",
      lines 20–22 of 52  space b ↑ ↓ / n, q leaves
      """)
    try session.type("q")
    try await session.expectEnd("\n>")
  }

  @Test func `tables fit the terminal as it is now`() async throws {
    let session = try await session()
    try session.resize(columns: 40, rows: 20)
    try session.type("data.events")
    try session.press("Enter")
    try await session.expectEnd(
      """
      > data.events
      id    date        title
      text  day         text
      ────  ──────────  ───────────────
      e1    2031-03-04  March, with "f…
      e2    2031-03-05  Sit-in | noon
      e3    ·           Iğdır ILIK
      3 rows, 5 columns
      … not shown: 2 of 5 columns; `.mode rec…
        crowd, share
      >
      """)
  }

  @Test func `letters of all widths stand in their columns`() async throws {
    let session = try await session()
    try session.type("annals.table({{\"Алматы\", \"протест\", 12}, {\"東京\", \"デモ\", 3}},")
    try session.press("Enter")
    try session.type("{\"город\", \"событие\", \"n\"})")
    try session.press("Enter")
    try await session.expectEnd(
      """
      город   событие        n
      text    text     integer
      ──────  ───────  ───────
      Алматы  протест       12
      東京    デモ           3
      2 rows, 3 columns
      >
      """)
  }
}

extension TerminalSessionTests {
  @Test func `a script that fails under --break opens the console at its line`() async throws {
    let folder = try TemporaryFolder()
    let script = try folder.write(BreakTests.failing, to: "weights.lua")
    let session = try TerminalSession(
      command: "run", columns: 72, rows: 24,
      script, "--break", "--data", "Tests/AnnalsCommandTests/Fixtures/town")
    try await session.expect(
      """
      begun
      annals: attempt to perform arithmetic on a nil value (field 'crowd')
        at:  weights.lua:4
        by:  weights.lua:7

         2  local function weight(row)
         3    local label = row.title
      →  4    return row.crowd * rate
         5  end
         6  print("begun")

      row    row      {id = "e2", date = 2031-03-05, title = "Sit-in | noon",…
      label  text     Sit-in | noon
      rate   integer  2

      Read and set them by name; `.help` lists the commands, Ctrl-D leaves.
      >
      """)
    try session.type("lab")
    try session.press("Tab", "Enter")
    try await session.expectEnd("> label\nSit-in | noon\n>")
    try session.press("C-d")
    try await session.expectEnd("\nstatus 1")
  }
}
