/// What the world has answered, as a line of a journal, which is only written when somebody reads it.
///
/// A busy server gets hundreds of thousands of answers a second, and few journals are ever read.
public struct IncomingLine: Sendable {
  private enum Source {
    case text(String)
    case answer(any IncomingAnswer)
  }

  private let source: Source

  /// Makes a line from its text.
  public init(_ text: String) { source = .text(text) }

  /// Makes the line of an answer.
  public init(of answer: any IncomingAnswer) { source = .answer(answer) }

  /// The line; O(n) in its length.
  public var text: String {
    switch source {
    case .text(let text): text
    case .answer(let answer): answer.line
    }
  }
}

/// An answer of the world, which never changes.
public protocol IncomingAnswer: AnyObject, Sendable {
  /// The answer as a line of a journal.
  var line: String { get }
}

extension IncomingLine: Hashable {
  /// Whether two lines read the same.
  public static func == (left: IncomingLine, right: IncomingLine) -> Bool {
    left.text == right.text
  }

  /// Hashes the line.
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension IncomingLine: CustomStringConvertible {
  /// The line.
  public var description: String { text }
}
