import CorosHistory
import CorosIO
import CorosKernel
import CorosLanguage

// Journals that somebody has edited: the commands count, and the ticks at which they come. What came of them then, and
// how many steps that took, does not.

extension JournalPlayer {
  /// Carries out a line, whatever comes of it.
  func playAnew(_ entry: JournalEntry) throws(JournalError) {
    let machine = session.machine
    switch entry {
    case .act(TimeMachine.answering, _): try finishCall()
    case .act(TimeMachine.givingUp, _): giveUpCall()
    case .act(TimeMachine.settling, _): try act(TimeMachine.settling)
    case .act(let label, _):
      if !label.hasPrefix("wait ") { try checkName(of: label) }
      giveUpCall()
      try skipOnFailure { player throws(JournalError) in try player.actAnew(label) }
    case .incoming(let line, _):
      guard TapeEntry(line.text) == nil else { return }
      try skipOnFailure { player throws(JournalError) in try player.admit(line.text, machine.moment)
      }
    case .advance(_, let tick): try run(toTick: tick)
    case .jump(.max):
      let choice = machine.scheduler.nextChoice
      if choice.task == nil || choice.tick > machine.scheduler.now { machine.step() }
    case .jump(let tick): try run(toTick: tick)
    case .go, .branch:
      giveUpCall()
      try skipOnFailure { player throws(JournalError) in try player.play(entry) }
    case .bookmark, .reschedule: try play(entry)
    }
  }

  /// Does something that may be impossible now; then the line is passed over.
  private func skipOnFailure(
    _ body: (JournalPlayer) throws(JournalError) -> Void
  ) throws(JournalError) {
    do throws(JournalError) {
      try body(self)
    } catch {
      if session.isInterrupted() { throw error }
      skipped.append((line, error.message))
    }
  }

  /// Carries out a command that has to change something: what is done to a task that does not exist is not recorded.
  private func actAnew(_ label: String) throws(JournalError) {
    session.machine.closeJournal()
    let count = session.machine.journal.count
    try act(label)
    guard session.machine.journal.count > count else {
      throw error("'\(excerpt(of: label))' changes nothing now")
    }
  }

  /// Lets the machine run until the clock shows a tick, or until nothing can happen any more.
  private func run(toTick tick: Tick) throws(JournalError) {
    while session.machine.scheduler.now < tick, try makesMove(limit: tick) {}
  }

  /// Lets the machine run until the operator's call is answered, which may now take longer.
  private func finishCall() throws(JournalError) {
    while session.machine.isWaiting, try makesMove() {}
    if isCalling, !session.machine.isWaiting { return try act(TimeMachine.answering) }
    giveUpCall()
  }

  private func giveUpCall() {
    if session.machine.isWaiting { session.machine.giveUpCall() }
    isCalling = false
  }

  /// Makes a move; false if none can be made.
  private func makesMove(limit: Tick = .max) throws(JournalError) -> Bool {
    let machine = session.machine
    let before = machine.moment
    machine.step(limit: limit)
    try checkAgreement()
    if machine.moment.isMultiple(of: 1_024) { try checkInterrupt() }
    return machine.moment > before
  }
}
