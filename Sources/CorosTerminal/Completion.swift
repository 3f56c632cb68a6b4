/// The possible completions at the cursor.
package struct Completion: Equatable, Sendable {
  /// One possible completion.
  package struct Candidate: Equatable, Sendable {
    /// The text that replaces the range, quoted where necessary.
    package var text: String

    /// The text to add once the choice is unique: a space, a closing quote and a space, or nothing.
    package var suffix: String

    /// The text for the list of candidates.
    package var display: String

    /// What it is, for the list; empty for nothing to add.
    package var meaning: String

    /// Makes a candidate.
    ///
    /// Default for the list: its text.
    package init(
      _ text: String,
      suffix: String = " ",
      display: String? = nil,
      meaning: String = ""
    ) {
      self.text = text
      self.suffix = suffix
      self.display = display ?? text
      self.meaning = meaning
    }
  }

  /// The range to replace, in UTF-8 offsets of the line; it contains the cursor or ends there.
  package var range: Range<Int>

  /// The candidates, in the order of the list.
  package var candidates: [Candidate]

  package init(replacing range: Range<Int>, with candidates: [Candidate]) {
    self.range = range
    self.candidates = candidates
  }

  /// No completion.
  package static let none = Completion(replacing: 0..<0, with: [])
}

extension Completion {
  /// The effect of Tab.
  enum Action: Equatable {
    /// There are no candidates.
    case refuse
    /// Replace the range with the text.
    case replace(String)
    /// There are several candidates, and their common prefix is already typed.
    case list
  }

  /// The effect of Tab when the range contains `typed`: completes the only candidate, or the common prefix.
  func action(typed: String) -> Action {
    guard let first = candidates.first else { return .refuse }
    guard candidates.count > 1 else { return .replace(first.text + first.suffix) }
    let shared = Self.commonPrefix(candidates.map(\.text))
    // Candidates that do not begin with the typed text must not shorten it.
    let isLonger = shared.utf8.count > typed.utf8.count
    return isLonger ? .replace(shared) : .list
  }

  /// The longest common prefix of the texts; never splits a character from its accents.
  static func commonPrefix(_ texts: [String]) -> String {
    guard var shared = texts.first.map({ $0[...] }) else { return "" }
    for text in texts.dropFirst() {
      let count = zip(shared, text).prefix { $0.utf8.elementsEqual($1.utf8) }.count
      shared = shared.prefix(count)
    }
    return String(shared)
  }
}
