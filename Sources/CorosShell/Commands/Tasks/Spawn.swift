import CorosFiles
import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Makes a task of a program.
  enum Spawn: PrintingCommand {
    static let manual = Manual(
      name: "spawn",
      summary: "make a task of a program",
      usage: "spawn [-m] PROGRAM [ARG ...]",
      group: .tasks,
      details: """
        The task is ready and waits for the CPU: nothing runs before `step`, `run` or `wait`. Its id is \
        printed, and kept in $! until the next spawn. `programs` lists the programs there are. With -m the \
        task runs the program written as a state machine, if there is one: it does the same, with less.
        """,
      example: "spawn count 3",
      seeAlso: ["programs", "step", "run", "ps"],
      completion: [.program, .nothing]
    )

    static let reference = Reference(
      notes: "`programs NAME` says whether a program is written as a state machine, too.",
      results: [
        ResultLine([
          .init("tid", .number, "the new task, which is `$!` now"),
          .init("program", .text, "what it runs"),
          .sometimes("form", .word(["machine"]), "with -m only"),
        ])
      ],
      demonstration: ["spawn count", "spawn -m count"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      var words = invocation.arguments[...]
      let form: Program.Form = words.first?.text == "-m" ? .machine : .async
      if form == .machine { words.removeFirst() }
      guard let name = words.popFirst() else {
        throw CommandFailure(
          "spawn needs a program",
          at: invocation.name.range,
          hint: "`programs` lists them; try `\(manual.example)`"
        )
      }
      guard let program = shell.catalogue[name.text] else { throw unknown(name, shell) }
      let arguments = words.map(\.text)
      let tid: TaskID
      do {
        tid = try shell.session.make(
          TaskRecipe(
            program: program,
            arguments: arguments,
            form: form,
            name: program.name,
            arrival: shell.scheduler.now
          )
        )
      } catch let error as ProgramArgumentError {
        let place = error.argument.map { words[words.startIndex + $0].range } ?? name.range
        throw CommandFailure(excerpt(of: error.message, limit: 200), at: place, hint: error.hint)
      } catch {
        throw CommandFailure(
          String(describing: error),
          at: name.range,
          hint: "`kill` or `reset` makes room, and `limit tasks N` raises the limit"
        )
      }
      var json: [(String, JSON)] = [
        ("command", "spawn"), ("tid", .int(tid.rawValue)), ("program", .string(program.name)),
      ]
      if form != .async { json.append(("form", .string(form.rawValue))) }
      shell.report(.object(json)) {
        let typed = ([program.name] + arguments.map(quoted)).joined(separator: " ")
        return "task \(tid): " + shell.style.paint(excerpt(of: typed, limit: 200), .name)
      }
    }

    private static func unknown(_ name: Argument, _ shell: Shell) -> CommandFailure {
      CommandFailure(
        "there is no program '\(excerpt(of: name.text))'",
        at: name.range,
        hint: shell.programHint(for: name.text)
      )
    }
  }
}

extension Shell {
  /// The way out for who named a program that there is not.
  func programHint(for name: String) -> String {
    if let question = Suggestion.question(for: name, among: catalogue.programs.map(\.name)) {
      return question
    }
    return CommandTable.command(named: name) == nil
      ? "`programs` lists them" : "it is a command: type `\(name)` by itself"
  }
}
