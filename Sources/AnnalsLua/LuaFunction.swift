/// What a host function does: reads arguments, pushes results.
///
/// Its error reaches the script once the Swift frame is gone, so `defer` and `deinit` run.
package typealias LuaBody = (inout LuaCall) throws(LuaError) -> Void

/// A Swift function that scripts may call. Lua owns it, and releases it with its last holder.
final class LuaFunction {
  let name: String
  let body: LuaBody

  init(name: String, body: @escaping LuaBody) {
    self.name = name
    self.body = body
  }
}
