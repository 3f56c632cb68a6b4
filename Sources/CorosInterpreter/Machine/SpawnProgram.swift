import CorosKernel
import CorosSync

/// Creates a task of a typed program, as it is defined now.
struct SpawnProgram: SystemCall {
  let name: String
  let values: [Int]
  let group: Group?
  let isServant: Bool

  init(_ name: String, _ values: [Int], in group: Group? = nil, asServant isServant: Bool = false) {
    self.name = name
    self.values = values
    self.group = group
    self.isServant = isServant
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
      guard let group else { return .reply(try kernel.createTask(name, .machine(task))) }
      return SpawnInGroup(group, name, asServant: isServant, .machine(task)).handle(in: kernel)
    }
  }
}
