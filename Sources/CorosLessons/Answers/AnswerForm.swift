package import CorosInsight
import CorosLanguage

/// What is made of a typed answer before it is compared.
package struct AnswerForm {
  private let task: LessonTask

  package init(_ task: LessonTask) { self.task = task }

  /// What an answer looks like, in words.
  package var words: String {
    switch task.kind {
    case .name: "a letter from a to \(UnicodeScalar(UInt8(0x60 + task.choices.count)))"
    case .trees(let forks):
      forks.isReversed
        ? "actions such as a+b,b+c,b-" : "a tree such as a(b(c),d): a and its children"
    case .predict, .breakIt, .fix:
      if let count = numberCount {
        count == 1 ? "a whole number" : "\(count) whole numbers"
      } else {
        "a word"
      }
    }
  }

  /// How many numbers every right answer has; nil where one is no number.
  private var numberCount: Int? {
    let counts = task.answers.map { answer -> Int in
      let parts = Self.parts(answer)
      return parts.allSatisfy { Int($0) != nil } ? parts.count : 0
    }
    guard let first = counts.first, first > 0, counts.allSatisfy({ $0 == first }) else {
      return nil
    }
    return first
  }

  /// The answer in the form in which it is compared and kept; nil where it can be none.
  package func normalized(_ text: String) -> String? {
    let parts = Self.parts(text)
    switch task.kind {
    case .name: return parts.count == 1 && task.choice(parts[0]) != nil ? parts[0] : nil
    case .trees(let forks):
      // The names of processes are kept as they are.
      let text = text.filter { !$0.isWhitespace }
      if forks.isReversed { return text.isEmpty ? nil : text }
      return ForkTree(notation: text).map(\.notation)
    case .predict, .breakIt, .fix:
      guard let count = numberCount else {
        return parts.isEmpty ? nil : parts.joined(separator: " ")
      }
      let numbers = parts.compactMap { Int($0) }
      guard numbers.count == parts.count, numbers.count == count else { return nil }
      return numbers.map(String.init).joined(separator: " ")
    }
  }

  /// Whether an answer in that form is right; actions are tried.
  ///
  /// - Throws: What is wrong with actions that cannot be.
  package func isRight(_ answer: String) throws(ForkError) -> Bool {
    guard case .trees(let forks) = task.kind else {
      return task.answers.contains { normalized($0) == answer }
    }
    guard let wanted = try ForkRun(forks.actions, reparenting: forks.reparenting).trees.last else {
      return false
    }
    if !forks.isReversed { return wanted.notation == answer }
    return try ForkRun(answer, reparenting: forks.reparenting).trees.last?.notation
      == wanted.notation
  }

  /// What the lesson says of an answer that is wrong; empty where it foresees none.
  package func explanation(of answer: String) -> String {
    task.mistakes.first { normalized($0.answer) == answer }?.text ?? ""
  }

  private static func parts(_ text: String) -> [String] {
    text.lowercased().split { $0.isWhitespace || $0 == "," }.map(String.init)
  }
}
