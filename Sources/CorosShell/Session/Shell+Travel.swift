import CorosFiles
import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

// Going back and forth on a command's behalf.

extension Shell {
  /// Makes a journey, and says where it led.
  ///
  /// - Parameters:
  ///   - command: The command's name, for JSON.
  ///   - invocation: The command, for failures.
  ///   - words: What is said first, such as `back`.
  ///   - journey: Goes to another moment.
  /// - Throws: What stands in the way.
  func travel(
    _ command: String,
    _ invocation: Invocation,
    _ words: String,
    _ journey: (TimeMachine) throws(Divergence) -> Void
  ) throws(CommandFailure) {
    monitor.flush()
    let end: Journey
    do throws(Divergence) {
      end = try session.travel(journey)
    } catch {
      throw Self.failure(of: error, at: invocation.name.range)
    }
    report(.object([("command", .string(command))] + Self.members(of: end))) {
      "\(words) at tick \(end.tick); \(future)"
    }
  }

  /// The failure of a journey into a past that does not come out as it was.
  static func failure(of divergence: Divergence, at range: SourceRange?) -> CommandFailure {
    CommandFailure(
      divergence.description,
      at: range,
      hint: "a program that depends on something outside the machine cannot be brought back"
    )
  }

  /// Where a journey led to, for JSON.
  static func members(of journey: Journey) -> [(String, JSON)] {
    [
      ("tick", .int(journey.tick)), ("moment", .int(journey.moment)),
      ("moved", .int(journey.moved)),
      ("branch", .int(journey.branch)), ("ahead", .int(journey.ahead)),
    ]
  }

  /// What lies ahead, in words.
  var future: String { TravelWords.future(machine.ahead) }

  /// Does a command's work, and tells when it has left the recorded future for a branch of its own.
  func tellingBranches(_ work: () throws(CommandFailure) -> Void) throws(CommandFailure) {
    let (machine, branch, count) = (machine, machine.branch, machine.branchCount)
    defer {
      if machine === self.machine, machine.branchCount > count, !settings.isJSON {
        monitor.flush()
        output.writeLine(
          style.paint(
            "branch \(machine.branch) begins here; `branch \(branch)` goes to the future that was",
            .faint
          )
        )
      }
    }
    try work()
  }
}
