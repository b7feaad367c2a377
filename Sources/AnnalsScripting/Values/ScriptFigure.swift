import AnnalsEngine
import AnnalsLua

/// A figure in a script: `.low`, `.best` and `.high`, each nil where unknown.
final class ScriptFigure {
  let figure: Figure

  init(_ figure: Figure) { self.figure = figure }

  static var description: LuaObjectDescription<ScriptFigure> {
    var description = LuaObjectDescription<ScriptFigure>()
    description.footprint = { _ in 96 }
    description.on(.index) { object, call throws(LuaError) in
      let name = try call.requiredString(at: 1)
      let part: Double?
      switch name {
      case "low": part = object.figure.low
      case "best": part = object.figure.best
      case "high": part = object.figure.high
      default:
        throw LuaError(
          "unknown_column", "a figure has no `\(name.shortened)`",
          fix: "it has `low`, `best` and `high`")
      }
      if let part { call.push(luaNumber: part) } else { call.pushNil() }
    }
    description.on(.toString) { object, call throws(LuaError) in
      call.push(object.figure.description)
    }
    description.on(.equal) { call throws(LuaError) in
      let left = try Self.figure(1, &call)
      let right = try Self.figure(2, &call)
      call.push(left != nil && left == right)
    }
    description.on(.less) { call throws(LuaError) in
      let (left, right) = try Self.orderKeys(&call)
      call.push(left < right)
    }
    description.on(.lessOrEqual) { call throws(LuaError) in
      let (left, right) = try Self.orderKeys(&call)
      call.push(left <= right)
    }
    return description
  }

  private static func figure(
    _ position: Int, _ call: inout LuaCall
  ) throws(LuaError) -> Figure? {
    guard case .object(let object, _) = try call.value(at: position) else { return nil }
    return (object as? ScriptFigure)?.figure
  }

  /// Figures order by best, else low, else high; a number stands for itself.
  private static func orderKeys(_ call: inout LuaCall) throws(LuaError) -> (Double, Double) {
    var keys: [Double] = []
    for position in 1...2 {
      let figure = try figure(position, &call)
      guard let key = call.number(at: position) ?? figure?.orderKey else {
        throw call.mismatch(at: position, expected: "a figure or a number")
      }
      keys.append(key)
    }
    return (keys[0], keys[1])
  }
}

extension LuaCall {
  /// A number as scripts expect it: an integer where it is whole, so that it prints as `26`.
  func push(luaNumber value: Double) {
    if let whole = Int64(exactly: value) { push(whole) } else { push(value) }
  }
}
