import CorosHistory
import CorosKernel

// Lines of what came in carry a sum of themselves: tasks may not act on every byte, and then a replay cannot tell
// that one has changed.

extension JournalText {
  /// Whether a line says what came in.
  package static func isIncoming(_ line: String) -> Bool {
    line.hasPrefix("in ") || line.hasPrefix("in:")
  }

  /// The sum that a line of what came in has, if it is not the sum of that line; nil if it is, or if there is none.
  package static func wrongSum(of line: String) -> String? {
    guard line.hasPrefix("in:") else { return nil }
    let sum = String(line.dropFirst(3).prefix { $0 != " " })
    return sum == Self.sum(of: line.dropFirst(4 + sum.count)) ? nil : sum
  }

  /// A line of what came in, with its sum.
  static func incoming(_ text: String) -> String { "in:\(sum(of: text)) \(text)" }

  /// Reads a line of what came in from its first word and the others, whatever its sum; nil if it is another one.
  static func incoming(from first: String, _ rest: String) -> JournalEntry? {
    guard first == "in" || first.hasPrefix("in:") else { return nil }
    let parts = rest.split(separator: " ", maxSplits: 1).map { String($0) }
    guard parts.count == 2, let moment = number(parts[0]) else { return nil }
    return .incoming(IncomingLine(parts[1]), at: moment)
  }

  private static func sum(of text: some StringProtocol) -> String {
    var digest = TextDigest()
    digest.add(String(text))
    return String(digest.text.prefix(8))
  }
}
