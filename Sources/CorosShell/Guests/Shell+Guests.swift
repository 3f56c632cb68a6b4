import CorosFiles
import CorosHistory
import CorosKernel
package import CorosLanguage
import CorosSession

// Lines that come from other terminals.

/// A line from another terminal.
package struct GuestLine {
  /// The line, as at the prompt.
  package let text: String
  /// The width of the terminal that shows the answer, and whether it has colours; nil for JSON.
  package let look: (width: Int, isColored: Bool)?
  /// Whether a stepper can be drawn there.
  package let hasScreen: Bool
  /// Whether it may change anything.
  package let mayChange: Bool
  /// Whether a command is running at this moment.
  package let isRunning: Bool

  /// Describes a line.
  package init(
    _ text: String,
    look: (width: Int, isColored: Bool)?,
    mayChange: Bool,
    isRunning: Bool,
    hasScreen: Bool = false
  ) {
    self.text = text
    self.look = look
    self.hasScreen = hasScreen
    self.mayChange = mayChange
    self.isRunning = isRunning
  }
}

/// The answer to a line from another terminal.
package struct GuestAnswer {
  /// The objects of the answer: as with `--json`, or `{"text":...}` and `{"errors":...}`.
  package let frames: [JSON]
  /// The status of the line.
  package let status: Int
  /// A line about who drives, which the shell leaves to whoever serves it.
  package var wish: String?
}

extension Shell {
  /// Where the machine stands: its tick, and its moment in history.
  package var position: (tick: Int, moment: Int) { (scheduler.now, machine.moment) }

  /// Whether a line from another terminal is being run.
  package var isAnsweringGuest: Bool { console.host is GuestHost }

  /// Whether a line can change something.
  package func changes(_ line: String) -> Bool { access(of: line).needed == .changing }

  /// What a line needs.
  func need(of line: String) -> GuestAccess { access(of: line).needed }

  /// Has whoever sent the line that is being run open a stepper of their own.
  ///
  /// - Returns: Whether they can.
  package func openGuestStepper() -> Bool {
    guard let guest = console.host as? GuestHost, guest.canOpenStepper else { return false }
    console.output.flush()
    guest.opensStepper = true
    return true
  }

  /// Runs a line from another terminal, or refuses to.
  ///
  /// The line sees the variables, the history and the settings of this shell. Whoever drives types as if at its own
  /// terminal, so variables and a quiz that it begins are there for its next line. What a line does that only looks is
  /// undone.
  ///
  /// - Returns: Nil if it has to wait until the command that runs has ended.
  package func answer(_ guest: GuestLine) -> GuestAnswer? {
    let (needed, first) = access(of: guest.text)
    let isRefused = needed == .changing && !guest.mayChange
    if guest.isRunning, needed != .present, !isRefused { return nil }
    let kept = (variables, place, lastMove, exitStatus, quiz, points)
    let captured = GuestHost(
      of: host,
      width: guest.look?.width ?? host.width,
      canOpenStepper: guest.hasScreen
    )
    var settings = guestSettings
    settings.isJSON = guest.look == nil
    settings.isColored = guest.look?.isColored == true
    settings.areErrorsColored = settings.isColored
    // Who only looks does not write files either.
    let isWatcher = !settings.isSandboxed && !guest.mayChange
    settings.isSandboxed = settings.isSandboxed || isWatcher
    let keptFiles = files
    files = FileAccess(isDisabled: settings.isSandboxed) { [host] in host.isInterrupted }
    if isWatcher { files.refusal = ("only the terminal that drives uses files", Self.wayToDrive) }
    defer { files = keptFiles }
    // Under a full screen nothing is shown at the machine itself, but whoever drives sees what the tasks write.
    let isMuted = monitor.isMuted
    if isMuted, guest.mayChange { monitor.isMuted = false }
    defer { if isMuted { monitor.isMuted = true } }
    var status = 0
    _ = exchangingConsole(for: captured, settings) {
      status = isRefused ? refuse(guest.text, first) : execute(guest.text)
      if exitStatus != nil, kept.3 == nil {
        console.output.writeError("exit ends nothing here; Ctrl-D leaves the machine running\n")
      }
    }
    place = kept.1
    exitStatus = kept.3
    if !guest.mayChange { (variables, lastMove, quiz, points) = (kept.0, kept.2, kept.4, kept.5) }
    return GuestAnswer(frames: frames(captured, isJSON: guest.look == nil), status: status)
  }

  /// The settings of what somebody at another terminal has done here.
  var guestSettings: Settings {
    var settings = settings
    settings.isColored = false
    settings.areErrorsColored = false
    settings.echoes = false
    settings.isInteractive = false
    return settings
  }

  /// What Tab offers somebody at another terminal, as a frame.
  package func offer(to line: String, cursor: Int) -> JSON {
    guard let offer = offer(line: line, cursor: cursor) else { return ["words": []] }
    return [
      "from": .int(offer.range.lowerBound), "to": .int(offer.range.upperBound),
      "words": .array(
        // More than a screen of them helps nobody.
        offer.candidates.prefix(500).map { candidate in
          [
            "text": .string(candidate.text), "display": .string(candidate.display),
            "complete": .bool(candidate.isComplete), "meaning": .string(candidate.meaning),
          ]
        }
      ),
    ]
  }

  private static let wayToDrive =
    "`attach drive` asks for it, `attach take` takes it; looking is free"

  private func refuse(_ line: String, _ word: Argument?) -> Int {
    let command = word.map { "`\(excerpt(of: $0.text))`" } ?? "this"
    return fail(
      CommandFailure(
        "only the terminal that drives can \(command)",
        at: word?.range,
        hint: Self.wayToDrive
      ),
      line,
      .prompt
    )
  }

  private func frames(_ host: GuestHost, isJSON: Bool) -> [JSON] {
    let frames = host.texts.flatMap { text, isError -> [JSON] in
      guard isJSON else { return [.object([(isError ? "errors" : "text", .string(text))])] }
      return text.utf8.split(separator: UInt8(ascii: "\n")).map { line in
        let line = String(Substring(line))
        return JSON(parsing: line) ?? ["text": .string(line)]
      }
    }
    return host.opensStepper ? frames + [["opens": "stepper"]] : frames
  }

  /// The most that a command of a line needs, and the name of the first command that needs so much.
  private func access(of line: String) -> (needed: GuestAccess, by: Argument?) {
    // A malformed line runs nothing.
    guard let list = try? CommandList(parsing: line) else { return (.present, nil) }
    var most: (needed: GuestAccess, by: Argument?) = (.present, nil)
    for entry in list.entries {
      let word = entry.command.words.first.flatMap { word -> Argument? in
        if case .plain(let text) = word.content { Argument(text, range: word.range) } else { nil }
      }
      let needed = entry.command.words.isEmpty ? .present : access(of: entry, named: word?.text)
      if needed > most.needed { most = (needed, word) }
    }
    return most
  }

  private func access(of entry: CommandList.Entry, named name: String?) -> GuestAccess {
    if let name, let command = appCommands[name], !routines.has(name) {
      return command.isLooking ? .present : .changing
    }
    guard let name, let command = commands.command(named: name), !routines.has(name) else {
      // A word that is nothing at all fails by itself; what it stands for may be a function or a variable.
      let isUnknown = name.map { commands.command(named: $0) == nil && !routines.has($0) }
      return isUnknown == true ? .present : .changing
    }
    let words = entry.command.words.dropFirst()
    let looksBack = words.contains { $0.content == .plain(Glance.option) }
    return max(command.access(hasWords: !words.isEmpty), looksBack ? .past : .present)
  }
}
