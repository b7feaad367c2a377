/// Where somebody who walks through the history stands, and what they changed on the way.
struct HistoryWalk {
  /// The block's place in the history; its count for the text that is new.
  private(set) var position: Int
  private let count: Int
  private var changed: [Int: String] = [:]

  init(count: Int = 0) {
    self.count = count
    position = count
  }

  /// Goes by a number of blocks; nil if there is none.
  ///
  /// - Parameter text: What stands there now, to be found again on the way back.
  mutating func go(_ step: Int, leaving text: String, in blocks: [String]) -> String? {
    let target = position + step
    guard target >= 0, target <= count, target < blocks.count || target == count else { return nil }
    changed[position] = text
    position = target
    return changed[target] ?? (target < blocks.count && target < count ? blocks[target] : "")
  }

  /// Jumps to a block that was found otherwise.
  mutating func jump(to target: Int, leaving text: String) {
    changed[position] = text
    position = min(max(target, 0), count)
  }
}
