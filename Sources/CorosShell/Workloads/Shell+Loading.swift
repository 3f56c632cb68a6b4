import CorosKernel
import CorosLanguage

extension Shell {
  /// A program that a command builds on.
  func program(
    _ name: String,
    for manual: Manual,
    _ invocation: Invocation
  ) throws(CommandFailure) -> Program {
    if let program = catalogue[name] { return program }
    throw CommandFailure(
      "\(manual.name) needs the program '\(name)', which is not there",
      at: invocation.name.range,
      hint: "`programs` lists those that are"
    )
  }
}
