import CorosExplore
import CorosLanguage
import CorosSession

/// A limit with which an exploration goes on that has reached an old one.
struct NewLimit {
  /// The option that sets it.
  let name: String
  /// As it was typed.
  let value: String

  /// The words of an exploration with this limit in the place of the old one.
  func replaced(in words: [String]) -> [String] {
    guard let place = words.firstIndex(of: name), place + 1 < words.count else {
      return words + [name, value]
    }
    var result = words
    result[place + 1] = value
    return result
  }
}

extension ExploreWords {
  /// The limits that were typed beside `--resume`; nil where none was.
  var newLimits: [NewLimit]? {
    let limits = ["--runs", "--steps"].compactMap { name in
      words.firstIndex(of: name).map { NewLimit(name: name, value: words[$0 + 1]) }
    }
    return limits.isEmpty ? nil : limits
  }

  /// Refuses limits with which this exploration cannot go on.
  ///
  /// - Parameter typed: The words beside `--resume`.
  /// - Throws: Why it cannot.
  func checkNewLimits(_ typed: ExploreWords) throws(CommandFailure) {
    guard order.strategy.isSampler, typed.order.limits.runs != nil,
      typed.order.limits.runs != order.limits.runs
    else { return }
    throw CommandFailure(
      "random runs are dealt out by their number, so there cannot be more of them later",
      at: typed.places["--runs"]?.range,
      hint: "other random runs, with another --seed, in a file of their own",
      status: 2
    )
  }
}
