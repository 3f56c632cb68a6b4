package import CorosKernel

/// How the operator made a task: all it takes to make it again.
package struct TaskRecipe {
  package let program: Program
  package let arguments: [String]
  package let form: Program.Form
  package let name: String
  package var parameters = SchedulingParameters()
  /// The tick at which it arrives.
  package let arrival: Tick

  package init(
    program: Program,
    arguments: [String],
    form: Program.Form,
    name: String,
    parameters: SchedulingParameters = SchedulingParameters(),
    arrival: Tick
  ) {
    self.program = program
    self.arguments = arguments
    self.form = form
    self.name = name
    self.parameters = parameters
    self.arrival = arrival
  }

  /// Makes the task.
  ///
  /// - Throws: `ProgramArgumentError`, or what `createTask` throws.
  @discardableResult
  package func make(in scheduler: Scheduler) throws -> TaskID {
    try scheduler.createTask(
      name,
      try program.code(arguments: arguments, form: form),
      parameters: parameters,
      // Under another policy it may be later than it was.
      at: max(arrival, scheduler.now)
    )
  }
}
