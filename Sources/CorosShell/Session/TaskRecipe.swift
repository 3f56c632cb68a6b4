import CorosKernel

/// How the operator made a task: all it takes to make it again.
struct TaskRecipe {
  let program: Program
  let arguments: [String]
  let form: Program.Form
  let name: String
  var parameters = SchedulingParameters()
  /// The tick at which it arrives.
  let arrival: Tick

  /// Makes the task.
  ///
  /// - Throws: `ProgramArgumentError`, or what `createTask` throws.
  @discardableResult
  func make(in scheduler: Scheduler) throws -> TaskID {
    try scheduler.createTask(
      name,
      try program.code(arguments: arguments, form: form),
      parameters: parameters,
      // Under another policy it may be later than it was.
      at: max(arrival, scheduler.now)
    )
  }
}

extension Shell {
  /// Makes a task, in such a way that it can be made again.
  func make(_ recipe: TaskRecipe) throws -> TaskID {
    // Checked before anything is done, for what is done in the past begins a branch.
    _ = try recipe.program.code(arguments: recipe.arguments, form: recipe.form)
    return try machine.act(
      recipe.command(now: scheduler.now),
      note: { MadeTask(tid: $0, recipe: recipe) },
      { try recipe.make(in: $0) }
    )
  }

  /// The tasks that the operator has made up to the present, on this branch, oldest first.
  var madeTasks: [MadeTask] { machine.notes.compactMap { $0 as? MadeTask } }
}

/// A task, and how the operator made it.
struct MadeTask {
  let tid: TaskID
  let recipe: TaskRecipe
}
