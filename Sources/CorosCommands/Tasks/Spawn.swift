import CorosKernel
import CorosLanguage
import CorosMachine
import CorosSession
import CorosShell

extension Commands {
  /// Creates a task from a program.
  enum Spawn: ShellCommand {
    static let manual = Manual(
      name: "spawn",
      summary: "make a task of a program",
      usage: "spawn [-m] [-n N] PROGRAM [ARG ...] [| ...]",
      group: .tasks,
      details: """
        The new task is ready and waits for the CPU: nothing runs before `step`, `run` or `wait`. Its id is \
        printed, and kept in $! until the next spawn. `programs` lists the programs. -m runs the \
        state-machine form of the program, if there is one: it does the same with less memory. -n N makes N \
        tasks; behind a typed program, xN does the same: `spawn bump x2`. Behind a | stands a program that reads what \
        the one before it writes: `spawn count 20 | grep 1 | wc`; $! is then the last task. In front of the first | `asm FILE` \
        may stand, too.
        """,
      example: "spawn count 3",
      seeAlso: ["programs", "step", "run", "ps"],
      completion: [.program, .nothing]
    )

    static let reference = Reference(
      notes: "`programs NAME` says whether a program is written as a state machine, too.",
      demonstration: ["spawn count", "spawn -m count", "spawn count 20 | wc"]
    )

    struct Result: CommandResult, ResultObject {
      let tid: TaskID
      let program: String
      let form: CorosKernel.Program.Form
      let arguments: [String]
      /// The task whose output it reads.
      let reads: TaskID?

      static let fields: [ResultField<Self>] = [
        .number("tid", "the new task; `$!` is now this id") { $0.tid.rawValue },
        .text("program", "its program") { $0.program },
        .sometimes("form", .word(["machine"]), "with -m only") {
          $0.form == .machine ? .string($0.form.rawValue) : nil
        },
        .sometimes("reads", .number, "behind a `|` only: the task whose output it reads") {
          $0.reads.map { .int($0.rawValue) }
        },
      ]

      func text(in look: Look) -> String {
        let typed = ([program] + arguments.map(quoted)).joined(separator: " ")
        return "task \(tid): " + look.style.paint(excerpt(of: typed, limit: 200), .name)
          + (reads.map { ", which reads what task \($0) writes" } ?? "")
      }
    }

    /// A program of the line, with its arguments.
    private struct Part {
      let name: Argument
      let source: Source
      let form: CorosKernel.Program.Form
      var words: ArraySlice<Argument>
      var count = 1
    }

    /// What the tasks of a part are made of.
    private enum Source {
      case program(CorosKernel.Program)
      case assembly(AssemblyLoad)
    }

    static func run(
      _ invocation: Invocation,
      in shell: Shell,
      results: Results<Result>
    ) throws(CommandFailure) {
      let parts = try parts(of: invocation, in: shell)
      var made: [TaskID] = []
      for part in parts {
        let arguments = part.words.map(\.text)
        do throws(RequestFailure) {
          if part.count > 1 || parts.count > 1 {
            try shell.session.requireRoom(for: max(part.count, parts.count - made.count))
          }
          for _ in 0..<part.count {
            if shell.isInterrupted { throw .interrupted }
            let tid: TaskID
            switch part.source {
            case .program(let program):
              tid = try shell.session.spawn(program, arguments, form: part.form)
            case .assembly(let load): tid = try shell.session.load(load)[0]
            }
            if parts.count > 1 {
              if let writer = made.last { _ = try shell.session.join(writer, to: tid) }
              made.append(tid)
            }
            results.add(
              Result(
                tid: tid,
                program: part.name.text,
                form: part.form,
                arguments: arguments,
                reads: made.dropLast().last
              )
            )
          }
        } catch {
          throw failure(of: error, in: part, shell)
        }
      }
    }

    private static func failure(
      of error: RequestFailure,
      in part: Part,
      _ shell: Shell
    ) -> CommandFailure {
      var place = part.name.range
      if case .badArguments(let wrong) = error, let index = wrong.argument {
        place = part.words[part.words.startIndex + index].range
      }
      var failure = shell.failure(of: error, at: place)
      if case .refused = error { failure.hint = Shell.hintForRoom }
      return failure
    }

    /// The programs of the line; all of them are right, or nothing is made.
    private static func parts(
      of invocation: Invocation,
      in shell: Shell
    ) throws(CommandFailure) -> [Part] {
      var parts: [Part] = []
      var bar: Argument?
      var rest = invocation.arguments[...]
      repeat {
        let words = rest.prefix { !isBar($0) }
        rest = rest.dropFirst(words.count)
        parts.append(try part(words, after: bar, of: invocation, in: shell))
        bar = rest.popFirst()
      } while bar != nil
      guard parts.count > 1 else { return parts }
      for part in parts {
        if part.count > 1 {
          throw CommandFailure(
            "a pipe joins one task with one other",
            at: part.name.range,
            hint: "leave out the number of tasks"
          )
        }
        guard case .program(let program) = part.source else { continue }
        do throws(ProgramArgumentError) {
          _ = try program.code(arguments: part.words.map(\.text), form: part.form)
        } catch {
          throw failure(of: .badArguments(error), in: part, shell)
        }
      }
      return parts
    }

