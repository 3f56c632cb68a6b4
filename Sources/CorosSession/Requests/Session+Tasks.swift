import CorosHistory
package import CorosInsight
package import CorosKernel

// Making tasks in such a way that they can be made again.

/// A task, and how the operator made it.
package struct MadeTask {
  package let tid: TaskID
  package let recipe: TaskRecipe
}

extension Session {
  /// Makes a task; `lastSpawned` is its id.
  ///
  /// - Throws: `ProgramArgumentError` for wrong arguments, or why the kernel refused it.
  @discardableResult
  package func make(_ recipe: TaskRecipe) throws -> TaskID {
    // Checked before anything is done: an act in the past begins a branch.
    _ = try recipe.program.code(arguments: recipe.arguments, form: recipe.form)
    let tid = try machine.act(
      recipe.command(now: scheduler.now),
      note: { MadeTask(tid: $0, recipe: recipe) },
      { try recipe.make(in: $0) }
    )
    lastSpawned = tid
    live.wake()
    return tid
  }

  /// Makes several tasks, in order: all of them, or none.
  ///
  /// - Throws: Why one of them was refused.
  package func make(_ recipes: [TaskRecipe]) throws(RequestFailure) -> [TaskID] {
    let before = lastSpawned
    var tids: [TaskID] = []
    for recipe in recipes {
      do {
        tids.append(try make(recipe))
      } catch {
        for tid in tids { _ = try? machine.perform(KillTask(tid), label: "kill \(tid)") }
        lastSpawned = before
        throw .refused(String(describing: error))
      }
    }
    return tids
  }

  /// How many more live tasks there may be.
  package var room: Int { max(0, scheduler.taskLimit - scheduler.liveTaskCount) }

  /// The tasks that the operator has made up to the present, on this branch, oldest first.
  package var madeTasks: [MadeTask] { machine.notes.compactMap { $0 as? MadeTask } }
}
