public import AnnalsEngine

/// How files are read. What is read is the same whatever stands here.
public struct ReadingOptions: Sendable {
  /// How many threads read at a time, at least 1.
  public var threadCount: Int
  /// Ends the reading with ``EngineError/stopped`` once it is raised.
  public var stop: StopFlag
  /// Told now and then how many bytes of a file were read, and how many it has. It is called by
  /// several threads, one at a time.
  public var progress: (@Sendable (_ path: String, _ read: Int, _ all: Int) -> Void)?
  /// How many bytes a thread takes at a time.
  package var pieceByteCount = 1 << 20
  /// How many bytes are divided into fields at a time.
  package var windowByteCount = 1 << 17
  /// The most bytes of one record: a quote that is never closed must not take the whole file.
  package var recordByteLimit = 1 << 26
  /// How many different texts a column may always have in a dictionary.
  package var dictionaryLimit = ColumnBuilder.dictionaryLimit
  /// How the kernels that find fields are carried out.
  package var kernelForm = KernelForm.best

  public init(
    threadCount: Int = 1, stop: StopFlag = StopFlag(),
    progress: (@Sendable (_ path: String, _ read: Int, _ all: Int) -> Void)? = nil
  ) {
    self.threadCount = max(threadCount, 1)
    self.stop = stop
    self.progress = progress
  }
}
