import AnnalsEngine
import Synchronization

/// A value that is worked out when somebody first asks for it, and kept from then on.
final class Once<Value: Sendable>: Sendable {
  private let making: @Sendable () throws(EngineError) -> Value
  private let value = Mutex<Value?>(nil)

  /// - Parameter making: What it throws is thrown again at each use. It may ask others, but not in a
  ///   circle.
  init(_ making: @escaping @Sendable () throws(EngineError) -> Value) {
    self.making = making
  }

  /// The value. Who comes while another works it out waits.
  func get() throws(EngineError) -> Value {
    try value.withLock { known throws(EngineError) in
      if let known { return known }
      let made = try making()
      known = made
      return made
    }
  }
}
