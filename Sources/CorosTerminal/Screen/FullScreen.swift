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
  ///   - watched: What to wait for besides keys and signals; it is drawn anew after it was served.
  /// - Throws: `ScreenError` if the terminal is not suitable.
  package static func run(
    _ program: any ScreenProgram,
    terminal: TerminalInfo,
    encoding: TextEncoding,
    watched: (any WatchedDescriptors)? = nil
  ) throws(ScreenError) {
    let screen = try CursesScreen(
      isColorEnabled: terminal.isColorEnabled,
      encoding: encoding
    )
    Signals.beginEditing()
    var loop = ScreenLoop(screen, program, watched)
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
  private let watched: (any WatchedDescriptors)?
  private var pacer = IdlePacer()
  private var isStale = true
  private var drawnAt: UInt64 = 0

  /// The time between two drawings, in nanoseconds; a key draws at once.
  ///
  /// Faster drawing would not be visible.
  private static let frame: UInt64 = 33_000_000
  /// The maximum number of keys handled before the next drawing.
  private static let mostKeys = 256

  init(
    _ screen: CursesScreen,
    _ program: any ScreenProgram,
    _ watched: (any WatchedDescriptors)?
  ) {
    self.screen = screen
    self.program = program
    self.watched = watched
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
    watched?.passOn()
  }

  /// Serves what is watched; false if that was the reason to have the screen.
  private mutating func serveWatched() -> Bool {
    guard let watched else { return true }
    watched.serve()
    noteChange()
    return !watched.isOver
  }

  /// Waits for a key, a signal, what is watched, or the time of the next slice or drawing; false if the terminal is
  /// closed.
  private mutating func wait() -> Bool {
    var timeout = pacer.timeout(at: MonotonicClock.now)
    if isStale {
      let elapsed = MonotonicClock.now - drawnAt
      let rest = Int32((Self.frame - min(Self.frame, elapsed) + 999_999) / 1_000_000)
      timeout = timeout < 0 ? rest : min(timeout, rest)
    }
    let limit = watched?.timeout
    if let limit { timeout = timeout < 0 ? limit : min(timeout, limit) }
    let others = watched?.descriptors ?? []
    let (isOpen, isAsked) = withUnsafeTemporaryAllocation(
      of: pollfd.self,
      capacity: 2 + others.count
    ) { polled in
      polled.initialize(
        repeating: pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      )
      polled[1].fd = Signals.wakeDescriptor
      for (index, other) in others.enumerated() {
        polled[2 + index].fd = other.descriptor
        if !other.isReceiving { polled[2 + index].events = 0 }
        if other.isSending { polled[2 + index].events |= Int16(POLLOUT) }
      }
      if poll(polled.baseAddress, nfds_t(polled.count), timeout) <= 0 {
        return (true, limit != nil)
      }
      if polled[1].revents != 0 { Signals.drainWakeups() }
      let isAsked = polled.dropFirst(2).contains { $0.revents != 0 }
      if polled[0].revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 { return (false, isAsked) }
      return (polled[0].revents == 0 || Self.hasInput, isAsked)
    }
    guard isOpen else { return false }
    return isAsked ? serveWatched() : true
  }

  /// Whether input is available; a terminal that is readable without input is closed.
  private static var hasInput: Bool {
    var count: Int32 = 0
    return ioctl(STDIN_FILENO, UInt(FIONREAD), &count) != 0 || count > 0
  }
}
