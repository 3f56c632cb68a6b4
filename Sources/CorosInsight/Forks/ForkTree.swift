/// A process and its children, in the order in which they came.
package struct ForkTree: Equatable, Sendable {
  package var name: String
  package var children: [ForkTree] = []

  package init(_ name: String, _ children: [ForkTree] = []) {
    self.name = name
    self.children = children
  }

  /// All processes, each before its children.
  package var names: [String] { [name] + children.flatMap(\.names) }

  /// The drawing: a line for each process.
  package var lines: [String] { [name] + Self.lines(children) }

  private static func lines(_ children: [ForkTree]) -> [String] {
    children.enumerated().flatMap { index, child in
      let isLast = index == children.count - 1
      let inner = Self.lines(child.children).map { (isLast ? "   " : "│  ") + $0 }
      return [(isLast ? "└─ " : "├─ ") + child.name] + inner
    }
  }
}

/// What a process does.
package enum ForkAction: Hashable, Sendable {
  /// The first process makes the second.
  case fork(String, String)
  case exit(String)
}

/// Who takes in the children of a process that exits.
package enum Reparenting: String, CaseIterable, Sendable {
  /// The root takes them in, with all that is below them, as Unix does.
  case unix
  /// The root takes in all descendants, none below another, as OSTEP's book does.
  case flat
  /// The parent of the process takes them in, with all that is below them.
  case local
}

/// What is wrong with a list of actions.
package struct ForkError: Error, Equatable {
  /// The bytes of the text that are wrong.
  package let range: Range<Int>
  package let message: String
  package let hint: String
}

/// The trees that a list of actions leads to.
package struct ForkRun: Sendable {
  /// The tree before the first action, and after each.
  package private(set) var trees = [ForkTree(root)]
  /// What each action does, in words.
  package private(set) var says: [String] = []
  /// The actions that fail, as they are written.
  package private(set) var failed: [String] = []
  private var used: Swift.Set<String> = [root]

  /// The first process, which never exits.
  package static let root = "a"
  /// The most actions.
  private static let longest = 1_000

  /// Plays actions.
  ///
  /// - Parameters:
  ///   - text: The actions with commas between them: `a+b` for a that forks b, `b-` for b that exits.
  ///   - reparenting: Who takes in the children of a process that exits.
  ///   - onlyLeaves: Whether the exit of a process with children fails.
  /// - Throws: The first action that cannot be.
  package init(
    _ text: String,
    reparenting: Reparenting = .unix,
    onlyLeaves: Bool = false
  ) throws(ForkError) {
    var start = 0
    let words = text.split(separator: ",", omittingEmptySubsequences: false)
    for word in words {
      let range = start..<start + word.utf8.count
      start = range.upperBound + 1
      guard says.count < Self.longest else {
        throw ForkError(
          range: range,
          message: "more than \(Self.longest) actions are too many",
          hint: "leave some out"
        )
      }
      let action = try Self.action(word, range)
      try perform(action, word, range, reparenting, onlyLeaves)
    }
  }

  private static func action(
    _ word: Substring,
    _ range: Range<Int>
  ) throws(ForkError) -> ForkAction {
    let parts = word.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 2, parts.allSatisfy(isName) { return .fork(parts[0], parts[1]) }
    if parts.count == 1, word.last == "-", isName(String(word.dropLast())) {
      return .exit(String(word.dropLast()))
    }
    throw ForkError(
      range: word.isEmpty ? max(0, range.lowerBound - 1)..<max(1, range.lowerBound) : range,
      message: word.isEmpty
        ? "an action is missing beside this comma" : "'\(word.prefix(40))' is not an action",
      hint: "a+b: a forks b; b-: b exits"
    )
  }

  private static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 20 && text.allSatisfy { $0.isLetter || $0.isNumber }
  }

  private mutating func perform(
    _ action: ForkAction,
    _ word: Substring,
    _ range: Range<Int>,
    _ reparenting: Reparenting,
    _ onlyLeaves: Bool
  ) throws(ForkError) {
    var tree = trees[trees.count - 1]
    let alive = tree.names
    func refuse(_ message: String, _ hint: String) -> ForkError {
      ForkError(range: range, message: message, hint: hint)
    }
    func requireAlive(_ name: String) throws(ForkError) {
      if alive.contains(name) { return }
      throw refuse(
        used.contains(name) ? "\(name) has exited already" : "there is no process \(name)",
        "alive: \(alive.prefix(20).joined(separator: " "))"
      )
    }
    switch action {
    case .fork(let parent, let child):
      try requireAlive(parent)
      guard used.insert(child).inserted else {
        throw refuse(
          alive.contains(child)
            ? "there is a process \(child) already" : "\(child) has been used already",
          "each process has a name of its own"
        )
      }
      tree.change(parent) { $0.children.append(ForkTree(child)) }
      says.append("\(parent) forks \(child)")
    case .exit(let name):
      if name == Self.root {
        throw refuse("the root never exits", "it takes in the children of those that do")
      }
      try requireAlive(name)
      if onlyLeaves, tree.find(name)?.children.isEmpty == false {
        says.append("\(name) EXITS (failed: has children)")
        failed.append(String(word))
      } else {
        tree.remove(name, reparenting)
        says.append("\(name) EXITS")
      }
    }
    trees.append(tree)
  }
}

extension ForkTree {
  func find(_ name: String) -> ForkTree? {
    if self.name == name { return self }
    for child in children {
      if let found = child.find(name) { return found }
    }
    return nil
  }

  /// Changes a process below this one, or this one.
  fileprivate mutating func change(_ name: String, _ change: (inout ForkTree) -> Void) {
    if self.name == name { return change(&self) }
    for index in children.indices { children[index].change(name, change) }
  }

  /// Takes out a process, and has others take in its children.
  fileprivate mutating func remove(_ name: String, _ reparenting: Reparenting) {
    guard let removed = find(name), let parent = parent(of: name) else { return }
    change(parent) { $0.children.removeAll { $0.name == name } }
    switch reparenting {
    case .unix: children += removed.children
    case .local: change(parent) { $0.children += removed.children }
    case .flat: children += removed.children.flatMap(\.names).map { ForkTree($0) }
    }
  }

  private func parent(of name: String) -> String? {
    if children.contains(where: { $0.name == name }) { return self.name }
    for child in children {
      if let found = child.parent(of: name) { return found }
    }
    return nil
  }
}
