import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Creates processes of CPU bursts and I/O requests, and sets the policy under which textbooks run them.
  enum Procs: SimpleCommand {
    static let manual = Manual(
      name: "procs",
      summary: "make processes that compute and do I/O",
      usage: "procs PROC:... [KEY=VALUE ...]",
      group: .tasks,
      details: """
        A PROC is a list of bursts: cN uses N ticks of CPU, and i does an I/O. An I/O costs a tick to start \
        it, `iotime` ticks in which the process waits, and a tick to take in the result. Colons separate \
        processes. They take turns in order, under a policy of their own:

          iotime=5        how long each I/O takes
          switch=io       while a process waits, the next one has the CPU
          switch=end      while a process waits, the CPU idles
          wake=later      a process whose I/O is done waits for its turn
          wake=immediate  a process whose I/O is done gets the CPU at once

        Does the order of the processes matter? Try both, with `run` and `stats` after each, and `reset` \
        between them:

          procs c4:i
          procs i:c4
        """,
      example: "procs c4,i,c1:c2,i",
      seeAlso: ["stats", "workload", "policy"],
      completion: [.words(["iotime=", "switch=", "wake="])]
    )

    static let reference = Reference(demonstration: ["procs c4,i,c1:c2,i iotime=3"])

    struct Result: CommandResult, ResultObject {
      let processes: [MadeTask]
      let policy: String

      static let fields: [ResultField<Self>] = [
        .numbers("tids", "the new tasks") { $0.processes.map(\.tid.rawValue) },
        .text("policy", "the policy now, with its settings") { $0.policy },
      ]

      func text(in look: Look) -> String {
        let lines = processes.map { process in
          let name = look.style.paint(process.recipe.name, .name)
          return "task \(process.tid): \(name) \(process.recipe.arguments[0])"
        }
        return (lines + ["policy: \(policy)"]).joined(separator: "\n")
      }
    }

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      let program = try shell.program("proc", for: manual, invocation)
      var processes: [String] = []
      var ioTime: [String] = []
      var settings: [Argument] = []
      for argument in invocation.arguments {
        if !argument.text.contains("=") {
          processes += try list(argument, program)
        } else if argument.text.hasPrefix("iotime=") {
          try require(ioTime.isEmpty, "iotime is given twice", argument)
          ioTime = [String(argument.text.dropFirst("iotime=".count))]
          try check(["i"] + ioTime, program, at: argument.range)
        } else {
          settings.append(argument)
        }
      }
      guard !processes.isEmpty else {
        throw CommandFailure(
          "procs needs processes",
          at: invocation.name.range,
          hint: "try `\(manual.example)`"
        )
      }
      let policy = try policy(settings)
      return try shell.ask(invocation) { session throws(RequestFailure) in
        try session.requireRoom(for: processes.count)
        session.use(policy)
        let (now, first) = (session.scheduler.now, session.madeCount(of: program))
        let made = try session.make(
          processes.enumerated().map { place, bursts in
            TaskRecipe(
              program: program,
              arguments: [bursts] + ioTime,
              form: .machine,
              name: letters(for: first + place),
              arrival: now
            )
          }
        )
        return Result(processes: made, policy: session.scheduler.policyDescription)
      }
    }

    /// The processes of a word.
    ///
    /// Each burst is checked separately, so that an error can point at it.
    private static func list(
      _ argument: Argument,
      _ program: CorosKernel.Program
    ) throws(CommandFailure) -> [String] {
      var start = 0
      for burst in argument.text.split(
        omittingEmptySubsequences: false,
        whereSeparator: isSeparator
      ) {
        let end = start + burst.utf8.count
        if burst.isEmpty {
          let separator = argument.place(of: max(0, start - 1)..<max(1, start))
          throw CommandFailure(
            argument.text.isEmpty
              ? "this is not a process" : "something is missing beside this separator",
            at: separator,
            hint: "for example: \(manual.example)"
          )
        }
        try check([String(burst)], program, at: argument.place(of: start..<end))
        start = end + 1
      }
      return argument.text.split(separator: ":").map { String($0) }
    }

    private static func isSeparator(_ character: Character) -> Bool {
      character == ":" || character == ","
    }

    /// Lets the program check arguments.
    private static func check(
      _ arguments: [String],
      _ program: CorosKernel.Program,
      at range: SourceRange
    ) throws(CommandFailure) {
      do throws(ProgramArgumentError) {
        _ = try program.code(arguments: arguments, form: .machine)
      } catch {
        throw CommandFailure(
          excerpt(of: error.message, limit: 200),
          at: range,
          hint: "for example: \(manual.example) iotime=5"
        )
      }
    }

    private static func policy(_ settings: [Argument]) throws(CommandFailure) -> PolicyChoice {
      do throws(PolicyError) {
        return try PolicyChoice.parse(name: "procs", settings: settings.map(\.text))
      } catch {
        throw CommandFailure(
          error.message,
          at: error.word > 0 ? settings[error.word - 1].range : nil,
          hint: error.hint
        )
      }
    }

    private static func require(
      _ condition: Bool,
      _ message: String,
      _ argument: Argument
    ) throws(CommandFailure) {
      if !condition {
        throw CommandFailure(message, at: argument.range, hint: "leave one of them out")
      }
    }
  }
}
