import AnnalsBundles
import Testing

/// Archives that break one rule each, and what they are refused for.
@Suite struct HostileArchiveTests {
  /// A change to the archive of ``SmallBundle``, and the first two lines of the message.
  struct Hostile: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let message: String
    let bytes: [UInt8]

    init(_ title: String, _ message: String, _ change: (inout ZipMaker) -> Void) {
      var zip = ZipMaker(SmallBundle.files)
      change(&zip)
      self.init(title, message, bytes: zip.bytes)
    }

    init(_ title: String, _ message: String, bytes: [UInt8]) {
      testDescription = title
      self.message = message
      self.bytes = bytes
    }
  }

  @Test(arguments: shapes + entries + names + contents)
  func `a malformed archive is refused with a message that names what is wrong`(
    _ hostile: Hostile
  ) throws {
    let message = try #require(SmallBundle.refusal(of: hostile.bytes))
    #expect(message.hasPrefix(hostile.message + "\n  fix: "), "\(message)")
  }

  @Test func `the archive that the others are changed from is read`() throws {
    let bundle = try ReportBundle(archive: ZipMaker(SmallBundle.files).bytes, name: "b.annals")
    #expect(bundle.manifest.id == "small")
    #expect(bundle.files.all.map(\.path) == ["lib/one.lua", "report.lua"])
  }

  @Test func `each of the archives is refused for a reason of its own`() {
    let all = Self.shapes + Self.entries + Self.names + Self.contents
    #expect(Set(all.map(\.message)).count == all.count)
    #expect(all.count >= 60)
  }

  @Test func `the mark of zip64 before the end is refused`() throws {
    var zip = ZipMaker(SmallBundle.files)
    zip.beforeEnd = ZipMaker.little(0x0706_4B50 as UInt32) + Array(repeating: 0, count: 16)
    let message = try #require(SmallBundle.refusal(of: zip.bytes))
    #expect(message.hasPrefix("the archive is written for sizes that no bundle has (zip64)"))
  }

  @Test func `an archive that ends anywhere earlier is refused`() {
    let whole = ZipMaker(SmallBundle.files).bytes
    for count in whole.indices {
      #expect(SmallBundle.refusal(of: Array(whole[..<count])) != nil, "cut at \(count)")
    }
  }

  @Test func `an archive with any one byte changed is refused`() {
    let whole = ZipMaker(SmallBundle.files).bytes
    for index in whole.indices {
      for change: UInt8 in [1, 0x20, 0x80] {
        var bytes = whole
        bytes[index] ^= change
        #expect(SmallBundle.refusal(of: bytes) != nil, "byte \(index) changed by \(change)")
      }
    }
  }

  static let shapes = [
    Hostile("no bytes", "the file is no zip archive\n  at:  `b.annals`", bytes: []),
    Hostile(
      "a program before it",
      "something stands before the first entry of the archive\n  at:  `b.annals`"
    ) { $0.before = Array("#!/bin/sh\n".utf8) },
    Hostile("bytes after it", "3 bytes follow the end of the archive\n  at:  `b.annals`") {
      $0.after = [1, 2, 3]
    },
    Hostile(
      "cut", "the archive has no end; the file was cut\n  at:  `b.annals`",
      bytes: Array(ZipMaker(SmallBundle.files).bytes.prefix(100))),
    Hostile("a comment", "the archive has a comment\n  at:  `b.annals`") { $0.comment = [65] },
    Hostile("no entry", "the archive is empty\n  at:  `b.annals`") { $0.entries = [] },
    Hostile("a part of several", "the archive is a part of several\n  at:  `b.annals`") {
      $0.endNumbers = [1, 1, 3, 3]
    },
    Hostile(
      "numbers of zip64",
      "the archive is written for sizes that no bundle has (zip64)\n  at:  `b.annals`"
    ) { $0.endNumbers = [0, 0, 0xFFFF, 0xFFFF] },
    Hostile("two counts", "the archive says two numbers of entries\n  at:  `b.annals`") {
      $0.endNumbers = [0, 0, 2, 3]
    },
    Hostile(
      "too many entries",
      "the archive has 4097 entries, more than the 4096 of a bundle\n  at:  `b.annals`"
    ) { $0.endNumbers = [0, 0, 4097, 4097] },
    Hostile(
      "fewer entries than it says",
      "the directory has not as many entries as the end of the archive says\n  at:  `b.annals`"
    ) { $0.endNumbers = [0, 0, 4, 4] },
    Hostile(
      "a gap before the end",
      "the directory does not stand right before the end of the archive\n  at:  `b.annals`"
    ) { $0.beforeEnd = [0] },
  ]

  static let entries = [
    Hostile("encrypted", "the entry is encrypted\n  at:  `b.annals`, `report.lua`") {
      $0.entries[2].both { $0.flags = 1 }
    },
    Hostile(
      "encrypted strongly", "the entry is encrypted\n  at:  `b.annals`, `lib/one.lua`"
    ) { $0.entries[1].both { $0.flags = 1 << 6 } },
    Hostile(
      "an encrypted directory", "the entry is encrypted\n  at:  `b.annals`, `bundle.json`"
    ) { $0.entries[0].both { $0.flags = 1 << 13 } },
    Hostile(
      "a size behind the data",
      "the size of the entry stands behind its bytes\n  at:  `b.annals`, `report.lua`"
    ) { $0.entries[2].both { $0.flags = 8 } },
    Hostile(
      "flags",
      "the entry has the flags 2048, and a bundle has none\n  at:  `b.annals`, `report.lua`"
    ) { $0.entries[2].both { $0.flags = 2048 } },
    Hostile(
      "a bomb", "the entry is compressed (method 8)\n  at:  `b.annals`, `report.lua`"
    ) {
      $0.entries[2].both {
        $0.method = 8
        $0.size = 0xFFFF_FFF0
      }
    },
    Hostile("a link", "the entry is a link\n  at:  `b.annals`, `report.lua`") {
      $0.entries[2].central.madeBy = 0x0300
      $0.entries[2].central.outerAttributes = 0xA1FF_0000
    },
    Hostile("a folder", "the entry is a folder\n  at:  `b.annals`, `report.lua`") {
      $0.entries[2].central.outerAttributes = 0x41ED_0000
    },
    Hostile(
      "a device", "the entry is a pipe, socket or device\n  at:  `b.annals`, `report.lua`"
    ) { $0.entries[2].central.outerAttributes = 0x2180_0000 },
    Hostile(
      "a program", "the entry has attributes of a file system\n  at:  `b.annals`, `report.lua`"
    ) {
      $0.entries[2].central.madeBy = 0x0314
      $0.entries[2].central.outerAttributes = 0x81ED_0000
    },
    Hostile(
      "an extra field", "the entry has an extra field\n  at:  `b.annals`, `report.lua`"
    ) { $0.entries[2].both { $0.extra = [0x75, 0x70, 0, 0] } },
    Hostile(
      "a comment of an entry", "the entry has a comment\n  at:  `b.annals`, `report.lua`"
    ) { $0.entries[2].central.comment = [65] },
    Hostile(
      "an entry of another disk",
      "the archive is a part of several\n  at:  `b.annals`, `report.lua`"
    ) { $0.entries[2].central.disk = 1 },
    Hostile(
      "two sizes",
      "the entry says that it has 9 bytes here and 10 unpacked\n  at:  `b.annals`, `report.lua`"
    ) { $0.entries[2].both { $0.size = 10 } },
    Hostile(
      "a size of zip64",
      "the archive is written for sizes that no bundle has (zip64)\n  at:  `b.annals`, `report.lua`"
    ) { $0.entries[2].both { $0.size = 0xFFFF_FFFF } },
    Hostile(
      "a size beyond all limits",
      """
      a file has more bytes than it may have: 134217728, and the manifest 1048576
        at:  `b.annals`, `report.lua`
      """
    ) {
      $0.entries[2].both {
        $0.size = 0xFFFF_FFF0
        $0.storedSize = 0xFFFF_FFF0
      }
    },
    Hostile("a time", "the entry bears a time\n  at:  `b.annals`, `report.lua`") {
      $0.entries[2].both { $0.date = 0x5000 }
    },
    Hostile(
      "a version",
      "the entry asks for another version of zip than 1.0\n  at:  `b.annals`, `report.lua`"
    ) { $0.entries[2].both { $0.version = 45 } },
    Hostile("overlap", "the entry lies over another\n  at:  `b.annals`, `lib/one.lua`") {
      $0.entries[1].central.offset = 0
    },
    Hostile(
      "a gap",
      "something stands before the entry that belongs to none\n  at:  `b.annals`, `report.lua`"
    ) { $0.entries[2].gap = [0] },
    Hostile(
      "bytes before the directory",
      "something stands before the directory that belongs to no entry\n  at:  `b.annals`"
    ) { $0.beforeDirectory = [0] },
    Hostile("out of order", "the entry is out of order\n  at:  `b.annals`, `lib/one.lua`") {
      $0.entries.swapAt(1, 2)
    },
    Hostile(
      "no header",
      "the directory leads to a place where no entry is\n  at:  `b.annals`, `report.lua`"
    ) { $0.entries[2].local.signature = 1 },
    Hostile(
      "another name",
      "the entry and the directory say two things of its name\n  at:  `b.annals`, `report.lua`"
    ) { $0.entries[2].local.name = Array("rEport.lua".utf8) },
    Hostile(
      "a longer name",
      "the entry and the directory say two things of its name\n  at:  `b.annals`, `lib/one.lua`"
    ) { $0.entries[1].local.nameCount = 12 },
    Hostile(
      "another size",
      "the entry and the directory say two things of its size\n  at:  `b.annals`, `report.lua`"
    ) { $0.entries[2].local.size = 1 },
    Hostile(
      "another checksum",
      "the entry and the directory say two things of its CRC-32\n  at:  `b.annals`, `report.lua`"
    ) { $0.entries[2].local.checksum = 1 },
    Hostile(
      "another method",
      "the entry and the directory say two things of its compression\n"
        + "  at:  `b.annals`, `report.lua`"
    ) { $0.entries[2].local.method = 8 },
    Hostile(
      "other flags",
      "the entry and the directory say two things of its flags\n  at:  `b.annals`, `report.lua`"
    ) { $0.entries[2].local.flags = 1 },
    Hostile(
      "another version",
      "the entry and the directory say two things of its version\n  at:  `b.annals`, `report.lua`"
    ) { $0.entries[2].local.version = 20 },
    Hostile(
      "another time",
      "the entry and the directory say two things of its time\n  at:  `b.annals`, `report.lua`"
    ) { $0.entries[2].local.time = 1 },
    Hostile(
      "an extra field that the directory lacks",
      "the entry and the directory say two things of its extra field\n"
        + "  at:  `b.annals`, `report.lua`"
    ) { $0.entries[2].local.extra = [1, 2, 3, 4] },
    Hostile(
      "a size beyond the end",
      "the entry says that it has 99 bytes; so many are not there\n  at:  `b.annals`, `report.lua`"
    ) {
      $0.entries[2].both {
        $0.size = 99
        $0.storedSize = 99
      }
    },
    Hostile(
      "a changed byte",
      "the bytes of the entry are not those that were packed (CRC-32)\n"
        + "  at:  `b.annals`, `report.lua`"
    ) { $0.entries[2].data[0] = 0x52 },
  ]

  private static func named(_ name: String, _ title: String, _ problem: String) -> Hostile {
    Hostile(title, problem + "\n  at:  `b.annals`, `\(name)`") { zip in
      zip.entries[2].both { $0.name = Array(name.utf8) }
    }
  }

  static let names = [
    named("../report.lua", "out of the folder", "a path leads out of the bundle by `..`"),
    named("s/../../r.lua", "out by a folder", "a path leads out of the bundle by `..`"),
    named("/etc/passwd", "absolute", "a path begins at the root of the file system"),
    named("C:/r.lua", "a drive", "a path holds a colon, as drives and streams do on Windows"),
    named("report.lua:x", "a stream", "a path holds a colon, as drives and streams do on Windows"),
    named("s\\..\\r.lua", "backslashes", "a path holds a backslash"),
    named("scripts/", "a folder's name", "a folder stands among the files"),
    named("s//r.lua", "an empty part", "a path has an empty part"),
    named("./r.lua", "the same folder", "a path has an empty part"),
    named(".profile", "hidden", "a path has a part that begins with a point"),
    named(
      "-rf.lua", "an option's name", "a path holds a character that not every system can write"),
    named(
      "r\u{E9}port.lua", "beyond ASCII", "a path holds a character that not every system can write"),
    named(
      "r port.lua", "a space", "a path holds a character that not every system can write"),
    named("report.", "a point at the end", "a path has a part that ends with a point"),
    named(
      "s/nul.lua", "a device of Windows", "a path has a part that is a device's name on Windows"),
    named("COM7", "a port of Windows", "a path has a part that is a device's name on Windows"),
    named("lib/one.lua", "twice", "a file is there twice"),
    named(
      "lib/ONE.lua", "differs in case", "a path differs from `lib/one.lua` in case alone"),
    named(
      "Lib/two.lua", "a folder that differs in case", "a path differs from `lib` in case alone"),
    named(
      "lib/one.lua/x", "a file as a folder",
      "`lib/one.lua` is a file, and a folder of this one"),
    named("s/a/b/c/d/e/f/g/r.lua", "deep", "a path has more than 8 parts"),
    named("x.annals", "a bundle", "a bundle lies in the bundle"),
    Hostile("no name", "a file has no name\n  at:  `b.annals`, ``") { zip in
      zip.entries[2].both { $0.name = [] }
    },
    Hostile("a zero byte", "a path holds a zero byte\n  at:  `b.annals`, `r\\u{0}.lua`") { zip in
      zip.entries[2].both { $0.name = Array("r\0.lua".utf8) }
    },
    Hostile(
      "a long name",
      "a path is longer than 200 bytes\n  at:  `b.annals`, `\(String(repeating: "r", count: 60))…`"
    ) { zip in zip.entries[2].both { $0.name = Array(repeating: UInt8(ascii: "r"), count: 201) } },
    Hostile(
      "no text", "the name of an entry is not UTF-8\n  at:  `b.annals`, `r\u{FFFD}.lua`"
    ) { zip in zip.entries[2].both { $0.name = [0x72, 0xFF, 0x2E, 0x6C, 0x75, 0x61] } },
  ]

  private static func holding(_ text: [UInt8], _ title: String, _ problem: String) -> Hostile {
    Hostile(title, problem + "\n  at:  `b.annals`, `report.lua`") {
      $0.entries[2] = ZipMaker.Entry(Array("report.lua".utf8), text)
    }
  }

  static let contents = [
    holding(
      [0x1B, 0x4C, 0x75, 0x61, 0x54], "bytecode",
      "a file is Lua bytecode, which can break the interpreter"),
    Hostile(
      "bytecode below a first line",
      "a file is Lua bytecode, which can break the interpreter\n  at:  `b.annals`, `lib/one.lua`"
    ) {
      $0.entries[1] = ZipMaker.Entry(
        Array("lib/one.lua".utf8), Array("#!lua\n".utf8) + [0x1B, 0x4C, 0x75, 0x61])
    },
    holding(
      Array("return 2\n".utf8), "another file",
      """
      a file is not what was packed: its SHA-256 is \
      b0de5faefd596e87ad9e4f729f28b548c48c62fe8853f096ce8ef528618ab102, and the manifest says \
      0805bfdc02e872ed322a4a4e440ae985f3a4335f4dd59f3d373dfaf2a68a4a3c
      """),
    holding(
      Array("return 10\n".utf8), "a longer file", "a file has 10 bytes, and the manifest says 9"),
    Hostile("no manifest", "the bundle has no `bundle.json`\n  at:  `b.annals`") {
      $0.entries.removeFirst()
    },
    Hostile(
      "a file that is not there",
      "a file that the manifest names is not there\n  at:  `b.annals`, `lib/one.lua`"
    ) { $0.entries.remove(at: 1) },
    Hostile(
      "a file more", "a file is not in the list of the manifest\n  at:  `b.annals`, `z.lua`"
    ) { $0.entries.append(ZipMaker.Entry("z.lua", "")) },
  ]
}
