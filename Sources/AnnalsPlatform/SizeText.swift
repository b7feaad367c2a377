/// A number of bytes for people: in the largest unit in which it is whole, such as `16 MiB`.
package struct SizeText: CustomStringConvertible {
  package let description: String

  package init(_ byteCount: Int) {
    let units = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)]
    let unit = units.first { byteCount > 0 && byteCount % $0.1 == 0 }
    description = unit.map { "\(byteCount / $0.1) \($0.0)" } ?? "\(byteCount) bytes"
  }
}
