import CorosKernel

/// Makes a task of a program.
enum Spawn: ShellCommand {
  static let manual = Manual(
    name: "spawn",
    summary: "make a task of a program",
    usage: "spawn PROGRAM [ARG ...]",
    group: .tasks,
    details: """
      The task is ready and waits for the CPU: nothing runs before `step`, `run` or `wait`. Its id is \
      printed, and kept in $! until the next spawn. `programs` lists the programs there are.
      """,
    example: "spawn count 3",
    seeAlso: ["programs", "step", "run", "ps"],
    completion: [.program, .nothing]
  )

  static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
    guard let name = invocation.arguments.first else {
      throw CommandFailure(
        "spawn needs a program",
        at: invocation.name.range,
        hint: "`programs` lists them; try `\(manual.example)`"
      )
    }
    guard let program = shell.catalogue[name.text] else { throw unknown(name, shell) }
    let arguments = invocation.arguments.dropFirst().map(\.text)
    let tid: TaskID
    do {
      tid = try shell.scheduler.createTask(program.name, program.code(arguments: arguments))
    } catch let error as ProgramArgumentError {
      let place = error.argument.map { invocation.arguments[$0 + 1].range } ?? name.range
      throw CommandFailure(error.message, at: place, hint: error.hint)
    } catch {
      throw CommandFailure(
        String(describing: error),
        at: name.range,
        hint: "`kill` or `reset` makes room, and `limit tasks N` raises the limit"
      )
    }
    shell.variables.lastSpawned = tid
    shell.live.wake()
    shell.report([
      "command": "spawn", "tid": .int(tid.rawValue), "program": .string(program.name),
    ]) {
      "task \(tid): "
        + shell.style.paint(([program.name] + arguments).joined(separator: " "), .name)
    }
  }

  private static func unknown(_ name: Argument, _ shell: Shell) -> CommandFailure {
    let names = shell.catalogue.programs.map(\.name)
    return CommandFailure(
      "there is no program '\(excerpt(of: name.text))'",
      at: name.range,
      hint: Suggestion.question(for: name.text, among: names) ?? "`programs` lists them"
    )
  }
}
