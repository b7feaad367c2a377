import AnnalsLua
import Testing

/// Our string, table and utf8 functions against Lua's own, which a trusted script gets.
@Suite struct LuaTwinTests {
  @Test(arguments: [1, 2, 3])
  func `our library functions give what those of Lua give, to the messages`(seed: Int) throws {
    let source = "local seed = \(seed)\n" + Self.source
    let lines = try [false, true].map { isTrusted in
      let state = try LuaState(isTrusted: isTrusted) { _ in }
      defer { state.close() }
      return try state.text(source).split(separator: "\n", omittingEmptySubsequences: false)
    }
    #expect(lines[0].count == 8001)
    for (ours, theirs) in zip(lines[0], lines[1]) { #expect(ours == theirs) }
  }

  /// Calls functions with random arguments, and gives a line for each call.
  private static let source = #"""
    local function random(n)
      seed = (seed * 1103515245 + 12345) % 2147483648
      return (seed // 65536) % n
    end
    local function pick(t) return t[random(t.n or #t) + 1] end
    local function maybe(t) t.n = #t + 1 return pick(t) end
    local atoms = {"a", "b", ".", "%a", "%d", "%s", "%w", "[ab]", "[^a]", "[a-c]", "[%a_]", "(", ")", "()",
      "%1", "%2", "%b()", "%f[%w]", "*", "+", "-", "?", "^", "$", "%", "[", "]", "%f", "%b", "%bx", "x",
      "1", " ", "\0", "%%", "[]]", "[^]]", "[a-]", "%A", "%x", "%l", "%u", "%p", "%g", "%c", "%z", "[%]]",
      "%0"}
    local letters = {"a", "b", "c", "(", ")", "1", " ", "x", "\0", "_", "%", "]", "é"}
    local function join(from, n)
      local t = {}
      for i = 1, random(n) do t[i] = pick(from) end
      return table.concat(t)
    end
    local function show(...)
      local t = {}
      for i = 1, select("#", ...) do
        local v = select(i, ...)
        t[i] = type(v) == "string" and string.format("%q", v) or tostring(v)
      end
      return (table.concat(t, ","):gsub("0x%x%x%x%x+ *", "address"):gsub("\n", "n"))
    end
    local replacements = {"x", "%0", "%1", "%2", "%%", "%", "<%0%1>", "%x", 7, true,
      {a = 1, b = false, ab = "AB"}, function(a, b) return b end,
      function(...) return select("#", ...) end, function() return {} end}
    local texts = {"aé€😀b", "\xff", "a\x80b", "é\xc3", "\u{7FFFFFFF}z", "\xed\xa0\x80", "",
      "\xf4\x90\x80\x80", "\xfe\xbf", "\xc0\x80"}
    local formats = {"%s", "%5s", "%-5s|", "%.2s", "%d", "%5.1f", "%q", "%x", "%%%s", "%", "%z", "%5",
      "%c", "%i %i", "%s %s", "%10.3q", "%p", "%.3p", "%-20p", "%05p", "%a", "\0%s", "%s\0", "%123s",
      "% d", "%+d", "%#x"}
    local plain = {"%d", "%s", "%f", "%5.1f", "%.0f", "%.f", "%12.3f", "%99.99f", "%.2f", "%%", "x", ", ",
      "\0", "é", "%d", "%s", "%05.1f", "%123f", "%1.234f", "%-5.1f", "%3", "%.", "%i"}
    local numbers = {0, 7, -7, math.mininteger, math.maxinteger, 2.0, -0.0, 0.125, 2 / 3, -1e308, 1 / 0,
      0 / 0, 12345678.9}
    local functions = {
      function(s, p, from) return pcall(string.find, s, p, from) end,
      function(s, p, from) return pcall(string.match, s, p, from) end,
      function(s, p) return pcall(string.gsub, s, p, pick(replacements), maybe{0, 1, 2, -1}) end,
      function(s, p, from)
        return pcall(function()
          local t = {}
          for a, b, c in string.gmatch(s, p, from) do t[#t + 1] = show(a, b, c) end
          return table.concat(t, ";")
        end)
      end,
      function(s, p, from) return pcall(string.find, s, join(letters, 3), from, true) end,
      function(s)
        return pcall(string.rep, s .. "a", pick{0, 1, 2, 3, 7, -1, 2.0, 1.5, "3", 1 << 40},
          maybe{"", "--", ","})
      end,
      function()
        local t, calls = {}, 0
        for k = 1, random(95) do t[k] = random(20) end
        local before = maybe{
          function(a, b) calls = calls + 1 return a < b end, function(a, b) return a > b end,
          function(a, b) return a % 5 < b % 5 end, function() return true end,
          function() return false end, function(a, b) return a <= b end}
        local ok, message = pcall(table.sort, t, before)
        return ok, message, calls, table.concat(t, " ")
      end,
      function()
        local t = {1, 2, 3, nil, 5}
        local ok, result = pcall(pick{
          function() return table.insert(t, pick{1, 2, 3, 9, -1, 0, "2", 1.5}, "z") end,
          function() return table.insert(t, "z") end,
          function() return table.insert(t) end,
          function() return table.move(t, pick{1, 2, 3}, pick{1, 3, 5}, pick{1, 2, 4}) == t end,
          function() return table.move(t, math.mininteger, pick{1, 3}, 1) end,
          function() return table.move(t, 1, 3, math.maxinteger) end,
          function() return table.concat(t, maybe{",", 1}, maybe{1, 2, 5}, maybe{3, 4, 9}) end})
        return ok, result, #t, pcall(table.concat, t, " ")
      end,
      function()
        local t = {1, 2, 3}
        return select(2, pcall(table.remove, t, maybe{1, 2, 3, 4})), table.concat(t, " ")
      end,
      function()
        local s = pick(texts)
        return pcall(utf8.len, s, maybe{1, 2, 3, -1, -2, 0, 20}, maybe{1, 2, -1, 5, 30}, maybe{true})
      end,
      function()
        return pcall(utf8.offset, pick(texts), pick{0, 1, 2, 3, -1, -2, -9, 9},
          maybe{1, 2, 3, 4, 5, -1, 9})
      end,
      function(s)
        return pcall(string.format, pick(formats), pick{s, 1, 1.5, "12", true, 65}, maybe{s, 3})
      end,
      function(s)
        local arguments = {}
        for k = 1, random(9) do arguments[k] = pick{pick(numbers), pick(numbers), s, "12", "a\0b", true} end
        return pcall(string.format, join(plain, 9), table.unpack(arguments))
      end,
      function(s) return s:lower(), s:upper(), s:reverse() end,
      function(s)
        local long = s .. ("ab"):rep(pick{1, 200, 32768, 40000}) .. "c"
        local r = long:rep(pick{1, 2, 3, 5}, maybe{",", ";;"})
        local from = random(#r) + 1
        return #r, r:sub(from, from + 9), r:sub(-9), r:find("c", from, true)
      end,
      function(s)
        return pcall(string.format, ("x"):rep(300) .. "%s %p %s", pick{s, 1, nil}, maybe{1})
      end,
    }
    local lines = {}
    for i = 1, 8000 do
      local which = random(#functions) + 1
      lines[i] = which .. ": "
        .. show(functions[which](join(letters, 12), join(atoms, 6), maybe{1, 2, -1, -3, 0, 20, 5}))
    end
    return table.concat(lines, "\n") .. "\n"
    """#
}
