import AnnalsFormats

extension Manifest {
  /// The manifest as `bundle.json`, with members in the order of the format: the same manifest gives
  /// the same bytes.
  package var text: String { JSONValue(content, at: Self.place).text + "\n" }

  private static let place = TextPlace(line: 1, column: 1)

  private var content: JSONValue.Content {
    var members: [JSONMember] = [
      Self.member("format", .integer(Int64(Self.format))),
      Self.member("id", .text(id)),
      Self.member("version", .text(version.description)),
      Self.member("title", .text(title)),
    ]
    if let summary { members.append(Self.member("summary", .text(summary))) }
    members.append(Self.member("authors", .array(authors.map { Self.value(.text($0)) })))
    members.append(Self.member("licence", .text(licence)))
    members.append(Self.member("annals", .text(annals.description)))
    members.append(Self.object("scripts", scripts.map { ($0.name, .text($0.file)) }))
    if !needs.isEmpty { members.append(Self.object("needs", needs.map(\.member))) }
    if !uses.isEmpty {
      members.append(Self.object("uses", uses.map { ($0.id, .text($0.range.description)) }))
    }
    if !permissions.isEmpty { members.append(Self.object("permissions", permissions.members)) }
    if limits != BundleLimits() { members.append(Self.object("limits", limits.members)) }
    if !tests.isEmpty { members.append(Self.object("tests", tests.map(\.member))) }
    if let files { members.append(Self.object("files", files.map(\.member))) }
    return .object(members)
  }

  fileprivate typealias Member = (name: String, content: JSONValue.Content)

  fileprivate static func value(_ content: JSONValue.Content) -> JSONValue {
    JSONValue(content, at: place)
  }

  private static func member(_ name: String, _ content: JSONValue.Content) -> JSONMember {
    JSONMember(name: name, place: place, value: value(content))
  }

  private static func object(_ name: String, _ members: [Member]) -> JSONMember {
    member(name, content(members))
  }

  fileprivate static func content(_ members: [Member]) -> JSONValue.Content {
    .object(members.map { member($0.name, $0.content) })
  }
}

extension NeededTable {
  fileprivate var member: Manifest.Member {
    (name, Manifest.content(columns.map { ($0.name, .text($0.type)) }))
  }
}

extension BundlePermissions {
  fileprivate var members: [Manifest.Member] {
    var members: [Manifest.Member] = []
    if let read { members.append(("read", .text(read))) }
    if let write { members.append(("write", .text(write))) }
    if !environment.isEmpty {
      let variables: [Manifest.Member] = environment.map { ($0.name, .text($0.reason)) }
      members.append(("environment", Manifest.content(variables)))
    }
    return members
  }
}

extension BundleLimits {
  fileprivate var members: [Manifest.Member] {
    [("memory_mib", memory), ("seconds", seconds), ("output_mib", output)].compactMap {
      name, number in
      number.map { (name, .integer(Int64($0))) }
    }
  }
}

extension BundleTest {
  fileprivate var member: Manifest.Member {
    var members: [Manifest.Member] = []
    if let script { members.append(("script", .text(script))) }
    members.append(("data", data.content))
    if !parameters.isEmpty {
      let texts: [Manifest.Member] = parameters.map { ($0.name, .text($0.text)) }
      members.append(("parameters", Manifest.content(texts)))
    }
    if let digits { members.append(("digits", .integer(Int64(digits)))) }
    members.append(("goldens", .array(goldens.map { Manifest.value(.text($0)) })))
    return (name, Manifest.content(members))
  }
}

extension TestData {
  fileprivate var content: JSONValue.Content {
    switch self {
    case .file(let path): .text(path)
    case .named(let name, let hash):
      Manifest.content([("name", .text(name)), ("sha256", .text(hash.text))])
    }
  }
}

extension ListedFile {
  fileprivate var member: Manifest.Member {
    (
      path,
      Manifest.content([
        ("bytes", .integer(Int64(byteCount))), ("sha256", .text(hash.text)),
      ])
    )
  }
}
