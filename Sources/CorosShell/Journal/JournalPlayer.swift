import CorosKernel

/// Why a journal was not loaded: which line is wrong, and the way out.
struct JournalError: Error, Equatable {
  let line: Int
  let message: String
  let hint: String

  init(_ line: Int, _ message: String, hint: String = "") {
    self.line = line
    self.message = message
    self.hint = hint
  }
}

/// Brings a session about again from its journal, in a shell of its own that nobody hears.
final class JournalPlayer {
  let shell: Shell
  private let audience: Silence
  /// Whether the operator's call has begun and is neither answered nor given up.
  private var isCalling = false
  private var line = 0

  /// The commands that a journal may hold.
  private static let orders = [
    "spawn", "kill", "stop", "resume", "policy", "seed", "limit", "pick", "nice", "tickets",
    "priority", "task",
  ]

  /// Plays a journal.
  ///
  /// - Parameters:
  ///   - text: The journal.
  ///   - catalogue: The programs there are.
  ///   - settings: How the session behaves that takes over.
  ///   - host: Asked whether somebody has interrupted.
  /// - Throws: `JournalError`, at the first line that is wrong.
  init(
    _ text: String,
    catalogue: Catalogue,
    settings: Settings,
    host: any ShellHost
  ) throws(JournalError) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    if lines.last == "" { lines.removeLast() }
    audience = Silence(host)
    shell = Shell(
      catalogue: catalogue,
      settings: try Self.settings(lines, settings),
      host: audience
    )
    for (index, text) in lines.enumerated().dropFirst(Self.headerLength) {
      line = index + 1
      if text.isEmpty || text.hasPrefix("#") { continue }
      guard let entry = JournalText.entry(text) else {
        throw error("this is not a line of a journal: '\(excerpt(of: text))'")
      }
      try play(entry)
    }
    // The session ended in the midst of a call.
    if isCalling, shell.machine.isWaiting { shell.machine.giveUpCall() }
  }

  private static let headerLength = 4

  private static func settings(
    _ lines: [String],
    _ settings: Settings
  ) throws(JournalError) -> Settings {
    guard let first = lines.first, first.hasPrefix("coros journal ") else {
      throw JournalError(
        1,
        "this is not a journal",
        hint: "a journal begins with `\(JournalText.mark)`, and `save FILE` writes one"
      )
    }
    guard first == JournalText.mark else {
      throw JournalError(
        1,
        "this journal is of a version that is not known: '\(excerpt(of: first))'",
        hint: "this version reads `\(JournalText.mark)`"
      )
    }
    func value(_ index: Int, _ key: String) throws(JournalError) -> String {
      guard lines.count > index, lines[index].hasPrefix(key + " ") else {
        throw JournalError(
          index + 1,
          "here a line is missing that begins with `\(key)`",
          hint: "is the file cut off?"
        )
      }
      return String(lines[index].dropFirst(key.count + 1))
    }
    var settings = settings
    settings.isJSON = false
    settings.echoes = false
    settings.isInteractive = false
    let seed = try value(1, "seed")
    guard let number = UInt64(seed) else {
      throw JournalError(2, "the seed is a whole number, not '\(excerpt(of: seed))'")
    }
    settings.seed = number
    let words = try value(2, "policy").split(separator: " ").map { String($0) }
    do throws(PolicyError) {
      settings.policy = try PolicyChoice.parse(
        name: words.first ?? "",
        settings: Array(words.dropFirst())
      )
    } catch {
      throw JournalError(3, error.message, hint: error.hint)
    }
    let limit = try value(3, "limit tasks")
    guard let number = JournalText.number(limit), number <= 10_000_000 else {
      throw JournalError(4, "the limit is from 0 to 10000000, not '\(excerpt(of: limit))'")
    }
    settings.taskLimit = number
    return settings
  }

  private func error(_ message: String, hint: String = "") -> JournalError {
    JournalError(line, message, hint: hint)
  }

  // MARK: Lines

  private func play(_ entry: JournalEntry) throws(JournalError) {
    let machine = shell.machine
    switch entry {
    case .act(let label, let moment):
      guard moment == machine.moment else {
        throw error(
          "this was done at moment \(moment), and the run stands at \(machine.moment)",
          hint: "are lines missing, or in another order?"
        )
      }
      try act(label)
      guard machine.journal.last == entry else {
        throw error("'\(excerpt(of: label))' did not come out as it did")
      }
    case .advance(let moment, let tick):
      try advance(to: moment, tick: tick)
    case .jump(let limit):
      let before = machine.moment
      guard case .stalled = machine.step(limit: limit), machine.moment == before + 1 else {
        throw error("here nobody ran, and now somebody does, or the clock stands still")
      }
    case .go(let moment):
      isCalling = false
      guard moment <= machine.lastMoment else {
        throw error("there is no moment \(moment): the last is \(machine.lastMoment)")
      }
      try travel { (machine) throws(Divergence) in try machine.go(to: moment) }
    case .branch(let number):
      isCalling = false
      guard (1...machine.branchCount).contains(number) else {
        throw error("there is no branch \(number)")
      }
      try travel { (machine) throws(Divergence) in try machine.switch(to: number) }
    case .bookmark(let name):
      machine.bookmark(name)
    case .reschedule(let schedule):
      isCalling = false
      _ = machine.reschedule(schedule) { [audience] _ in audience.isInterrupted }
      try checkInterrupt()
    }
  }

  private func travel(
    _ journey: (TimeMachine) throws(Divergence) -> Void
  ) throws(JournalError) {
    do throws(Divergence) {
      try journey(shell.machine)
    } catch let divergence {
      throw error(divergence.description)
    }
  }

  private func advance(to moment: Int, tick: Tick) throws(JournalError) {
    let machine = shell.machine
    // Each move takes a tick at least: so what cannot be is found before it is tried.
    guard moment >= machine.moment, tick >= machine.scheduler.now,
      moment - machine.moment <= tick - machine.scheduler.now
    else {
      throw error(
        "moment \(moment) cannot be tick \(tick): the run stands at moment \(machine.moment), tick "
          + "\(machine.scheduler.now)"
      )
    }
    while machine.moment < moment {
      let before = machine.moment
      machine.step()
      if machine.moment == before {
        throw error("the run ends at moment \(before), tick \(machine.scheduler.now)")
      }
      if machine.scheduler.now > tick { break }
      if machine.moment.isMultiple(of: 1_024) { try checkInterrupt() }
    }
    guard machine.scheduler.now == tick else {
      throw error(
        "the run did not come out as it did: moment \(machine.moment) is tick "
          + "\(machine.scheduler.now), not \(tick)"
      )
    }
  }

  private func act(_ label: String) throws(JournalError) {
    switch label {
    case TimeMachine.settling:
      shell.machine.step(limit: shell.scheduler.now)
      return
    case TimeMachine.answering:
      guard isCalling, !shell.machine.isWaiting else { throw error("here nothing is answered") }
      _ = try? shell.machine.takeAnswer(to: WaitTask.self)
      isCalling = false
      return
    case TimeMachine.givingUp:
      guard shell.machine.isWaiting else { throw error("here nothing is waited for") }
      shell.machine.giveUpCall()
      isCalling = false
      return
    default: break
    }
    let words = label.split(separator: " ").map { String($0) }
    if words.first == "wait", words.count == 2, let tid = JournalText.number(words[1]), tid > 0 {
      shell.machine.begin(WaitTask(TaskID(rawValue: tid)), label: label)
      isCalling = shell.machine.isWaiting
      return
    }
    guard let name = words.first, Self.orders.contains(name) else {
      throw error(
        "a journal holds no such command: '\(excerpt(of: label))'",
        hint: "one of: \((Self.orders + ["wait"]).joined(separator: ", "))"
      )
    }
    if name == "task" { return try makeTask(label) }
    audience.lastError = ""
    guard shell.execute(label) == 0 else {
      let said = audience.lastError.split(separator: "\n").first ?? ""
      throw error("'\(excerpt(of: label))' failed: \(said)")
    }
  }

  private func makeTask(_ label: String) throws(JournalError) {
    guard let command = try? CommandList(parsing: label).entries.first?.command,
      let words = try? command.expanded(with: shell.variables).map(\.text),
      let recipe = TaskRecipe(
        Array(words.dropFirst()),
        catalogue: shell.catalogue,
        now: shell.scheduler.now
      )
    else { throw error("this is not how a task is made: '\(excerpt(of: label))'") }
    do {
      shell.variables.lastSpawned = try shell.make(recipe)
    } catch {
      throw self.error("'\(excerpt(of: label))' failed: \(error)")
    }
  }

  private func checkInterrupt() throws(JournalError) {
    if audience.isInterrupted { throw error("interrupted") }
  }
}

/// A world in which nobody listens.
private final class Silence: ShellHost {
  private let host: any ShellHost
  var lastError = ""

  init(_ host: any ShellHost) { self.host = host }

  func write(_ text: String) {}
  func writeError(_ text: String) { lastError = text }
  var isInterrupted: Bool { host.isInterrupted }
  var width: Int { 80 }
}
