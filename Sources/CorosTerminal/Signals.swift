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
private let isScript = Atomic<Bool>(false)

// Sent to the terminal at the end while pastes are marked: constant, so that a handler may read it.
private let isPasteMarked = Atomic<Bool>(false)
private let pasteEnding: [UInt8] = Array(Signals.endOfPasteMarks.utf8)

// Unsafe: `install` and `restore` write this on the thread that edits lines; the crash handler
// reads it, and then the process ends.
nonisolated(unsafe) private var replacedActions: [(number: Int32, action: sigaction)] = []

/// The signals that concern a program at a terminal.
///
/// - An interrupt (Ctrl-C) only sets a flag, however often it arrives.
/// - Termination and hang-up set a flag, so that the owner of the terminal restores it. If the first one is
///   not handled, the second ends the process at once.
/// - Quit (Ctrl-\) does nothing at the prompt. While a command runs, or when another process sends it, it
///   restores the terminal and ends the process: the way out of a command that ignores Ctrl-C.
/// - Stop (Ctrl-Z) restores the terminal and stops the process, which takes the terminal back when it is
///   continued.
/// - Any other signal that would end the process, and a crash, restore the terminal first.
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
    rehearse()
    for number in [SIGINT, SIGQUIT, SIGTERM, SIGHUP, SIGTSTP, SIGWINCH, SIGCONT] {
      replace(number, with: handleSignal)
    }
    for number in [SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGBUS, SIGSEGV, SIGSYS] {
      replace(number, with: handleCrash)
    }
    for number in fatalSignals { replace(number, with: handleFatalSignal) }
    // A process that exits without closing the editor must not leave the terminal without echo.
    if !isExitWatched.exchange(true, ordering: .relaxed) { atexit(restoreTerminal) }
  }

  /// Makes an interrupt, termination and hang-up set flags in a program that reads a script, and end any wait
  /// for input or output.
  ///
  /// So the program ends in good order also as the first process of a container, which the default actions of
  /// signals do not end. What was ignored when the program started stays ignored.
  package static func installForScript() {
    guard replacedActions.isEmpty else { return }
    rehearse()
    isScript.store(true, ordering: .relaxed)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      replace(number, with: handleSignal, restarts: false)
    }
  }

  /// Whether the handlers are those for a script.
  package static var isForScript: Bool { isScript.load(ordering: .relaxed) }

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

  /// Turns off the marks of pastes.
  static let endOfPasteMarks = "\u{1B}[?2004l"

  /// Notes whether the terminal marks pastes, so that the marks end with the process.
  static func notePasteMarks(_ areOn: Bool) {
    isPasteMarked.store(areOn, ordering: .relaxed)
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

  /// Gives the terminal the settings that it had when this program found it.
  ///
  /// - Returns: The present ones, for `takeTerminal`; nil without a terminal.
  static func lendTerminal() -> termios? {
    var settings = termios()
    guard hasOriginalSettings.load(ordering: .acquiring), tcgetattr(STDIN_FILENO, &settings) == 0
    else { return nil }
    withUnsafePointer(to: originalSettings) { _ = tcsetattr(STDIN_FILENO, TCSADRAIN, $0) }
    return settings
  }

  /// Takes the terminal back.
  static func takeTerminal(_ settings: termios?) {
    guard var settings else { return }
    tcsetattr(STDIN_FILENO, TCSADRAIN, &settings)
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
    let staysIgnored = [SIGHUP, SIGTSTP].contains(number) || fatalSignals.contains(number)
    if staysIgnored || !restarts, old.isIgnored { return }
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

/// The signals whose default action ends the process, and which mean nothing to it.
private let fatalSignals: [Int32] = {
  var numbers = [SIGPIPE, SIGALRM, SIGXCPU, SIGXFSZ, SIGVTALRM, SIGPROF, SIGUSR1, SIGUSR2]
  #if os(Linux)
    numbers +=
      [SIGIO, SIGPWR, SIGSTKFLT] + Array(__libc_current_sigrtmin()...__libc_current_sigrtmax())
  #endif
  return numbers
}()

private typealias SignalInfo = UnsafeMutablePointer<siginfo_t>
private typealias SignalHandler =
  @convention(c) (Int32, SignalInfo?, UnsafeMutableRawPointer?) -> Void

private func setHandler(_ number: Int32, _ handler: @escaping SignalHandler, restarts: Bool = true)
{
  var action = sigaction()
  #if canImport(Glibc)
    action.__sigaction_handler.sa_sigaction = handler
  #else
    action.__sigaction_u.__sa_sigaction = handler
  #endif
  // Restart system calls at a terminal, so that output of a command is not cut short. Waiting for a key is a
  // `poll`, which this flag does not restart.
  action.sa_flags = numericCast(SA_SIGINFO | (restarts ? SA_RESTART : 0))
  sigemptyset(&action.sa_mask)
  sigaction(number, &action, nil)
}

private func handleSignal(_ number: Int32, _ info: SignalInfo?, _: UnsafeMutableRawPointer?) {
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
  case SIGQUIT:
    if !isEditing.load(ordering: .relaxed) || isFromProcess(info) { endProcess(by: number) }
  default:
    if terminationNumber.exchange(number, ordering: .relaxed) != 0 { endProcess(by: number) }
  }
  var byte: UInt8 = 0
  _ = write(wakeWriteEnd.load(ordering: .relaxed), &byte, 1)
  errno = savedError
}

/// Whether `kill` has sent a signal, and neither a key, nor a fault, nor `abort`.
private func isFromProcess(_ info: SignalInfo?) -> Bool {
  guard let code = info?.pointee.si_code else { return false }
  return code == SI_USER || code == SI_QUEUE
}

/// Restores the terminal before the crash continues.
///
/// When the faulty instruction runs again, the signal goes to the previous handler, which may explain it, or to
/// the default action. A signal that was sent does not come again, and has nothing to explain.
private func handleCrash(_ number: Int32, _ info: SignalInfo?, _: UnsafeMutableRawPointer?) {
  if isFromProcess(info) { return endProcess(by: number) }
  restoreTerminal()
  for (replaced, action) in replacedActions where replaced == number {
    var action = action
    sigaction(number, &action, nil)
  }
}

/// Does what the handlers do, once and without effect.
///
/// The first use of a variable may run its initializer, and the first use of a type may allocate memory for its
/// description. A handler that did so would damage the heap if it had interrupted an allocation.
private func rehearse() {
  let errorNumber = errno
  interruptCount.wrappingAdd(0, ordering: .relaxed)
  _ = terminationNumber.compareExchange(expected: 0, desired: 0, ordering: .relaxed)
  _ = (isInterruptSet.load(ordering: .relaxed), isResizeSet.load(ordering: .relaxed))
  _ = (isContinueSet.load(ordering: .relaxed), isStopSet.load(ordering: .relaxed))
  _ = (isEditing.load(ordering: .relaxed), wakeWriteEnd.load(ordering: .relaxed))
  var info = siginfo_t()
  _ = isFromProcess(&info)
  for (_, action) in replacedActions { _ = action }
  restoreTerminal()
  sendToTerminal([])
  withUnsafePointer(to: originalSettings) { _ = $0 }
  _ = pasteEnding.count
  // The default action of this signal is to ignore it.
  takeDefaultAction(of: SIGURG)
  errno = errorNumber
}

private func handleFatalSignal(_ number: Int32, _: SignalInfo?, _: UnsafeMutableRawPointer?) {
  endProcess(by: number)
}

/// Restores the original settings of the terminal.
private func restoreTerminal() {
  // Changing the terminal from the background would stop the process.
  guard hasOriginalSettings.load(ordering: .acquiring), tcgetpgrp(STDIN_FILENO) == getpgrp() else {
    return
  }
  if hasScreen.exchange(false, ordering: .acquiring) { sendToTerminal(screenEnding) }
  if isPasteMarked.load(ordering: .relaxed) { sendToTerminal(pasteEnding) }
  withUnsafePointer(to: originalSettings) { _ = tcsetattr(STDIN_FILENO, TCSANOW, $0) }
}

private func sendToTerminal(_ bytes: [UInt8]) {
  bytes.withUnsafeBytes { _ = write(STDOUT_FILENO, $0.baseAddress, $0.count) }
}

/// Performs the default action of a signal at once; safe inside a handler.
private func takeDefaultAction(of number: Int32) {
  // All zero is the default action.
  var action = sigaction()
  sigaction(number, &action, nil)
  var mask = sigset_t()
  sigemptyset(&mask)
  sigaddset(&mask, number)
  pthread_sigmask(SIG_UNBLOCK, &mask, nil)
  raise(number)
}

private func endProcess(by number: Int32) {
  restoreTerminal()
  takeDefaultAction(of: number)
  // The first process of a container has no default actions.
  _exit(128 + number)
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
