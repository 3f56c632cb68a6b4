package import CorosKernel
package import CorosLanguage

/// A range of ticks as it is typed: `FROM..TO`, where either may be left out.
///
/// TO is the tick after the last.
package struct TickRange {
  package let from: Tick?
  package let to: Tick?
  /// Its place in the line.
  package let place: SourceRange

  /// Whether a word looks like a range.
  package static func isRange(_ word: Argument) -> Bool { word.text.contains("..") }

  /// Reads a range.
  package init(_ word: Argument) throws(CommandFailure) {
    place = word.range
    guard let dots = word.text.firstRange(of: "..") else {
      throw Self.failure("'\(excerpt(of: word.text))' is not a range of ticks", word)
    }
    let ends = [word.text[..<dots.lowerBound], word.text[dots.upperBound...]]
    var ticks: [Tick?] = []
    for end in ends {
      if end.isEmpty {
        ticks.append(nil)
      } else if let tick = Tick(end), tick >= 0 {
        ticks.append(tick)
      } else {
        throw Self.failure("'\(excerpt(of: word.text))' is not a range of ticks", word)
      }
    }
    if ticks == [nil, nil] { throw Self.failure("'..' is a range without ends", word) }
    (from, to) = (ticks[0], ticks[1])
  }

  /// Fails if it ends before it begins.
  package func requireTicks() throws(CommandFailure) {
    guard let from, let to, to <= from else { return }
    throw CommandFailure(
      "the range ends before it begins",
      at: place,
      hint: from == to
        ? "TO is the tick after the last: \(from)..\(from + 1) is tick \(from) alone"
        : "did you mean \(to)..\(from)?"
    )
  }

  package static func failure(_ why: String, _ word: Argument) -> CommandFailure {
    CommandFailure(
      why,
      at: word.range,
      hint: "a range is FROM..TO, as in 10..20; either may be left out"
    )
  }
}
