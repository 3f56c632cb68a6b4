import CorosKernel

/// Questions about random forks and exits, in both directions: what becomes of a tree, and what has happened to it.
package struct ForkQuiz: Sendable {
  /// The actions, as `forks` takes them.
  private(set) var actions: [String] = []
  /// The tree before the first action, and after each.
  private var trees = [ForkTree(ForkRun.root)]
  private var says: [String] = []

  /// Draws actions, one for each question.
  ///
  /// - Parameters:
  ///   - seed: Equal seeds give equal questions.
  ///   - count: The number of questions.
  package init(seed: UInt64, questions count: Int) {
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

  /// The questions; every second one asks for the action between two trees, the others for the tree after an action.
  package var questions: [PlainQuestion] {
    actions.indices.map { $0 % 2 == 0 ? treeQuestion($0) : actionQuestion($0) }
  }

  private static let rule =
    "When a process exits, the root takes in its children, with all that is below them, at the end of its list."

  private func treeQuestion(_ index: Int) -> PlainQuestion {
    let tree = trees[index + 1]
    let says = says[index].replacing("EXITS", with: "exits")
    return PlainQuestion(
      picture(index) + "\nThen \(says). What is the tree now?",
      answer: tree.written,
      form: "a tree in one word, such as a(b(c),d)",
      hints: [
        "Draw the tree, and add one process or cross one out.",
        Self.rule,
        "Alive are then: \(tree.names.sorted().joined(separator: " ")).",
      ]
    ) { answer in
      guard let found = ForkTree(written: answer) else { return .senseless }
      return found.sorted == tree.sorted ? .right : .wrong
    }
  }

  private func actionQuestion(_ index: Int) -> PlainQuestion {
    let past = actions.prefix(index)
    let tree = trees[index + 1]
    return PlainQuestion(
      picture(index) + "\nbecomes\n" + picture(index + 1) + "\nWhat has happened?",
      answer: actions[index],
      form: "an action, such as a+b or b-",
      hints: [
        "Is there one process more, or one fewer?",
        Self.rule,
        "It is \(actions[index].prefix(1)) that acts.",
      ]
    ) { answer in
      // What cannot be done from this tree is no answer, and neither are two actions.
      guard !answer.utf8.contains(UInt8(ascii: ",")),
        let found = (try? ForkRun((past + [answer]).joined(separator: ",")))?.trees.last
      else { return .senseless }
      return found.sorted == tree.sorted ? .right : .wrong
    }
  }

  private func picture(_ index: Int) -> String { trees[index].lines.joined(separator: "\n") }
}

extension ForkTree {
  /// The tree in one word: `a(b(c),d)`.
  var written: String {
    children.isEmpty ? name : "\(name)(\(children.map(\.written).joined(separator: ",")))"
  }

  /// The same tree with the children of each process in the order of their names.
  var sorted: ForkTree {
    ForkTree(name, children.map(\.sorted).sorted { $0.name < $1.name })
  }

  /// Reads what `written` writes; nil for anything else.
  init?(written text: String) {
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
