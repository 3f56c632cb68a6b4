import CorosFiles
import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Runs by given choices.
  enum Replay: PrintingCommand {
    static let manual = Manual(
      name: "replay",
      summary: "run as a schedule says, from the start",
      usage: "replay SCHEDULE | FILE",
      group: .travel,
      details: """
        On a new branch: your commands are given again, each before the same step as on this one, but who \
        runs is as the schedule says. It stops before the first step whose task cannot run, names it, and \
        those that could; the policy is then `manual`. After the last step it is the one that the schedule \
        names. In a fresh session, spawn the same tasks first.
        """,
      example: "replay schedule1@0@rr:quantum=1@1x2",
      seeAlso: ["schedule", "branches", "policy"],
      completion: [.file, .nothing]
    )

    static let reference = Reference(
      notes: "A step that cannot be made is an error.",
      results: [
        ResultLine([
          .init("steps", .number, "how many choices were followed"),
          .init("tick", .number, "the tick now"),
          .init("branch", .number, "the new branch"),
          .init("stopped", .word(["followed"]), "why it ended"),
        ])
      ],
      demonstration: ["spawn count 3; run", "replay schedule1@0@rr:quantum=1@1x2"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      guard let argument = invocation.arguments.first else {
        throw CommandFailure(
          "replay needs a schedule",
          at: invocation.name.range,
          hint: "`schedule` prints one; it may also stand in a file"
        )
      }
      try invocation.allow(atMost: 1, manual)
      let schedule = try shell.schedule(in: argument)
      let policy = try shell.policy(of: schedule, argument)
      let outcome = shell.session.reschedule(schedule, then: policy)
      shell.monitor.flush()
      try report(outcome, schedule, invocation, shell)
    }

    private static func report(
      _ outcome: RescheduleOutcome,
      _ schedule: CorosHistory.Schedule,
      _ invocation: Invocation,
      _ shell: Shell
    ) throws(CommandFailure) {
      let tick = shell.scheduler.now
      switch outcome {
      case .followed:
        shell.report([
          "command": "replay", "steps": .int(schedule.count), "tick": .int(tick),
          "branch": .int(shell.machine.branch), "stopped": "followed",
        ]) {
          "followed, \(counted(schedule.count, "step")), to tick \(tick)"
        }
      case .interrupted:
        throw shell.interruption
      case .refused(let act):
        throw CommandFailure(act.description, at: invocation.arguments[0].range)
      case .stopped(let unplayable):
        let ready = unplayable.ready.prefix(20).map(\.description).joined(separator: ", ")
        let why =
          switch unplayable.state {
          case nil: "does not exist"
          case .exited?: "has ended"
          case let state?: "is \(state.word)"
          }
        throw CommandFailure(
          "step \(unplayable.step + 1) cannot be made at tick \(tick): task \(unplayable.task) \(why)",
          at: invocation.arguments[0].range,
          hint: unplayable.ready.isEmpty ? "nobody could run" : "these could run: \(ready)"
        )
      }
    }
  }
}

extension Shell {
  /// Reads a schedule from a word, or from the file that it names.
  func schedule(in argument: Argument) throws(CommandFailure) -> Schedule {
    var text = argument.text
    let isFile = !text.hasPrefix("schedule")
    if isFile {
      do throws(FileError) {
        text = try files.text(of: text)
      } catch {
        throw CommandFailure(error, at: argument.range, hint: "`schedule` prints a schedule")
      }
    }
    do throws(ScheduleError) {
      return try Schedule(parsing: text)
    } catch {
      // The place is only known where the word stands bare in the line.
      let isBare = !isFile && argument.range.count == argument.text.utf8.count
      let start = argument.range.lowerBound + min(error.offset, text.utf8.count)
      throw CommandFailure(
        error.message,
        at: isBare ? start..<argument.range.upperBound : argument.range,
        hint: error.hint
      )
    }
  }

  /// The policy that a schedule names.
  func policy(
    of schedule: Schedule,
    _ argument: Argument
  ) throws(CommandFailure) -> PolicyChoice {
    let words = schedule.policy.split(separator: " ").map { String($0) }
    do throws(PolicyError) {
      return try PolicyChoice.parse(name: words.first ?? "", settings: Array(words.dropFirst()))
    } catch {
      throw CommandFailure(error.message, at: argument.range, hint: error.hint)
    }
  }
}
