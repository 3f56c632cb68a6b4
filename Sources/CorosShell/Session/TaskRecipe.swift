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
      at: arrival
    )
  }
}

/// The tasks that the operator has made on the present machine, oldest first.
struct RecipeBook {
  private(set) var entries: [(tid: TaskID, recipe: TaskRecipe)] = []
  /// Whether there were more than are kept.
  private(set) var isTorn = false

  /// The most that are kept.
  static let limit = 100_000

  mutating func append(_ tid: TaskID, _ recipe: TaskRecipe) {
    if entries.count < Self.limit {
      entries.append((tid, recipe))
    } else {
      isTorn = true
    }
  }
}

extension Shell {
  /// Makes a task and remembers how.
  func make(_ recipe: TaskRecipe) throws -> TaskID {
    let tid = try recipe.make(in: scheduler)
    recipes.append(tid, recipe)
    return tid
  }
}
