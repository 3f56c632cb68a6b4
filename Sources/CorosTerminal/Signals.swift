private import Synchronization

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

// The state that handlers touch: lock-free atomics, and settings written before any handler is installed. A
// handler may run between any two instructions. So it only sets a flag and wakes the thread that polls, which
// does the work.
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

// Unsafe: the compiler cannot verify that this is written once, before `hasOriginalSettings` becomes true,
// and only read afterwards.
nonisolated(unsafe) private var originalSettings = termios()

// Unsafe: written while `hasScreen` is false; a handler reads it only while `hasScreen` is true.
nonisolated(unsafe) private var screenEnding: [UInt8] = []
private let hasScreen = Atomic<Bool>(false)

// Unsafe: `install` and `restore` write this on the thread that edits lines; the crash handler
// reads it, and then the process ends.
nonisolated(unsafe) private var replacedActions: [(number: Int32, action: sigaction)] = []

/// The signals that concern a program at a terminal.
///
/// - An interrupt (Ctrl-C) only sets a flag, however often it arrives.
/// - Termination and hang-up set a flag, so that the owner of the terminal restores it. If the first one is
///   not handled, the second ends the process at once.
/// - Quit (Ctrl-\) does nothing at the prompt. While a command runs, it restores the terminal and ends the
///   process: the way out of a command that ignores Ctrl-C.
/// - Stop (Ctrl-Z) restores the terminal and stops the process, which takes the terminal back when it is
///   continued.
/// - A crash restores the terminal and then ends the process as usual.
package enum Signals {
  /// Whether an interrupt (Ctrl-C) is pending; costs one load.
  package static var isInterruptPending: Bool { isInterruptSet.load(ordering: .relaxed) }

  /// Whether there was an interrupt since the last call; clears the flag.
  package static func consumeInterrupt() -> Bool {
    isInterruptSet.load(ordering: .relaxed) && isInterruptSet.exchange(false, ordering: .relaxed)
  }

  /// The termination signal that has arrived, if any; the program should then end cleanly.
  package static var pendingTermination: Int32? {
    let number = terminationNumber.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Installs the handlers; does nothing if they are installed.
  ///
  /// A hang-up or stop signal that was ignored when the program started, as by `nohup`, stays ignored.
  package static func install() {
    guard replacedActions.isEmpty else { return }
    rememberTerminalSettings()
    openWakePipe()
    // The first use may run an initializer, which a handler must not do.
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
    // A process that exits without closing the editor must not leave the terminal without echo.
    if !isExitWatched.exchange(true, ordering: .relaxed) { atexit(restoreTerminal) }
  }

  /// Makes Ctrl-C set a flag in a program that reads a script: a blocked `read` returns with `EINTR`.
  ///
  /// All other signals keep their actions.
  package static func installForScript() {
    guard replacedActions.isEmpty else { return }
    _ = (interruptCount.load(ordering: .relaxed), isInterruptSet.load(ordering: .relaxed))
    replace(SIGINT, with: handleSignal, restarts: false)
  }

  /// Restores the actions that signals had before `install`.
  package static func restore() {
    for (number, action) in replacedActions {
      var action = action
      sigaction(number, &action, nil)
    }
    replacedActions = []
  }

  // MARK: - For the editor

  /// The number of interrupts so far; if it changes, keys typed ahead are stale.
  static var interrupts: Int { interruptCount.load(ordering: .relaxed) }

  /// The descriptor that becomes readable when a signal arrives, or -1.
  static var wakeDescriptor: Int32 { wakeReadEnd.load(ordering: .relaxed) }

  static func consumeResize() -> Bool { isResizeSet.exchange(false, ordering: .relaxed) }
  static func consumeContinue() -> Bool { isContinueSet.exchange(false, ordering: .relaxed) }
  static func consumeStop() -> Bool { isStopSet.exchange(false, ordering: .relaxed) }

  /// Marks the start of editing a line: Ctrl-Z now waits for the editor, and Ctrl-\ does nothing.
  static func beginEditing() {
    isEditing.store(true, ordering: .relaxed)
    isStopSet.store(false, ordering: .relaxed)
    isContinueSet.store(false, ordering: .relaxed)
  }

  /// Marks the end of editing a line.
  static func endEditing() {
    isEditing.store(false, ordering: .relaxed)
  }

  /// Marks the start of full-screen mode; `ending` is sent to the terminal if the process ends unexpectedly.
  static func beginScreen(ending: [UInt8]) {
    screenEnding = ending
    hasScreen.store(true, ordering: .releasing)
  }

  /// Marks the end of full-screen mode.
  static func endScreen() {
    hasScreen.store(false, ordering: .releasing)
  }

  /// Stops this process as Ctrl-Z does, and returns when it is continued.
  static func stop() {
    stopProcess()
    // The caller handles the continuation.
    isContinueSet.store(false, ordering: .relaxed)
    isStopSet.store(false, ordering: .relaxed)
  }

  /// Empties the wake-up pipe.
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
      // A full pipe must not block a handler; an empty one must not block the thread that drains it.
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
  // Restart system calls at a terminal, so that output of a command is not cut short. Waiting for a key is a
  // `poll`, which this flag does not restart.
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

/// Restores the terminal before the crash continues.
///
/// When the faulty instruction runs again, the signal goes to the previous handler or the default action.
private func handleCrash(_ number: Int32) {
  restoreTerminal()
  for (replaced, action) in replacedActions where replaced == number {
    var action = action
    sigaction(number, &action, nil)
  }
}

/// Restores the original settings of the terminal.
private func restoreTerminal() {
  // Changing the terminal from the background would stop the process.
  guard hasOriginalSettings.load(ordering: .acquiring), tcgetpgrp(STDIN_FILENO) == getpgrp() else {
    return
  }
  if hasScreen.exchange(false, ordering: .acquiring) {
    screenEnding.withUnsafeBytes { _ = write(STDOUT_FILENO, $0.baseAddress, $0.count) }
  }
  withUnsafePointer(to: originalSettings) { _ = tcsetattr(STDIN_FILENO, TCSANOW, $0) }
}

/// Performs the default action of a signal at once; safe inside a handler.
private func takeDefaultAction(of number: Int32) {
  setHandler(number, SIG_DFL)
  var mask = sigset_t()
  sigemptyset(&mask)
  sigaddset(&mask, number)
  pthread_sigmask(SIG_UNBLOCK, &mask, nil)
  raise(number)
}

private func endProcess(by number: Int32) {
  restoreTerminal()
  takeDefaultAction(of: number)
}

/// Restores the terminal, stops the process, and returns when it is continued.
private func stopProcess() {
  var settings = termios()
  let hasTerminal = tcgetattr(STDIN_FILENO, &settings) == 0
  restoreTerminal()
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
