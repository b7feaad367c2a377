import AnnalsPlatform

/// Runs `body` on a thread with a stack that is large enough for Lua's nested calls, and waits.
///
/// A state belongs to the thread that made it: make, use and close it inside.
package func onLuaThread<Result, Failure: Error>(
  _ body: () throws(Failure) -> Result
) throws(Failure) -> Result {
  try Threads.onLargeStack(body)
}
