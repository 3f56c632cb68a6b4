package import CorosKernel

/// How the operator created a task: everything needed to create it again.
package struct TaskRecipe {
  package let program: Program
  package let arguments: [String]
  package let form: Program.Form
  package let name: String
  package var parameters = SchedulingParameters()
  /// The tick of arrival.
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
      // Under another policy the present tick may be later than the recorded arrival.
      at: max(arrival, scheduler.now)
    )
  }
}
