import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

/// A command that goes to another moment: `back`, `forward`, `goto`, `branch`.
protocol TravelCommand: SimpleCommand where Result == Arrival {
  /// Reads the destination.
  ///
  /// - Returns: The destination, and the part of the line to point at if it cannot be reached.
  static func destination(
    _ invocation: Invocation,
    in shell: Shell
  ) throws(CommandFailure) -> (Destination, place: SourceRange)
}

extension TravelCommand {
  static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Arrival {
    let (destination, place) = try destination(invocation, in: shell)
    shell.monitor.flush()
    do throws(RequestFailure) {
      return Arrival(destination: destination, journey: try shell.session.go(to: destination))
    } catch .unreachable(let reason) {
      throw CommandFailure(reason, at: place)
    } catch {
      throw shell.failure(of: error, at: invocation.name.range)
    }
  }

  /// Reads the argument of `back` and `forward`, which a bare Return repeats.
  static func stepCount(
    _ invocation: Invocation,
    in shell: Shell
  ) throws(CommandFailure) -> Int {
    try invocation.allow(atMost: 1, manual)
    let count =
      invocation.arguments.isEmpty
      ? 1 : try invocation.integer(0, "the number of steps", in: 1...Int.max)
    shell.lastMove = count == 1 ? manual.name : "\(manual.name) \(count)"
    return count
  }
}

/// The end of a journey.
struct Arrival: CommandResult, ResultObject {
  let destination: Destination
  let journey: Journey

  static let fields: [ResultField<Self>] = .fields(of: { $0.journey })

  func text(in look: Look) -> String {
    "\(words) at tick \(journey.tick); \(TravelWords.future(journey.ahead))"
  }

  private var words: String {
    switch destination {
    case .back(let count): -journey.moved < count ? "back at the beginning," : "back"
    case .forward: "forward"
    case .tick: "now"
    case .bookmark(let name): "\(name):"
    case .lastStep(let tid): "before the last step of task \(tid),"
    case .branch(let number): "branch \(number),"
    }
  }
}
