private import Synchronization

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

// What a handler touches: atomics, which are free of locks, and settings written before any handler
// is installed. A handler may run between any two instructions, so it sets a flag, wakes whoever
// polls, and leaves the work to them.
private let interruptCount = Atomic<Int>(0)
private let isInterruptSet = Atomic<Bool>(false)
private let isResizeSet = Atomic<Bool>(false)
private let isContinueSet = Atomic<Bool>(false)
private let isStopSet = Atomic<Bool>(false)
private let terminationNumber = Atomic<Int32>(0)
private let isEditing = Atomic<Bool>(false)
private let hasOriginalSettings = Atomic<Bool>(false)
private let isExitWatched = Atomic<Bool>(false)
private let wakeReadEnd = Atomic<Int32>(-1)
private let wakeWriteEnd = Atomic<Int32>(-1)

// Unsafe, for the compiler cannot see what keeps it right: written once, before
// `hasOriginalSettings` says so, and only read afterwards.
nonisolated(unsafe) private var originalSettings = termios()

// Unsafe: written while `hasScreen` is false, and read by a handler only while it is true.
nonisolated(unsafe) private var screenEnding: [UInt8] = []
private let hasScreen = Atomic<Bool>(false)

// Unsafe: written by `install` and `restore` on the thread that edits lines, and read by the handler of
// a crash, after which nothing matters.
nonisolated(unsafe) private var replacedActions: [(number: Int32, action: sigaction)] = []

