import Annals
import AnnalsPlatform
import ArgumentParser

/// `annals convert`.
struct ConvertCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "convert", _superCommandName: AnnalsCommand.name,
    abstract: "Write a dataset or file in another format.",
    discussion: """
      A file's ending tells its format: .csv, .tsv, .json, .ndjson, .md or .arrow. An Arrow file opens \
      at once, however large it is. A name without an ending is a folder, which gets a \
      datapackage.json and a file for each table. A publisher's file stays as it was published, and \
      what is written of it opens as the same dataset.

      All keys, references and values are checked on the way. What is written is there whole or not at \
      all; a file that exists is replaced, a folder must be new.
      """,
    version: AnnalsCommand.version)

  @Argument(help: ArgumentHelp("A dataset's folder, a file, or a dataset's name.", valueName: "in"))
  var source: String

  @Argument(help: ArgumentHelp("The file or folder to write.", valueName: "out"))
  var target: String

  @Option(help: "Write only this table; needed where a file is to hold one of several.")
  var table: String?

  @Option(
    help: "The format where the ending of <out> tells none; of a folder csv, tsv or arrow.")
  var format: OutputFormat?

  @OptionGroup
  var fileOptions: FileOptions

  func perform() throws {
    let target = try chosenTarget()
    let interrupt = WriteInterrupt()
    interrupt.start()
    let files = try DatasetFinder.openFiles(
      source, hints: try fileOptions.hints(), profile: fileOptions.profileChoice,
      threadCount: try ThreadCount.find())
    for note in files.notes { Self.note(note) }
    let conversion = Conversion(files: files, path: self.target, interrupt: interrupt)
    switch target {
    case .file(let format): try conversion.writeFile(of: try chosenTable(files), format)
    case .folder(let format): try conversion.writeFolder(format)
    }
  }

  /// Says something that is no error to standard error.
  static func note(_ note: DatasetNote) {
    StandardStream.error.write("note: " + note.description + "\n")
  }

  private enum Target {
    case file(TableFormat)
    case folder(TableFormat)
  }

  private func chosenTarget() throws(CommandError) -> Target {
    let last = target.split(separator: "/").last ?? ""
    let isFolder = !last.contains(".") || target.hasSuffix("/") || FileKind(at: target) == .folder
    let format = format.map(\.tableFormat) ?? TableFormat(path: target)
    guard let format else {
      if self.format == nil, isFolder { return .folder(.csv) }
      throw .usage(
        self.format == nil
          ? "the ending of `\(target.shortened)` tells no format"
          : "text is for people, and no format of tables",
        fix: "give `--format`, or end it in .csv, .tsv, .json, .ndjson, .md or .arrow")
    }
    guard isFolder else { return .file(format) }
    guard [.csv, .tsv, .arrow].contains(format) else {
      throw .usage(
        "a dataset's folder can't hold \(format.rawValue)", fix: "give `--format` csv, tsv or arrow"
      )
    }
    guard table == nil else {
      throw .usage("`--table` is for a file, not for a folder", fix: "name a file")
    }
    return .folder(format)
  }

  private func chosenTable(_ files: DatasetFiles) throws(CommandError) -> String {
    let names = files.tableNames
    guard let table else {
      guard names.count == 1 else {
        throw .usage(
          "a file holds one table, and `\(source.shortened)` has \(names.count)",
          fix: "choose one with `--table`, or name a folder")
      }
      return names[0]
    }
    guard names.contains(table) else {
      let near = NearNames.suggestions(for: table, among: names)
      throw .usage(
        "there is no table `\(table.shortened)` in `\(source.shortened)`",
        fix: "did you mean \((near.isEmpty ? names : near).quotedAlternatives)?")
    }
    return table
  }
}
