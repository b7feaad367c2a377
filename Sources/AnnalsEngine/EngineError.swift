/// What the engine refuses, and why.
public enum EngineError: Error, Sendable {
  /// The memory that plans and datasets may use is full.
  case outOfMemory(needed: Int, limit: Int)
}
