import CorosFiles
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

// Making several tasks at once: all of them, or none.

extension Shell {
  /// Makes the tasks, in order.
  ///
  /// - Returns: their ids; `$!` is the last of them.
  /// - Throws: when there is no room for all; then none is made.
  func load(_ recipes: [TaskRecipe], _ invocation: Invocation) throws(CommandFailure) -> [TaskID] {
    try requireRoom(for: recipes.count, invocation)
    return try ask(invocation) { session throws(RequestFailure) in try session.make(recipes) }
  }

  /// Fails when there cannot be so many more tasks.
  func requireRoom(for count: Int, _ invocation: Invocation) throws(CommandFailure) {
    let room = session.room
    guard count > room else { return }
    throw CommandFailure(
      "\(counted(count, "task")) would be too many: there is room for \(room)",
      at: invocation.name.range,
      hint: "`kill` or `reset` makes room, and `limit tasks N` raises the limit"
    )
  }

  /// A program that a command builds on.
  func program(
    _ name: String,
    for manual: Manual,
    _ invocation: Invocation
  ) throws(CommandFailure)
    -> Program
  {
    if let program = catalogue[name] { return program }
    throw CommandFailure(
      "\(manual.name) needs the program '\(name)', which is not there",
      at: invocation.name.range,
      hint: "`programs` lists those that are"
    )
  }
}
