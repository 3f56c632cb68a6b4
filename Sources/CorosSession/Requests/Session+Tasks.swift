import CorosHistory
package import CorosInsight
package import CorosKernel

// Requests that create tasks, in a form that can be repeated.

/// A task, and the recipe from which the operator made it.
package struct MadeTask {
  package let tid: TaskID
  package let recipe: TaskRecipe
}

extension Session {
  /// Creates a task from a program, ready at once, and sets `lastSpawned`.
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

  /// Creates a task, and sets `lastSpawned`.
  @discardableResult
  package func make(_ recipe: TaskRecipe) throws(RequestFailure) -> TaskID {
    do throws(ProgramArgumentError) {
      // Check before acting: an act in the past begins a branch.
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
  package func make(
    _ recipes: some Collection<TaskRecipe>
  ) throws(RequestFailure) -> [MadeTask] {
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

  /// Throws if the limit does not allow that many more live tasks.
  package func requireRoom(for count: Int) throws(RequestFailure) {
    let room = max(0, scheduler.taskLimit - scheduler.liveTaskCount)
    if count > room { throw .noRoom(for: count, room: room) }
  }

  /// The number of tasks that the operator has made from a program; default names continue from it.
  package func madeCount(of program: Program) -> Int {
    madeTasks.count { $0.recipe.program.name == program.name }
  }

  /// The tasks that the operator has made from programs up to the present on this branch, oldest first.
  package var madeTasks: [MadeTask] { machine.notes.compactMap { $0 as? MadeTask } }

  /// The number of tasks that the operator has made up to the present on this branch.
  package var madeTaskCount: Int {
    machine.notes.reduce(0) { count, note in
      switch note {
      case is MadeTask: count + 1
      case let threads as LoadedThreads: count + threads.tids.count
      default: count
      }
    }
  }
}
