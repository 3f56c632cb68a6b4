/// How long a tick is in real time, as it is typed: `1us`, `50ms`, `1s`.
package enum TickLength {
  /// A microsecond.
  package static let standard: UInt64 = 1_000

  private static let units: [(name: String, nanoseconds: UInt64)] = [
    ("s", 1_000_000_000), ("ms", 1_000_000), ("us", 1_000),
  ]

  /// The nanoseconds; nil when it is not written in this way, or is out of range.
  package static func nanoseconds(_ text: String) -> UInt64? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let unit = text.dropFirst(digits.count)
    guard let number = UInt64(digits),
      let factor = units.first(where: { $0.name == unit })?.nanoseconds
    else {
      return nil
    }
    let (result, isTooLong) = number.multipliedReportingOverflow(by: factor)
    return isTooLong || !(1_000...60_000_000_000).contains(result) ? nil : result
  }

  /// The length in the largest unit that goes.
  package static func text(_ nanoseconds: UInt64) -> String {
    for (name, factor) in units where nanoseconds.isMultiple(of: factor) {
      return "\(nanoseconds / factor) \(name)"
    }
    return "\(nanoseconds) ns"
  }
}
