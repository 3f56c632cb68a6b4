import CorosKernel
import CorosLanguage
import CorosShell

extension Shell {
  /// A program that a command depends on.
  func program(
    _ name: String,
    for manual: Manual,
    _ invocation: Invocation
  ) throws(CommandFailure) -> Program {
    if let program = catalogue[name] { return program }
    throw CommandFailure(
      "\(manual.name) needs the program '\(name)', which does not exist",
      at: invocation.name.range,
      hint: "`programs` lists the programs"
    )
  }
}
