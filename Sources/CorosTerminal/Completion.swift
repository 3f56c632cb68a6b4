/// What could stand where a person pressed Tab.
package struct Completion: Equatable, Sendable {
  /// One possibility.
  package struct Candidate: Equatable, Sendable {
    /// What replaces the range, with the quotes that it needs.
    package var text: String

    /// What follows once the choice is settled: a space, a closing quote and a space, or nothing.
    package var suffix: String

    /// How it looks in a list of possibilities.
    package var display: String

    /// Makes a candidate; it is listed as its text unless something else is given.
    package init(_ text: String, suffix: String = " ", display: String? = nil) {
      self.text = text
      self.suffix = suffix
      self.display = display ?? text
    }
  }

  /// What is replaced, in UTF-8 offsets of the line; it holds the cursor or ends there.
  package var range: Range<Int>

  /// The possibilities, in the order in which they are listed.
  package var candidates: [Candidate]

  package init(replacing range: Range<Int>, with candidates: [Candidate]) {
    self.range = range
    self.candidates = candidates
  }

  /// Nothing could stand there.
  package static let none = Completion(replacing: 0..<0, with: [])
}

extension Completion {
  /// What Tab does.
  enum Action: Equatable {
    /// There is nothing to offer.
    case refuse
    /// The text takes the place of the range.
    case replace(String)
    /// There are several possibilities and nothing more that they share.
    case list
  }

  /// What Tab does when the range holds `typed`: completes the one candidate, or as far as all agree.
  func action(typed: String) -> Action {
    guard let first = candidates.first else { return .refuse }
    guard candidates.count > 1 else { return .replace(first.text + first.suffix) }
    let shared = Self.commonPrefix(candidates.map(\.text))
    // Candidates that do not begin with what was typed must not shorten it.
    let isLonger = shared.utf8.count > typed.utf8.count
    return isLonger ? .replace(shared) : .list
  }

  /// The longest beginning that all texts share, never half of a character with its accents.
  static func commonPrefix(_ texts: [String]) -> String {
    guard var shared = texts.first.map({ $0[...] }) else { return "" }
    for text in texts.dropFirst() {
      let count = zip(shared, text).prefix { $0.utf8.elementsEqual($1.utf8) }.count
      shared = shared.prefix(count)
    }
    return String(shared)
  }
}