    private static func part(
      _ words: ArraySlice<Argument>,
      after bar: Argument?,
      of invocation: Invocation,
      in shell: Shell
    ) throws(CommandFailure) -> Part {
      var words = words
      let (form, requested) = try options(&words, invocation)
      guard let name = words.popFirst() else {
        throw CommandFailure(
          bar == nil ? "spawn needs a program" : "there is no program behind the `|`",
          at: (bar ?? invocation.name).range,
          hint: "`programs` lists them; try `\(bar == nil ? manual.example : "spawn count 3 | wc")`"
        )
      }
      guard let program = shell.catalogue[name.text] else {
        guard name.text == Asm.manual.name else { throw shell.noProgram(name) }
        let load = try assembly(name, words, isFirst: bar == nil, of: invocation, in: shell)
        return Part(name: name, source: .assembly(load), form: form, words: words)
      }
      let count =
        if let requested { requested } else { try count(&words, of: program, in: shell) }
      return Part(name: name, source: .program(program), form: form, words: words, count: count)
    }

    /// A program in assembly that writes into a pipe.
    private static func assembly(
      _ name: Argument,
      _ words: ArraySlice<Argument>,
      isFirst: Bool,
      of invocation: Invocation,
      in shell: Shell
    ) throws(CommandFailure) -> AssemblyLoad {
      guard isFirst, invocation.arguments.contains(where: isBar) else {
        throw CommandFailure(
          isFirst ? "asm is a command of its own" : "a program in assembly reads nothing",
          at: name.range,
          hint: isFirst
            ? "try `asm FILE`, or `spawn asm FILE | wc`"
            : "it may come first: `spawn asm FILE | wc`"
        )
      }
      guard let file = words.first else {
        throw CommandFailure("asm needs a file", at: name.range, hint: "try `spawn asm FILE | wc`")
      }
      let load = try Asm.load(file, words.dropFirst(), shell)
      guard load.threadCount == 1 else {
        throw CommandFailure(
          "a pipe joins one task with one other",
          at: name.range,
          hint: "load it with one thread"
        )
      }
      return load
    }

    /// Whether a word joins two programs; a quoted bar does not.
    private static func isBar(_ word: Argument) -> Bool { word.text == "|" && word.origin == nil }

    /// The options before the program: its form, and how many tasks to make of it.
    private static func options(
      _ words: inout ArraySlice<Argument>,
      _ invocation: Invocation
    ) throws(CommandFailure) -> (form: CorosKernel.Program.Form, count: Int?) {
      var form = CorosKernel.Program.Form.async
      var count: Int?
      while let option = words.first, option.text == "-m" || option.text == "-n" {
        words.removeFirst()
        if option.text == "-m" {
          form = .machine
        } else if words.popFirst() != nil {
          count = try invocation.integer(
            words.startIndex - 1,
            "the number of tasks",
            in: mostAtOnce
          )
        } else {
          throw CommandFailure(
            "-n needs a number of tasks",
            at: option.range,
            hint: "as in `spawn -n 50 count 3`"
          )
        }
      }
      return (form, count)
    }

    private static let mostAtOnce = 1...1_000_000

    /// How many tasks of a typed program to make: the last word may say it, as in `x3`.
    private static func count(
      _ words: inout ArraySlice<Argument>,
      of program: CorosKernel.Program,
      in shell: Shell
    ) throws(CommandFailure) -> Int {
      guard let last = words.last, last.text.first == "x", last.text.count > 1,
        last.text.dropFirst().allSatisfy({ ("0"..."9").contains($0) }),
        shell.session.isTyped(program)
      else { return 1 }
      guard let count = Int(last.text.dropFirst()), mostAtOnce.contains(count) else {
        throw CommandFailure(
          "x is followed by a number of tasks",
          at: last.range,
          hint: "from 1 to 1000000, as in `spawn \(program.name) x3`"
        )
      }
      words.removeLast()
      return count
    }
  }
}

extension Shell {
  /// The failure of a command that needs a program and was given the name of none.
  func noProgram(_ name: Argument) -> CommandFailure {
    let hint =
      Suggestion.question(for: name.text, among: catalogue.programs.map(\.name))
      ?? (commands.command(named: name.text) == nil
        ? "`programs` lists them" : "it is a command: type `\(name.text)` by itself")
    return CommandFailure(
      "there is no program '\(excerpt(of: name.text))'",
      at: name.range,
      hint: hint
    )
  }
}
