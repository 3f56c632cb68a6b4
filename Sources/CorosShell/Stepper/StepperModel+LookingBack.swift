import CorosHistory
import CorosKernel
import CorosSession

// Other ticks as somebody sees them who only watches: on a copy, while the machine stays where it is.

extension StepperModel {
  /// Lets a key that would move the machine move only what is looked at.
  ///
  /// - Parameters:
  ///   - key: The key, which whoever drives would move the machine with.
  ///   - question: The question that it answers; nil for none.
  /// - Returns: Whether the key has such a meaning.
  func lookElsewhere(_ key: ScreenKey, answering question: Question?) -> Bool {
    let now = shell.scheduler.now
    let tick: Tick
    switch (question, key) {
    case (.goto(let text), _): tick = Tick(text) ?? .max
    case (nil, .left), (nil, .character("b")): tick = (lookedAt?.tick ?? now) - 1
    case (nil, .right), (nil, .character("s")), (nil, .character(" ")):
      guard let lookedAt else { return false }
      tick = lookedAt.tick + 1
    case (nil, .character("<")): tick = 0
    case (nil, .character(">")): tick = now
    default: return false
    }
    let last = shell.machine.tick(atMoment: shell.machine.lastMoment)
    if isMidRun {
      say("while a command runs, only the present can be looked at", .faint)
    } else if tick < 0 {
      say("this is the beginning", .faint)
    } else if tick > max(last, now) {
      say("nothing is recorded of that tick: the last is \(last)", .bad)
    } else if tick == now {
      lookedAt = nil
      say("this is the present", .faint)
    } else {
      lookedAt = (tick, now)
      say("this is tick \(tick), for you alone; > shows the present", .faint)
    }
    linesBack = 0
    return true
  }

  /// What is on the screen, if it would be drawn the same: the past of a branch stays as it was, and a replay takes
  /// time that the machine would wait for.
  func pastView(width: Int, height: Int) -> StepperView? {
    guard !mayChange, !isMidRun, let tick = lookedAt?.tick, let view,
      (view.width, view.height) == (width, height), view.state.tick == tick,
      let drawnOf, drawnOf == (ObjectIdentifier(shell.machine), shell.machine.branch)
    else { return nil }
    lookedAt = (tick, shell.scheduler.now)
    var state = view.state
    showMotion(in: &state)
    return StepperView(state, width: width, height: height)
  }

  /// Does something with the machine as it was at the tick that is looked at.
  func atLookedTick(_ work: () -> Void) {
    guard !mayChange, !isMidRun, let (tick, _) = lookedAt else {
      lookedAt = nil
      return work()
    }
    lookedAt = (tick, shell.scheduler.now)
    drawnOf = (ObjectIdentifier(shell.machine), shell.machine.branch)
    let present = log
    list = nil
    defer { list = nil }
    do throws(RequestFailure) {
      defer { log = present }
      try shell.session.glance(atTick: tick) {
        log = StepperLog()
        replayLog()
        work()
      }
    } catch {
      lookedAt = nil
      list = nil
      tell(shell.failure(of: error))
      work()
    }
  }
}
