import AnnalsConsole
import Testing

@Suite struct LuaTokensTests {
  /// Each token as `kind text`, with `…` after one whose end is missing.
  private func tokens(_ text: String) -> [String] {
    LuaTokens.all(in: text).map {
      "\($0.kind) \($0.text(in: text))" + ($0.isFinished ? "" : "…")
    }
  }

  @Test func `names, keywords, numbers and marks are told apart`() {
    #expect(
      tokens("local n_2 = t[1]:where(0x1p-4, .5e+3)//2") == [
        "keyword local", "name n_2", "symbol =", "name t", "symbol [", "number 1", "symbol ]",
        "symbol :", "name where", "symbol (", "number 0x1p-4", "symbol ,", "number .5e+3",
        "symbol )", "symbol //", "number 2",
      ])
  }

  @Test func `a word that begins with a keyword is a name`() {
    #expect(
      tokens("ending end_ end functional") == [
        "name ending", "name end_", "keyword end", "name functional",
      ])
  }

  @Test func `marks of several bytes are one token`() {
    #expect(
      tokens("a...b..c.d::e<<f>=g~=h~i") == [
        "name a", "symbol ...", "name b", "symbol ..", "name c", "symbol .", "name d", "symbol ::",
        "name e", "symbol <<", "name f", "symbol >=", "name g", "symbol ~=", "name h", "symbol ~",
        "name i",
      ])
  }

  @Test func `two dots after a number join texts`() {
    #expect(tokens("1..x") == ["number 1", "symbol ..", "name x"])
  }

  @Test func `strings end at their own quote, and an escape may hold it`() {
    #expect(tokens(#"'it\'s' "a'b" x"#) == [#"string 'it\'s'"#, #"string "a'b""#, "name x"])
  }

  @Test func `a string that is not closed ends with its line`() {
    #expect(tokens("\"event.pl\nx") == ["string \"event.pl…", "name x"])
    #expect(tokens("\"abc\\") == ["string \"abc\\…"])
  }

  @Test func `an escaped line break and a skip of blanks go on with the string`() {
    #expect(tokens("'a\\\nb' c") == ["string 'a\\\nb'", "name c"])
    #expect(tokens("'a\\z  \n\n b' c") == ["string 'a\\z  \n\n b'", "name c"])
  }

  @Test func `long brackets close at their own level`() {
    #expect(tokens("[==[ ]] ]=] ]==] x") == ["longString [==[ ]] ]=] ]==]", "name x"])
    #expect(tokens("[=[ open") == ["longString [=[ open…"])
    #expect(tokens("a[=b") == ["name a", "symbol [", "symbol =", "name b"])
  }

  @Test func `comments run to the end of the line or of their bracket`() {
    #expect(tokens("x -- y [[\nz") == ["name x", "comment -- y [[", "name z"])
    #expect(
      tokens("--[[ a\n]] z --[=[ b") == [
        "longComment --[[ a\n]]", "name z", "longComment --[=[ b…",
      ])
  }

  @Test func `what is no Lua is one token for each run`() {
    #expect(
      tokens("a = Шымкент ? 1") == [
        "name a", "symbol =", "invalid Шымкент", "invalid ?", "number 1",
      ])
  }

  @Test func `a scan may begin at any token and finds the same ones`() {
    let text = "local t = { [1] = 'a', [[b]] } -- end\nreturn #t .. 5e-3"
    let all = LuaTokens.all(in: text)
    for (index, token) in all.enumerated() {
      var rest = LuaTokens(from: token.range.lowerBound)
      let bytes = text.utf8.span
      for expected in all[index...] { #expect(rest.next(in: bytes) == expected) }
      #expect(rest.next(in: bytes) == nil)
    }
  }

  @Test func `a token's text of another text is cut to what is there`() {
    #expect(LuaToken(.name, 2..<9).text(in: "abcd") == "cd")
    #expect(LuaToken(.name, 7..<9).text(in: "abcd") == "")
  }
}
