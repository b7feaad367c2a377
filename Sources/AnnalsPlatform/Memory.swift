import Glibc

/// The machine's memory.
package enum Memory {
  /// How many bytes this process may have at most: the machine's, or fewer if a control group (as of a
  /// container) says so.
  package static var byteCount: Int {
    let (pages, pageSize) = (Int(sysconf(Int32(_SC_PHYS_PAGES))), Int(sysconf(Int32(_SC_PAGESIZE))))
    let (machine, overflow) = pages.multipliedReportingOverflow(by: pageSize)
    let all = pages > 0 && pageSize > 0 && !overflow ? machine : .max
    return min(all, groupLimit ?? .max)
  }

  /// Source: the kernel's "Control Group v2", `memory.max`; `max` stands for none.
  private static var groupLimit: Int? {
    let file = try? OpenFile(path: "/sys/fs/cgroup/memory.max")
    guard let file else { return nil }
    var bytes = [UInt8](repeating: 0, count: 32)
    let count = unsafe bytes.withUnsafeMutableBytes { buffer in
      // SAFETY: the buffer is ours for the length of the call.
      (try? unsafe file.read(into: buffer, at: 0)) ?? 0
    }
    let digits = bytes.prefix(count).prefix { (48...57).contains($0) }
    return Int(String(decoding: digits, as: UTF8.self))
  }
}
