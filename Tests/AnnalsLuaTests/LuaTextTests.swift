import AnnalsLua
import Testing

@Suite struct LuaTextTests {
  @Test func `texts keep their zeros and bytes that are no UTF-8`() throws {
    try Host.with { state, _ throws in
      let bytes: [UInt8] = [0x61, 0x00, 0xFF, 0x62]
      let values = try state.run("return ..., #...", .string(LuaText(bytes: bytes)))
      #expect(values.first?.text?.bytes == bytes)
      #expect(values.first?.text?.string == "a\0\u{FFFD}b")
      #expect(values.last?.isInteger(4) == true)
    }
  }

  @Test func `a host function reads bytes as they are`() throws {
    try Host.with { state, _ throws in
      try state.define("sum") { call in
        let sum = call.withBytes(at: 1) { bytes in
          bytes.indices.reduce(0) { $0 + Int(bytes[$1]) }
        }
        call.push(sum ?? -1)
        call.push(call.string(at: 1) ?? "none")
      }
      let values = try state.run("return sum('\\0\\1\\255')")
      #expect(values.first?.isInteger(256) == true)
      #expect(values.last?.text?.string == "\0\u{1}\u{FFFD}")
      #expect(try state.text("return sum(12)") == "-1")
    }
  }

  @Test func `short texts are known by their address`() throws {
    try Host.with { state, _ throws in
      let name = try state.keep(.string("killed"))
      var addresses: [UInt?] = []
      try state.define("note") { call in addresses.append(call.textAddress(at: 1)) }
      try state.run("note('kil' .. 'led') note('killed') note('wounded') note(1)")
      #expect(addresses[0] == addresses[1])
      #expect(addresses[0] != addresses[2])
      #expect(addresses[3] == nil)
      #expect(try state.value(of: name).text == "killed")
    }
  }
}
