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
  /// Makes a task of a program, ready at once; `lastSpawned` is its id.
  package func spawn(
    _ program: Program,
    _ arguments: [String],
    form: Program.Form = .async
  ) throws(RequestFailure) -> TaskID {
    try make(
      TaskRecipe(
        program: program,
        arguments: arguments,
        form: form,
        name: program.name,
        arrival: scheduler.now
      )
    )
  }

  /// Makes a task; `lastSpawned` is its id.
  @discardableResult
  package func make(_ recipe: TaskRecipe) throws(RequestFailure) -> TaskID {
    do throws(ProgramArgumentError) {
      // Checked before anything is done: an act in the past begins a branch.
      _ = try recipe.program.code(arguments: recipe.arguments, form: recipe.form)
    } catch {
      throw .badArguments(error)
    }
    let tid: TaskID
    do {
      tid = try machine.act(
        recipe.command(now: scheduler.now),
        note: { MadeTask(tid: $0, recipe: recipe) },
        { try recipe.make(in: $0) }
      )
    } catch {
      throw .refused(String(describing: error))
    }
    lastSpawned = tid
    live.wake()
    return tid
  }

  /// Makes several tasks, in order: all of them, or none.
  ///
  /// - Throws: Why there are none. That it was interrupted; then those that had been made stay.
  package func make(_ recipes: [TaskRecipe]) throws(RequestFailure) -> [MadeTask] {
    try requireRoom(for: recipes.count)
    let before = lastSpawned
    var made: [MadeTask] = []
    for recipe in recipes {
      if isInterrupted() { throw .interrupted }
      do throws(RequestFailure) {
        made.append(MadeTask(tid: try make(recipe), recipe: recipe))
      } catch {
        for task in made { _ = try? kill(task.tid) }
        lastSpawned = before
        throw error
      }
    }
    return made
  }

  /// Fails where there cannot be so many more live tasks.
  package func requireRoom(for count: Int) throws(RequestFailure) {
    let room = max(0, scheduler.taskLimit - scheduler.liveTaskCount)
    if count > room { throw .noRoom(for: count, room: room) }
  }

  /// How many tasks the operator has made of a program, so that names without a choice can go on.
  package func madeCount(of program: Program) -> Int {
    madeTasks.count { $0.recipe.program.name == program.name }
  }

  /// The tasks that the operator has made up to the present, on this branch, oldest first.
  package var madeTasks: [MadeTask] { machine.notes.compactMap { $0 as? MadeTask } }
}
