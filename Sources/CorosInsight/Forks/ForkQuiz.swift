import CorosKernel

/// Questions about random forks and exits, in both directions: what becomes of a tree, and what has happened to it.
package struct ForkQuiz: Sendable {
  /// What an answer is.
  package enum Verdict: Equatable, Sendable {
    case right(points: Int)
    case wrong
    /// It cannot be an answer.
    case senseless
  }

  package let seed: UInt64
  /// The actions, as `forks` takes them.
  package private(set) var actions: [String] = []
  /// The open question, from 0; past the last one when all are done.
  package private(set) var current = 0
  package private(set) var score = 0
  /// The points that the open question is still worth.
  package private(set) var worth = QuizProgress.points
  private var hintsTaken = 0
  /// The tree before the first action, and after each.
  private var trees = [ForkTree(ForkRun.root)]
  private var says: [String] = []

  /// The possible numbers of questions.
  package static let counts = 1...12

  /// Draws actions, one for each question.
  ///
  /// - Parameters:
  ///   - seed: Equal seeds give equal questions.
  ///   - count: The number of questions.
  package init(seed: UInt64, questions count: Int) {
    self.seed = seed
    var random = RandomSource(seed: seed)
    for name in "bcdefghijklm".prefix(count) {
      let alive = trees[trees.count - 1].names
      let actor = alive[random.next(below: alive.count)]
      let forks = actor == ForkRun.root || random.next(below: 10) < 6
      let action = forks ? "\(actor)+\(name)" : "\(actor)-"
      guard let run = try? ForkRun((actions + [action]).joined(separator: ",")) else { break }
      actions.append(action)
      (trees, says) = (run.trees, run.says)
    }
  }

  /// Whether a question is still open.
  package var isOpen: Bool { current < actions.count }

  /// The maximum number of points.
  package var mostPoints: Int { actions.count * QuizProgress.points }

  /// Whether a question asks for the action between two trees, and not for the tree after an action.
  private func asksForAction(_ index: Int) -> Bool { index % 2 == 1 }

  /// A question in words, with the trees that it is about.
  package func text(_ index: Int) -> String {
    let before = trees[index].lines.joined(separator: "\n")
    if asksForAction(index) {
      let after = trees[index + 1].lines.joined(separator: "\n")
      return "\(before)\nbecomes\n\(after)\nWhat has happened?"
    }
    return "\(before)\nThen \(says[index].replacing("EXITS", with: "exits")). What is the tree now?"
  }

  /// The form of an answer to the open question.
  package var form: String {
    asksForAction(current)
      ? "an action, such as a+b or b-" : "a tree in one word, such as a(b(c),d)"
  }

  /// A right answer.
  package func answer(_ index: Int) -> String {
    asksForAction(index) ? actions[index] : trees[index + 1].written
  }

  /// Checks an answer to the open question, and goes on to the next one if it is right.
  package mutating func check(_ text: String) -> Verdict {
    guard isOpen else { return .senseless }
    let found: ForkTree?
    if asksForAction(current) {
      let all = actions.prefix(current) + [text]
      // What cannot be done from this tree is no answer, and neither are two actions.
      let isOne = !text.utf8.contains(UInt8(ascii: ","))
      found = isOne ? (try? ForkRun(all.joined(separator: ",")))?.trees.last : nil
    } else {
      found = ForkTree(written: text)
    }
    guard let found else { return .senseless }
    guard found.sorted == trees[current + 1].sorted else {
      worth = max(0, worth - 1)
      return .wrong
    }
    defer { goOn() }
    score += worth
    return .right(points: worth)
  }

  /// Takes the next hint: its number, from 1, and its text; after the last it is repeated at no cost.
  package mutating func takeHint() -> (number: Int, text: String) {
    if hintsTaken < QuizProgress.hintCount {
      hintsTaken += 1
      worth = max(0, worth - 1)
    }
    return (hintsTaken, hint(hintsTaken))
  }

  private func hint(_ number: Int) -> String {
    switch number {
    case 1:
      asksForAction(current)
        ? "Is there one process more, or one fewer?"
        : "Draw the tree, and add one process or cross one out."
    case 2:
      "When a process exits, the root takes in its children, with all that is below them, at the end of its list."
    default:
      asksForAction(current)
        ? "It is \(actions[current].prefix(1)) that acts."
        : "Alive are then: \(trees[current + 1].names.sorted().joined(separator: " "))."
    }
  }

  /// Gives up the open question.
  package mutating func goOn() {
    current += 1
    worth = QuizProgress.points
    hintsTaken = 0
  }
}

extension ForkTree {
  /// The tree in one word: `a(b(c),d)`.
  package var written: String {
    children.isEmpty ? name : "\(name)(\(children.map(\.written).joined(separator: ",")))"
  }

  /// The same tree with the children of each process in the order of their names.
  var sorted: ForkTree {
    ForkTree(name, children.map(\.sorted).sorted { $0.name < $1.name })
  }

  /// Reads what `written` writes; nil for anything else.
  package init?(written text: String) {
    var rest = text.filter { $0 != " " }[...]
    guard let tree = Self.read(&rest, depth: 0), rest.isEmpty else { return nil }
    self = tree
  }

  private static func read(_ rest: inout Substring, depth: Int) -> ForkTree? {
    let name = rest.prefix { $0.isLetter || $0.isNumber }
    guard !name.isEmpty, depth < 50 else { return nil }
    rest = rest.dropFirst(name.count)
    var tree = ForkTree(String(name))
    guard rest.first == "(" else { return tree }
    repeat {
      rest = rest.dropFirst()
      guard let child = read(&rest, depth: depth + 1) else { return nil }
      tree.children.append(child)
    } while rest.first == ","
    guard rest.first == ")" else { return nil }
    rest = rest.dropFirst()
    return tree
  }
}
