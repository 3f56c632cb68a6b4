#if canImport(Glibc)
  private import Glibc
#else
  private import Darwin
#endif

/// Gives the whole screen of the terminal to a program, and restores it in every case.
///
/// One thread waits for keys, signals and timers at the same time, and sleeps when there is nothing to do. A
/// line editor may exist, but must not be editing a line.
package enum FullScreen {
  /// Shows a program until it is finished, the process is asked to end, or the terminal is closed.
  ///
  /// - Parameters:
  ///   - program: The program.
  ///   - terminal: Whether to use colours.
  ///   - encoding: The terminal's character set, as `TextEncoding.establish` found it.
  /// - Throws: `ScreenError` if the terminal is not suitable.
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
    // An interrupt during the program was meant for the program.
    _ = Signals.consumeInterrupt()
  }
}

/// Waits for the next event, and draws after a change.
private struct ScreenLoop {
  private let screen: CursesScreen
  private let program: any ScreenProgram
  private var pacer = IdlePacer()
  private var isStale = true
  private var drawnAt: UInt64 = 0

  /// The time between two drawings, in nanoseconds; a key draws at once.
  ///
  /// Faster drawing would not be visible.
  private static let frame: UInt64 = 33_000_000
  /// The maximum number of keys handled before the next drawing.
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
      program.continueAfterStop()
      draw()
    }
    if Signals.consumeContinue() {
      screen.reclaimTerminal()
      program.continueAfterStop()
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

  /// Waits for a key, a signal, or the time of the next slice or drawing; false if the terminal is closed.
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

  /// Whether input is available; a terminal that is readable without input is closed.
  private static var hasInput: Bool {
    var count: Int32 = 0
    return ioctl(STDIN_FILENO, UInt(FIONREAD), &count) != 0 || count > 0
  }
}
