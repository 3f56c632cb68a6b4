package import CorosKernel
import CorosLanguage

// Which tasks a word stands for.

extension Invocation {
  /// Reads an argument as a task: its id, whether or not the task exists, or the name of one task.
  ///
  /// A name stands for the live task with that name, or else for the one that is remembered.
  package func tid(_ index: Int, in shell: Shell) throws(CommandFailure) -> TaskID {
    let argument = arguments[index]
    if let tid = Self.number(argument.text) { return tid }
    let named = shell.tasks(named: argument.text)
    if named.count == 1 { return named[0] }
    throw named.isEmpty
      ? shell.noTask(argument)
      : CommandFailure(
        "\(counted(named.count, "task")) are called '\(excerpt(of: argument.text))'",
        at: argument.range,
        hint: "name one of them by its id: \(Self.list(named))"
      )
  }

  /// Reads an argument as one or more tasks: an id, a name, which stands for all live tasks with that name, ids
  /// from one to another, as in `2..5`, or `all`.
  package func tids(_ index: Int, in shell: Shell) throws(CommandFailure) -> [TaskID] {
    let argument = arguments[index]
    if argument.text == "all" { return shell.scheduler.tasks().map(\.tid) }
    if let range = try range(argument) {
      return shell.scheduler.tasks().map(\.tid).filter { range.contains($0.rawValue) }
    }
    if let tid = Self.number(argument.text) { return [tid] }
    let named = shell.tasks(named: argument.text)
    if named.isEmpty { throw shell.noTask(argument) }
    return named
  }

  /// Reads ids from one to another; both count.
  private func range(_ argument: Argument) throws(CommandFailure) -> ClosedRange<Int>? {
    let text = argument.text
    guard let dots = text.firstRange(of: ".."),
      let first = Int(text[..<dots.lowerBound]), let last = Int(text[dots.upperBound...])
    else { return nil }
    guard first <= last else {
      throw CommandFailure(
        "\(first) is after \(last)",
        at: argument.range,
        hint: "the lower id comes first, as in 2..5"
      )
    }
    return first...last
  }

  private static func number(_ text: String) -> TaskID? {
    guard let number = Int(text), number >= 0 else { return nil }
    return TaskID(rawValue: number)
  }

  /// A few ids.
  private static func list(_ tids: [TaskID]) -> String {
    let most = 5
    let shown = tids.prefix(most).map(\.description).joined(separator: ", ")
    return tids.count > most ? "\(shown), ..." : shown
  }
}

extension Shell {
  /// The live tasks with a name; if there are none, those that are remembered.
  ///
  /// In O(n).
  fileprivate func tasks(named name: String) -> [TaskID] {
    let live = scheduler.tasks().filter { $0.name == name }.map(\.tid)
    if !live.isEmpty { return live }
    return scheduler.tasks(includingEnded: true).filter { $0.name == name }.map(\.tid)
  }

  /// The failure of a command that was given a word for a task.
  fileprivate func noTask(_ argument: Argument) -> CommandFailure {
    let text = excerpt(of: argument.text)
    if text.hasPrefix("-"), Int(argument.text) == nil {
      return CommandFailure(
        "there is no option '\(text)' here",
        at: argument.range,
        hint: "`help COMMAND` lists the options of a command"
      )
    }
    let names = Swift.Set(scheduler.tasks().lazy.prefix(Self.suggestible).map(\.name)).sorted()
    return CommandFailure(
      Int(argument.text) == nil
        ? "no task is called '\(text)'" : "'\(text)' is not a task id",
      at: argument.range,
      hint: Suggestion.question(for: argument.text, among: names)
        ?? "`ps` lists the tasks, by id and by name; $! is the last one spawned"
    )
  }

  /// The names of so many tasks are looked at for a suggestion.
  private static var suggestible: Int { 10_000 }
}
