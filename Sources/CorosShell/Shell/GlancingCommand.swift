package import CorosKernel
package import CorosLanguage
import CorosSession

/// A command that looks at the machine, and can look at it as it was: `--at TICK`.
package protocol GlancingCommand: ShellCommand {}

/// The option of all those commands.
package enum Glance {
  package static let option = "--at"
  package static let usage = "[--at TICK]"

  /// Takes the option out of the words of a command.
  ///
  /// - Returns: The tick, and its place in the line; nil without the option.
  package static func take(
    from invocation: inout Invocation
  ) throws(CommandFailure) -> (tick: Tick, place: SourceRange)? {
    guard let index = invocation.arguments.firstIndex(where: { $0.text == option }) else {
      return nil
    }
    let name = invocation.arguments[index]
    guard index + 1 < invocation.arguments.count else {
      throw CommandFailure(
        "\(option) needs a tick",
        at: name.range,
        hint: "as in `ps \(option) 10`"
      )
    }
    let tick = try invocation.integer(index + 1, "the tick", in: 0...Tick.max)
    var words = invocation.arguments
    words.removeSubrange(index...index + 1)
    let place = invocation.arguments[index + 1].range
    invocation = Invocation(line: invocation.line, name: invocation.name, arguments: words)
    return (tick, place)
  }
}

extension Shell {
  /// Runs a command, on the machine as it was if it asks for that.
  func perform(
    _ command: any ShellCommand.Type,
    _ invocation: Invocation
  ) throws(CommandFailure) {
    var invocation = invocation
    guard command is any GlancingCommand.Type,
      let (tick, place) = try Glance.take(from: &invocation)
    else { return try command.execute(invocation, in: self) }
    monitor.flush()
    var result = Swift.Result<Void, CommandFailure>.success(())
    do throws(RequestFailure) {
      try session.glance(atTick: tick) {
        do throws(CommandFailure) {
          try command.execute(invocation, in: self)
        } catch {
          result = .failure(error)
        }
      }
    } catch {
      throw failure(of: error, at: place)
    }
    try result.get()
  }
}