/// The signals that concern a program at a terminal: caught as flags, never fatal by surprise.
///
/// - An interrupt (Ctrl-C) only sets a flag, the first time and the tenth.
/// - Termination and hang-up set a flag, so that the terminal is put back by whoever owns it; when
///   nobody has acted on the first, the second ends the process at once.
/// - Quit (Ctrl-\) does nothing at the prompt. While a command runs it ends the process with the
///   terminal put back: the way out of a command that does not answer to Ctrl-C.
/// - Stop (Ctrl-Z) stops the process with the terminal put back, and takes it again afterwards.
/// - A crash ends the process as it would, but with the terminal put back.
package enum Signals {
  /// Whether the person has asked, by Ctrl-C, to stop what is running; costs one load.
  package static var isInterruptPending: Bool { isInterruptSet.load(ordering: .relaxed) }

  /// Whether there was an interrupt since the last call; the flag is cleared.
  package static func consumeInterrupt() -> Bool {
    isInterruptSet.load(ordering: .relaxed) && isInterruptSet.exchange(false, ordering: .relaxed)
  }

  /// The termination signal that has arrived, after which the program should end in good order.
  package static var pendingTermination: Int32? {
    let number = terminationNumber.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Installs the handlers; does nothing when they are installed already.
  ///
  /// A hang-up or a stop that was ignored when the program started, as by `nohup`, stays ignored.
  package static func install() {
    guard replacedActions.isEmpty else { return }
    rememberTerminalSettings()
    openWakePipe()
    // A first use may run an initialiser, which is no business of a handler.
    _ = (interruptCount.load(ordering: .relaxed), isInterruptSet.load(ordering: .relaxed))
    _ = (isResizeSet.load(ordering: .relaxed), isContinueSet.load(ordering: .relaxed))
    _ = (isStopSet.load(ordering: .relaxed), terminationNumber.load(ordering: .relaxed))
    _ = (isEditing.load(ordering: .relaxed), hasScreen.load(ordering: .relaxed))
    for number in [SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP, SIGWINCH, SIGCONT] {
      replace(number, with: handleSignal)
    }
    for number in [SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGBUS, SIGSEGV] {
      replace(number, with: handleCrash)
    }
    // Whoever ends the process without closing the editor must not leave a silent terminal.
    if !isExitWatched.exchange(true, ordering: .relaxed) { atexit(putTerminalBack) }
  }

  /// Makes Ctrl-C a flag for a program that reads a script: a `read` that waits returns with `EINTR`.
  ///
  /// Every other signal does what it did.
  package static func installForScript() {
    guard replacedActions.isEmpty else { return }
    _ = (interruptCount.load(ordering: .relaxed), isInterruptSet.load(ordering: .relaxed))
    replace(SIGINT, with: handleSignal, restarts: false)
  }

  /// Gives every signal back what it did before `install`.
  package static func restore() {
    for (number, action) in replacedActions {
      var action = action
      sigaction(number, &action, nil)
    }
    replacedActions = []
  }

  // MARK: - For the editor

  /// How many interrupts there have been: a changed number means that type-ahead is stale.
  static var interrupts: Int { interruptCount.load(ordering: .relaxed) }

  /// The descriptor that becomes readable when a signal arrives, or -1.
  static var wakeDescriptor: Int32 { wakeReadEnd.load(ordering: .relaxed) }

  static func consumeResize() -> Bool { isResizeSet.exchange(false, ordering: .relaxed) }
  static func consumeContinue() -> Bool { isContinueSet.exchange(false, ordering: .relaxed) }
  static func consumeStop() -> Bool { isStopSet.exchange(false, ordering: .relaxed) }

  /// Says that a line is being edited: Ctrl-Z now waits for the editor, and Ctrl-\ does nothing.
  static func beginEditing() {
    isEditing.store(true, ordering: .relaxed)
    isStopSet.store(false, ordering: .relaxed)
    isContinueSet.store(false, ordering: .relaxed)
  }

  /// Says that no line is being edited.
  static func endEditing() {
    isEditing.store(false, ordering: .relaxed)
  }

  /// Says that the whole screen is in use, and what the terminal is to be sent when the process ends by surprise.
  static func beginScreen(ending: [UInt8]) {
    screenEnding = ending
    hasScreen.store(true, ordering: .releasing)
  }

  /// Says that the screen has been given back.
  static func endScreen() {
    hasScreen.store(false, ordering: .releasing)
  }

  /// Stops this process as Ctrl-Z does, and returns when it is continued.
  static func stop() {
    stopProcess()
    // The continuation is dealt with by whoever asked for the stop.
    isContinueSet.store(false, ordering: .relaxed)
    isStopSet.store(false, ordering: .relaxed)
  }

  /// Takes all wake-up bytes out of the pipe.
  static func drainWakeups() {
    withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { buffer in
      while read(wakeDescriptor, buffer.baseAddress, buffer.count) > 0 {}
    }
  }

  // MARK: - Private

  private static func replace(
    _ number: Int32,
    with handler: @escaping SignalHandler,
    restarts: Bool = true
  ) {
    var old = sigaction()
    guard sigaction(number, nil, &old) == 0 else { return }
    let staysIgnored = number == SIGHUP || number == SIGTSTP || !restarts
    if staysIgnored, old.isIgnored { return }
    replacedActions.append((number, old))
    setHandler(number, handler, restarts: restarts)
  }

  private static func rememberTerminalSettings() {
    guard !hasOriginalSettings.load(ordering: .relaxed) else { return }
    if tcgetattr(STDIN_FILENO, &originalSettings) == 0 {
      hasOriginalSettings.store(true, ordering: .releasing)
    }
  }

  private static func openWakePipe() {
    guard wakeDescriptor < 0 else { return }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      // A full pipe must not block a handler, nor an empty one whoever drains it.
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    wakeReadEnd.store(ends[0], ordering: .relaxed)
    wakeWriteEnd.store(ends[1], ordering: .relaxed)
  }
}

#if canImport(Glibc)
  private typealias SignalHandler = __sighandler_t
#else
  private typealias SignalHandler = @convention(c) (Int32) -> Void
#endif

private func setHandler(_ number: Int32, _ handler: SignalHandler?, restarts: Bool = true) {
  var action = sigaction()
  #if canImport(Glibc)
    action.__sigaction_handler.sa_handler = handler
  #else
    action.__sigaction_u.__sa_handler = handler
  #endif
  // Restart, at a terminal: output of a command must not be cut short. Waiting for a key is `poll`, which no flag
  // restarts.
  action.sa_flags = restarts ? numericCast(SA_RESTART) : 0
  sigemptyset(&action.sa_mask)
  sigaction(number, &action, nil)
}

private func handleSignal(_ number: Int32) {
  let savedError = errno
  switch number {
  case SIGINT:
    interruptCount.wrappingAdd(1, ordering: .relaxed)
    isInterruptSet.store(true, ordering: .relaxed)
  case SIGWINCH: isResizeSet.store(true, ordering: .relaxed)
  case SIGCONT: isContinueSet.store(true, ordering: .relaxed)
  case SIGTSTP where isEditing.load(ordering: .relaxed):
    isStopSet.store(true, ordering: .relaxed)
  case SIGTSTP: stopProcess()
  case SIGQUIT: if !isEditing.load(ordering: .relaxed) { endProcess(by: number) }
  default:
    if terminationNumber.exchange(number, ordering: .relaxed) != 0 { endProcess(by: number) }
  }
  var byte: UInt8 = 0
  _ = write(wakeWriteEnd.load(ordering: .relaxed), &byte, 1)
  errno = savedError
}

/// Puts the terminal back before the crash takes its course: the handler that was there before, or
/// the default, gets the signal when the faulty instruction runs again.
private func handleCrash(_ number: Int32) {
  putTerminalBack()
  for (replaced, action) in replacedActions where replaced == number {
    var action = action
    sigaction(number, &action, nil)
  }
}

/// Gives the terminal the settings that it was found with.
private func putTerminalBack() {
  // In the background, to touch the terminal would stop the process.
  guard hasOriginalSettings.load(ordering: .acquiring), tcgetpgrp(STDIN_FILENO) == getpgrp() else {
    return
  }
  if hasScreen.exchange(false, ordering: .acquiring) {
    screenEnding.withUnsafeBytes { _ = write(STDOUT_FILENO, $0.baseAddress, $0.count) }
  }
  withUnsafePointer(to: originalSettings) { _ = tcsetattr(STDIN_FILENO, TCSANOW, $0) }
}

/// Does at once, inside a handler or not, what a signal does by default.
private func takeDefaultAction(of number: Int32) {
  setHandler(number, SIG_DFL)
  var mask = sigset_t()
  sigemptyset(&mask)
  sigaddset(&mask, number)
  pthread_sigmask(SIG_UNBLOCK, &mask, nil)
  raise(number)
}

private func endProcess(by number: Int32) {
  putTerminalBack()
  takeDefaultAction(of: number)
}

/// Stops the process with the terminal put back, and returns when it is continued.
private func stopProcess() {
  var settings = termios()
  let hasTerminal = tcgetattr(STDIN_FILENO, &settings) == 0
  putTerminalBack()
  takeDefaultAction(of: SIGTSTP)
  setHandler(SIGTSTP, handleSignal)
  if hasTerminal, tcgetpgrp(STDIN_FILENO) == getpgrp() {
    tcsetattr(STDIN_FILENO, TCSANOW, &settings)
  }
}

extension sigaction {
  fileprivate var isIgnored: Bool {
    #if canImport(Glibc)
      let handler = __sigaction_handler.sa_handler
    #else
      let handler = __sigaction_u.__sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
