import CorosKernel

/// Creates a task of a typed program, as it is defined now.
struct SpawnProgram: SystemCall {
  let name: String
  let values: [Int]

  init(_ name: String, _ values: [Int]) {
    self.name = name
    self.values = values
  }

  static var name: String { "NewTask" }

  var arguments: String { name }

  static var isTracked: Bool { true }

  func handle(in kernel: KernelContext) -> Disposition<TaskID> {
    .catching {
      guard let object = try kernel.find(Definitions.self, named: Definitions.name),
        case .program(let program)? = try kernel.value(of: object).entries[name],
        program.code.parameters.count == values.count
      else {
        throw SystemCallError.invalidArgument("the program \(name) has changed meanwhile")
      }
      let task = InterpretedTask(program.code, arguments: values)
      return .reply(try kernel.createTask(name, .machine(task)))
    }
  }
}
