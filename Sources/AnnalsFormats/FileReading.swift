/// How the bytes of a file that can be used where they stand come into memory.
public enum FileReading: Hashable, Sendable {
  /// The file is mapped and read as it is used. If it becomes shorter meanwhile, the process ends.
  case mapped
  /// The file is copied into memory when it is opened.
  case copied
}
