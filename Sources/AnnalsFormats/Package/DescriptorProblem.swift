/// What is wrong in the description of a dataset (`datapackage.json`, or a schema file beside it).
public enum DescriptorProblem: Hashable, Sendable {
  /// A property has a value of another kind than the standard says.
  case wrongKind(property: String, found: String, needed: String)
  case missingProperty(String, of: String)
  /// The standard allows it, but it is not supported here.
  case unsupported(property: String, value: String, supported: [String])
  /// A path that leads out of the dataset's folder.
  case unsafePath(String)
  case webPath(String)
  /// A table in several files.
  case severalPaths(count: Int)
  /// Two things of one kind (`table`, `column`, …) bear one name.
  case duplicateName(kind: String, name: String)
  case unknownColumn(String, near: [String])
  case unknownTable(String, near: [String])
  /// A foreign key with other than as many columns as it refers to.
  case keyWidth(columns: Int, referred: Int)
  /// A key and the column that it refers to are of different types.
  case keyType(column: String, type: String, referred: String, referredType: String)
  /// A part of a figure that is no number.
  case figurePart(column: String, type: String)
  /// A column that is a part of two figures, or of a figure and a key.
  case columnUsedTwice(String)
  case figureWithoutParts(String)
  /// A limit or choice that is no value of the column's type.
  case badConstraint(property: String, value: String, type: String)
  case modelVersion(found: String, supported: String)
}

extension DescriptorProblem: CustomStringConvertible {
  /// What is wrong, without the place.
  public var description: String {
    switch self {
    case .wrongKind(let property, let found, let needed):
      "`\(property)` is \(found), but must be \(needed)"
    case .missingProperty(let property, let owner): "\(owner) has no `\(property)`"
    case .unsupported(let property, let value, _):
      "`\(property)` \(ShownText.quoted(value)) is not supported"
    case .unsafePath(let path):
      "the path \(ShownText.quoted(path)) leads out of the dataset's folder"
    case .webPath(let path): "the path \(ShownText.quoted(path)) is an address on the web"
    case .severalPaths(let count): "the table is divided into \(count) files"
    case .duplicateName(let kind, let name):
      "two \(kind)s are called \(ShownText.quoted(name))"
    case .unknownColumn(let name, _): "unknown column \(ShownText.quoted(name))"
    case .unknownTable(let name, _): "unknown table \(ShownText.quoted(name))"
    case .keyWidth(let columns, let referred):
      "a foreign key of \(ShownText.counted(columns, "column")) refers to \(referred)"
    case .keyType(let column, let type, let referred, let referredType):
      "\(ShownText.quoted(column)) is \(type), but refers to \(ShownText.quoted(referred)),"
        + " which is \(referredType)"
    case .figurePart(let column, let type):
      "\(ShownText.quoted(column)) is part of a figure, but is \(type)"
    case .columnUsedTwice(let name):
      "\(ShownText.quoted(name)) is part of a figure and of another figure or a key"
    case .figureWithoutParts(let name): "the figure \(ShownText.quoted(name)) has no columns"
    case .badConstraint(let property, let value, let type):
      "`\(property)` \(ShownText.quoted(value)) is no \(type)"
    case .modelVersion(let found, _):
      "the dataset follows version \(ShownText.quoted(found)) of the model, which is not known here"
    }
  }

  /// How to mend it.
  public var fix: String {
    switch self {
    case .wrongKind(_, _, let needed): "write \(needed)"
    case .missingProperty(let property, _): "add `\(property)`"
    case .unsupported(_, _, let supported):
      supported.isEmpty ? "remove it" : "use " + ShownText.alternatives(supported)
    case .unsafePath: "name a file in the dataset's folder, without `..` and without a `/` in front"
    case .webPath: "store the file in the dataset's folder and name it there"
    case .severalPaths: "put its rows into one file"
    case .duplicateName: "rename one"
    case .unknownColumn(_, let near), .unknownTable(_, let near):
      near.isEmpty ? "correct the name" : "did you mean \(ShownText.alternatives(near))?"
    case .keyWidth: "name as many columns on both sides"
    case .keyType: "give both the same type"
    case .figurePart: "make it `number` or `integer`"
    case .columnUsedTwice: "use each column once"
    case .figureWithoutParts: "name at least one of `low`, `best` and `high`"
    case .badConstraint(_, _, let type): "write a value of type \(type)"
    case .modelVersion(_, let supported):
      "use a version of Annals that knows it, or follow version \(ShownText.quoted(supported))"
    }
  }
}
