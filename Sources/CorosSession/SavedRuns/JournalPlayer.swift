import CorosHistory
import CorosIO
import CorosInsight
import CorosKernel
import CorosLanguage

/// The reason why a journal was not loaded: the line that is wrong, and a hint.
package struct JournalError: Error, Equatable {
  package let line: Int
  package let message: String
  package let hint: String

  package init(_ line: Int, _ message: String, hint: String = "") {
    self.line = line
    self.message = message
    self.hint = hint
  }
}

/// Replays a journal in a session of its own.
package final class JournalPlayer {
  /// The session, at the end of the journal.
  package let session: Session
  /// The lines of an edited journal that could not be carried out, and were passed over.
  package internal(set) var skipped: [(line: Int, why: String)] = []
  /// Whether the journal was edited: its commands count, and not what came of them.
  private let isEdited: Bool
  /// Whether a call of the operator is pending: begun, and neither answered nor given up.
  var isCalling = false
  private(set) var line = 0

  /// The highest moment in the journal, for reporting progress.
  private let lastMoment: Int
  private let progress: (Int, Int) -> Void

  /// Replays a journal.
  ///
  /// - Parameters:
  ///   - text: The journal; its last line needs no line feed.
  ///   - session: The session that wants it: with its programs, until its user interrupts.
  ///   - isEdited: Whether the run may come out otherwise than the journal says.
  /// - Throws: `JournalError` for the first line that is wrong.
  convenience init(
    _ text: String,
    for session: Session,
    isEdited: Bool = false
  ) throws(JournalError) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    if lines.last == "" { lines.removeLast() }
    try self.init(lines: lines, for: session, isEdited: isEdited)
  }

  /// Replays the lines of a journal.
  ///
  /// - Parameters:
  ///   - lines: The lines.
  ///   - other: The session that wants it: with its programs, until its user interrupts.
  ///   - isEdited: Whether the run may come out otherwise than the journal says.
  ///   - progress: Called from time to time with the current moment and the last one.
  /// - Throws: `JournalError` for the first line that is wrong.
  init(
    lines: [String],
    for other: Session,
    isEdited: Bool = false,
    progress: @escaping (Int, Int) -> Void = { _, _ in }
  ) throws(JournalError) {
    self.isEdited = isEdited
    self.progress = progress
    lastMoment = lines.lazy.compactMap(Self.moment).max() ?? 0
    let start = try Self.start(lines)
    if other.start.world == nil, !start.isSimulated,
      let index = lines.firstIndex(where: JournalText.isIncoming)
    {
      throw JournalError(
        index + 1,
        "a task reaches outside here, and this machine has no files, sockets or real time"
      )
    }
    session = Session(
      beside: other,
      start: start,
      playing: try Self.recording(lines)
    )
    let headerLength = JournalText.header(session.start).count
    for (index, text) in lines.enumerated().dropFirst(headerLength) {
      line = index + 1
      if text.isEmpty || text.hasPrefix("#") { continue }
      guard let entry = JournalText.entry(text) else {
        throw error("this is not a line of a journal: '\(excerpt(of: text))'")
      }
      if isEdited { try playAnew(entry) } else { try play(entry) }
    }
    // The session ended during a call.
    if isCalling, session.machine.isWaiting { session.machine.giveUpCall() }
    if !isEdited { try checkAnswers(lines) }
  }

  /// Compares when the world answered with when it does now: the moments of these lines are read for nothing else.
  ///
  /// A network in memory has answered anew, so that its answers are compared as well.
  private func checkAnswers(_ lines: [String]) throws(JournalError) {
    var answers = session.machine.journal.compactMap(Self.answer)[...]
    for (index, line) in lines.enumerated() where JournalText.isIncoming(line) {
      guard let (text, moment) = JournalText.entry(line).flatMap(Self.answer) else { continue }
      // What comes after the last step may not have been asked for.
      guard let now = answers.popFirst() else { return }
      if now.moment != moment {
        throw JournalError(
          index + 1,
          "this came in at moment \(moment), it says, and it comes at moment \(now.moment)"
        )
      }
      if session.start.isSimulated, now.text != text {
        throw JournalError(
          index + 1,
          "the network of this machine does not answer so, but '\(excerpt(of: now.text))'"
        )
      }
    }
  }

  private static func answer(_ entry: JournalEntry) -> (text: String, moment: Int)? {
    guard case .incoming(let line, let moment) = entry else { return nil }
    let text = line.text
    return TapeEntry(text) == nil ? nil : (text, moment)
  }

  /// What came in from outside, in order.
  private static func recording(_ lines: [String]) throws(JournalError) -> [TapeEntry] {
    var result: [TapeEntry] = []
    for (index, line) in lines.enumerated() where JournalText.isIncoming(line) {
      guard case .incoming(let incoming, _)? = JournalText.entry(line) else { continue }
      let text = incoming.text
      if let sum = JournalText.wrongSum(of: line) {
        throw JournalError(
          index + 1,
          "what came in here is not what was written: the line has another sum than '\(sum)'",
          hint: "to load it as it is, write `in` in place of `in:\(sum)`"
        )
      }
      if TapeEntry.hidesBytes(text) {
        throw JournalError(
          index + 1,
          "this journal hides the bytes that came in, so the run cannot be repeated",
          hint: "it was written with `save --redact`; the file can be read"
        )
      }
      if let entry = TapeEntry(text) {
        result.append(entry)
      } else if !text.contains(" ready ") {
        throw JournalError(index + 1, "this is not what comes in: '\(excerpt(of: text))'")
      }
    }
    return result
  }

  func error(_ message: String, hint: String = "") -> JournalError {
    JournalError(line, message, hint: hint)
  }

  /// What to do with a journal that no longer tells what comes of its commands.
  private static let wayOut = "`load --edited FILE` takes the commands alone, and runs them anew"

  // MARK: Lines

  func play(_ entry: JournalEntry) throws(JournalError) {
    let machine = session.machine
    switch entry {
    case .act(let label, let moment):
      guard moment == machine.moment else {
        throw error(
          "this was done at moment \(moment), but the run is at moment \(machine.moment)",
          hint: "are lines missing, or in another order? \(Self.wayOut)"
        )
      }
      try act(label)
      guard machine.journal.last == entry else {
        throw error("'\(excerpt(of: label))' gives another result now", hint: Self.wayOut)
      }
    case .incoming(let line, let moment):
      // Answers of the world were read before, and come when they are asked for.
      if TapeEntry(line.text) == nil { try admit(line.text, moment) }
    case .advance(let moment, let tick):
      try advance(to: moment, tick: tick)
    case .jump(let limit):
      let before = machine.moment
      guard case .stalled = machine.step(limit: limit), machine.moment == before + 1 else {
        throw error(
          "no task ran here, but now one does, or the clock does not move",
          hint: Self.wayOut
        )
      }
    case .go(let moment):
      isCalling = false
      guard moment <= machine.lastMoment else {
        throw error("there is no moment \(moment): the last is \(machine.lastMoment)")
      }
      try travel { [session] machine throws(Divergence) in
        try machine.go(to: moment, unless: session.isInterrupted)
      }
    case .branch(let number):
      isCalling = false
      guard (1...machine.branchCount).contains(number) else {
        throw error("there is no branch \(number)")
      }
      try travel { [session] machine throws(Divergence) in
        try machine.switch(to: number, unless: session.isInterrupted)
      }
    case .bookmark(let name):
      machine.bookmark(name)
    case .reschedule(let schedule):
      isCalling = false
      let policy: PolicyChoice
      do throws(PolicyError) {
        policy = try PolicyChoice(of: schedule)
      } catch let wrong {
        throw error(wrong.message, hint: wrong.hint)
      }
      // What came in over a network in memory on the way is not in the journal.
      let network = session.world.flatMap { $0.beginsAnew ? $0 : nil }
      network?.isQuiet = false
      _ = session.reschedule(schedule, then: policy)
      network?.isQuiet = true
      try checkInterrupt()
    }
  }

  /// Lets in what came for a handle.
  func admit(_ text: String, _ moment: Int) throws(JournalError) {
    let machine = session.machine
    guard moment == machine.moment else {
      throw error("this came at moment \(moment), but the run is at moment \(machine.moment)")
    }
    guard let arrival = session.world?.arrival(text) else {
      throw error("there is no such handle: '\(excerpt(of: text))'")
    }
    (session.world?.device as? SimulatedDevice)?.forgetNews()
    machine.admit([arrival])
    try checkAgreement()
  }

  /// Throws when a task asks the world for something else than it did.
  func checkAgreement() throws(JournalError) {
    guard let (expected, found) = session.scheduler.disagreement else { return }
    throw error("the run differs from the recorded one: there was \(expected), now \(found)")
  }

  func travel(
    _ journey: (TimeMachine) throws(Divergence) -> Void
  ) throws(JournalError) {
    do throws(Divergence) {
      try journey(session.machine)
    } catch let divergence {
      throw error(divergence.description)
    }
    try checkInterrupt()
  }

  private func advance(to moment: Int, tick: Tick) throws(JournalError) {
    let machine = session.machine
    // Each move takes at least one tick, so an impossible line is found without running anything.
    guard moment >= machine.moment, tick >= machine.scheduler.now,
      moment - machine.moment <= tick - machine.scheduler.now
    else {
      throw error(
        "moment \(moment) cannot be tick \(tick): the run is at moment \(machine.moment), tick "
          + "\(machine.scheduler.now)",
        hint: Self.wayOut
      )
    }
    while machine.moment < moment {
      let before = machine.moment
      machine.step()
      try checkAgreement()
      if machine.moment == before {
        throw error(
          "the run ends at moment \(before), tick \(machine.scheduler.now)",
          hint: Self.wayOut
        )
      }
      if machine.scheduler.now > tick { break }
      guard machine.moment.isMultiple(of: 1_024) else { continue }
      try checkInterrupt()
      if machine.moment.isMultiple(of: 1 << 16) { progress(machine.moment, lastMoment) }
    }
    guard machine.scheduler.now == tick else {
      throw error(
        "the run differs from the recorded one: moment \(machine.moment) is tick "
          + "\(machine.scheduler.now), not \(tick)",
        hint: Self.wayOut
      )
    }
  }

  func act(_ label: String) throws(JournalError) {
    switch label {
    case TimeMachine.settling:
      session.machine.step(limit: session.scheduler.now)
      return
    case TimeMachine.answering:
      guard isCalling, !session.machine.isWaiting else {
        throw error("no call is answered here", hint: Self.wayOut)
      }
      _ = try? session.machine.takeAnswer(to: WaitTask.self)
      isCalling = false
      return
    case TimeMachine.givingUp:
      guard session.machine.isWaiting else {
        throw error("no call is pending here", hint: Self.wayOut)
      }
      session.machine.giveUpCall()
      isCalling = false
      return
    default: break
    }
    let words = label.split(separator: " ").map { String($0) }
    if words.first == "wait", words.count == 2, let tid = JournalText.number(words[1]), tid > 0 {
      session.machine.begin(WaitTask(TaskID(rawValue: tid)), label: label)
      isCalling = session.machine.isWaiting
      return
    }
    try checkName(of: label)
    do throws(OrderError) {
      try session.carryOut(label)
    } catch {
      throw self.error(
        "'\(excerpt(of: label))' failed: \(error.message)",
        hint: Self.wayOut
      )
    }
  }

  /// Refuses what is no command, or none that a journal may contain.
  func checkName(of label: String) throws(JournalError) {
    let name = String(label.prefix { !$0.isWhitespace })
    guard Session.orders.contains(name) || ProgramWords.definitions.contains(name) else {
      throw error(
        "a journal cannot contain this command: '\(excerpt(of: label))'",
        hint: "one of: \((Session.orders + ["wait"]).joined(separator: ", "))"
      )
    }
  }

  func checkInterrupt() throws(JournalError) {
    if session.isInterrupted() { throw error("interrupted") }
  }
}
