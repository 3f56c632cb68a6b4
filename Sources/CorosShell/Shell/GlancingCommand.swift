package import CorosInsight
package import CorosKernel
package import CorosLanguage
import CorosSession

/// A command that looks at the machine, and can look at it as it was: `--at TICK`.
///
/// What is due at a tick is part of that tick: such a command sees it done, at the present tick as at any other.
package protocol GlancingCommand: ShellCommand {
  /// Whether it looks ahead to the next step itself, and so knows what is due before that.
  static var looksAhead: Bool { get }
}

extension GlancingCommand {
  package static var looksAhead: Bool { false }

  package static var glancing: (any GlancingCommand.Type)? { Self.self }
}

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
    guard let glancing = command.glancing else {
      return try command.execute(invocation, in: self)
    }
    var invocation = invocation
    let glance = try Glance.take(from: &invocation)
    if glance == nil, glancing.looksAhead { return try command.execute(invocation, in: self) }
    monitor.flush()
    var result = Swift.Result<Void, CommandFailure>.success(())
    do throws(RequestFailure) {
      let tick = glance?.tick ?? scheduler.now
      try session.glance(atTick: tick, withDue: !glancing.looksAhead) {
        do throws(CommandFailure) {
          try command.execute(invocation, in: self)
        } catch {
          result = .failure(error)
        }
      }
    } catch {
      throw failure(of: error, at: glance?.place ?? invocation.name.range)
    }
    try result.get()
  }

  /// Evaluates an expression on the machine as it is at this tick, with what is due at it.
  package func evaluate<Value>(
    _ body: (MachineView) throws(ExpressionError) -> Value
  ) throws(ExpressionError) -> Value {
    try asOfNow { () -> Swift.Result<Value, ExpressionError> in
      do throws(ExpressionError) {
        return .success(try body(view))
      } catch {
        return .failure(error)
      }
    }.get()
  }

  /// Looks at the machine as it is at this tick, with what is due at it, again and again on a screen.
  ///
  /// Where that would take a replay, as with async tasks, the machine is looked at as it stands.
  func foreseen<Value>(_ look: () -> Value) -> Value {
    guard scheduler.hasDue else { return look() }
    var result: Value?
    _ = scheduler.foresee { result = look() }
    return result ?? look()
  }

  /// Looks at the machine as it is at this tick, with what is due at it; where the past cannot be replayed, as it
  /// stands.
  package func asOfNow<Value>(_ look: () -> Value) -> Value {
    guard scheduler.hasDue else { return look() }
    var result: Value?
    try? session.glance(atTick: scheduler.now) { result = look() }
    return result ?? look()
  }
}
