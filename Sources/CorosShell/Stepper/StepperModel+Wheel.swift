import CorosLanguage
import CorosSession

// Who may move the machine: one drives, and the others look on.

extension StepperModel {
  /// What a key needs here.
  func need(of key: ScreenKey) -> GuestAccess {
    switch (question, key) {
    case (.kill, .character("y")), (.kill, .character("Y")): return .changing
    case (.goto(let text), .enter): return text.isEmpty ? .present : .changing
    case (.command(let text), .enter):
      return Self.wish(in: text) == nil ? shell.need(of: text) : .present
    case (.some, _): return .present
    case (nil, _): break
    }
    if overlay != nil, isForPage(key) { return .present }
    switch key {
    case .character(let character): return "s brpknNB<>".contains(character) ? .changing : .present
    case .left, .right, .enter: return .changing
    default: return .present
    }
  }

  /// Whether a key does nothing but look at what is on the screen.
  func isAboutWhatIsSeen(_ key: ScreenKey) -> Bool {
    if case .command? = question { return false }
    return need(of: key) == .present
  }

  /// Who drives instead of whoever presses the keys; nil if they do.
  var whoElseDrives: String? {
    let driver = shell.visitors?.driver.map { "process \($0)" }
    if seat == .owner { return driver }
    if mayChange { return nil }
    return driver ?? (shell.visitors?.hasOwner == true ? "the terminal of the machine" : "nobody")
  }

  /// Who drives, for the first line.
  var wheel: String? {
    if seat == .owner { return whoElseDrives.map { "\($0) drives" } }
    if let lookedAt { return "you look back from \(lookedAt.from)" }
    return mayChange ? "you drive" : "you watch"
  }

  /// Says who drives, and whether and how fast the machine runs, whoever makes it run.
  func showMotion(in state: inout StepperState) {
    let others = run == nil ? shell.pace : nil
    state.isRunning = run != nil || isMidRun || others != nil
    state.speed = isMidRun ? .unbounded : others ?? habits.speed
    state.wheel = wheel
  }

  /// Notes for all who look at the machine that it runs by itself, or no longer does.
  ///
  /// - Parameter nanoseconds: The time; nil for now.
  func tellRun(at nanoseconds: UInt64? = nil) {
    let stepper = ObjectIdentifier(self)
    guard let run else {
      if shell.stepperRun?.stepper == stepper { shell.stepperRun = nil }
      return
    }
    shell.stepperRun = StepperRun(
      stepper: stepper,
      speed: run == .free ? habits.speed : .unbounded,
      time: nanoseconds ?? shell.host.nanoseconds
    )
  }

  /// Whether a key may do what it does: the owner drives again by pressing it, and whoever watches is told who drives.
  func takesWheel(for key: ScreenKey) -> Bool {
    guard let driver = whoElseDrives, need(of: key) == .changing else { return true }
    if seat == .owner {
      // As with a typed line: whoever acts at the machine itself drives.
      shell.visitors?.takeBack()
      return true
    }
    let question = question
    self.question = nil
    stopRunning()
    if lookElsewhere(key, answering: question) { return false }
    say("\(driver) drives; `:attach drive` asks to, `:attach take` takes over", .waiting)
    return false
  }

  /// Runs a command typed at another terminal, under the rules for lines from there.
  func performAsGuest(_ line: String) {
    if let wish = Self.wish(in: line) {
      self.wish = wish
      return
    }
    guard let width = view?.width else { return }
    let guest = GuestLine(
      line,
      look: (width, false),
      mayChange: mayChange,
      isRunning: isMidRun
    )
    let answer = running { shell.answer(guest) }
    let text = (answer?.frames ?? []).map { frame in
      for case .string(let text)? in [frame["text"], frame["errors"]] { return text }
      return ""
    }
    show(text.joined(), of: line)
  }

  /// A line about who drives, if that is what was typed.
  private static func wish(in line: String) -> String? {
    let words = line.split(separator: " ")
    let isWish =
      words.count == 2 && words[0] == "attach" && ["drive", "take", "watch"].contains(words[1])
    return isWish ? words.joined(separator: " ") : nil
  }
}
