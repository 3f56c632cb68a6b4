#if canImport(Glibc)
  private import Glibc
#else
  private import Darwin
#endif

/// Gives the whole screen of the terminal to a program, and takes it back whatever happens.
///
/// One thread waits for keys, signals and the time at once, and sleeps when there is nothing to do. A line editor
/// may be open, as long as no line is being edited.
package enum FullScreen {
  /// Shows a program until it is finished, or the process is to end, or the terminal goes away.
  ///
  /// - Parameters:
  ///   - program: The program.
  ///   - terminal: Whether there are colours.
  ///   - encoding: The terminal's character set, as `TextEncoding.establish` found it.
  /// - Throws: `ScreenError` when the terminal is not fit for it.
  package static func run(
    _ program: any ScreenProgram,
    terminal: TerminalInfo,
    encoding: TextEncoding
  ) throws(ScreenError) {
    let screen = try CursesScreen(
      isColorEnabled: terminal.isColorEnabled,
      encoding: encoding
    )
    Signals.beginEditing()
    var loop = ScreenLoop(screen, program)
    loop.run()
    Signals.endEditing()
    screen.close()
    // What was pressed for the program alone.
    _ = Signals.consumeInterrupt()
  }
}

/// Waits for whatever comes first, and draws when something has changed.
private struct ScreenLoop {
  private let screen: CursesScreen
  private let program: any ScreenProgram
  private var pacer = IdlePacer()
  private var isStale = true
  private var drawnAt: UInt64 = 0

  /// The time between two drawings, in nanoseconds, unless a key was pressed: more than people see is waste.
  private static let frame: UInt64 = 33_000_000
  /// How many keys are taken before the screen shows what has come of them.
  private static let mostKeys = 256

  init(_ screen: CursesScreen, _ program: any ScreenProgram) {
    self.screen = screen
    self.program = program
  }

  mutating func run() {
    draw()
    while true {
      takeSignals()
      if Signals.pendingTermination != nil { return }
      let hasKey = takeKeys()
      if program.isFinished { return }
      runSlice()
      if hasKey || isStale && MonotonicClock.now >= drawnAt + Self.frame { draw() }
      if !wait() { return }
    }
  }

  private mutating func takeSignals() {
    if Signals.consumeInterrupt() {
      program.press(.interrupt)
      noteChange()
    }
    if Signals.consumeStop() {
      screen.stopProcess()
      draw()
    }
    if Signals.consumeContinue() {
      screen.takeBack()
      draw()
    }
    if Signals.consumeResize() {
      screen.resize()
      draw()
    }
  }

  private mutating func takeKeys() -> Bool {
    var hasKey = false
    for _ in 0..<Self.mostKeys {
      switch screen.input() {
      case .nothing: return hasKey
      case .other: continue
      case .key(let key):
        program.press(key)
        hasKey = true
        noteChange()
        if program.isFinished { return true }
      }
    }
    return hasKey
  }

  private mutating func noteChange() {
    isStale = true
    pacer.keyPressed(at: MonotonicClock.now)
  }

  private mutating func runSlice() {
    guard pacer.isDue(at: MonotonicClock.now) else { return }
    pacer.ran(program.runSlice(at: MonotonicClock.now), at: MonotonicClock.now)
    isStale = true
  }

  private mutating func draw() {
    screen.draw(program.rows(on: screen.size))
    isStale = false
    drawnAt = MonotonicClock.now
  }

  /// Waits for a key, a signal, or the time of the next slice or drawing; false when the terminal is gone.
  private func wait() -> Bool {
    var timeout = pacer.timeout(at: MonotonicClock.now)
    if isStale {
      let elapsed = MonotonicClock.now - drawnAt
      let rest = Int32((Self.frame - min(Self.frame, elapsed) + 999_999) / 1_000_000)
      timeout = timeout < 0 ? rest : min(timeout, rest)
    }
    return withUnsafeTemporaryAllocation(of: pollfd.self, capacity: 2) { polled in
      polled.initialize(
        repeating: pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      )
      polled[1].fd = Signals.wakeDescriptor
      if poll(polled.baseAddress, 2, timeout) <= 0 { return true }
      if polled[1].revents != 0 { Signals.drainWakeups() }
      if polled[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 { return false }
      return polled[0].revents == 0 || Self.hasInput
    }
  }

  /// Whether there is anything to read; a terminal that is readable and has nothing has come to its end.
  private static var hasInput: Bool {
    var count: Int32 = 0
    return ioctl(STDIN_FILENO, UInt(FIONREAD), &count) != 0 || count > 0
  }
}
