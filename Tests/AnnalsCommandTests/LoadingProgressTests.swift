import Synchronization
import Testing

@testable import AnnalsCommand

@Suite struct LoadingProgressTests {
  /// What is shown when a file of 200 bytes is read at these times.
  func shown(_ reports: [(seconds: Double, read: Int)]) -> [String] {
    let now = Mutex(0.0)
    let shown = Mutex<[String]>([])
    let progress = LoadingProgress(seconds: { now.withLock { $0 } }) { text in
      shown.withLock { $0.append(text) }
    }
    for report in reports {
      now.withLock { $0 = report.seconds }
      progress.report("e\u{1B}.csv", report.read, 200)
    }
    progress.finish()
    return shown.withLock { $0 }
  }

  @Test func `nothing is shown in the first second`() {
    #expect(shown([(0.1, 20), (0.99, 200)]) == [])
  }

  @Test func `a line is shown five times a second, and taken away`() {
    #expect(
      shown([(1, 20), (1.1, 60), (1.25, 199), (1.3, 200)]) == [
        "\r\u{1B}[Kreading e\\u{1b}.csv: 10 %", "\r\u{1B}[Kreading e\\u{1b}.csv: 99 %",
        "\r\u{1B}[K",
      ])
  }
}
