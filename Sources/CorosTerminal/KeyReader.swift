#if canImport(Glibc)
  private import Glibc
#else
  private import Darwin
#endif

/// What a key reader needs from the editor while it waits.
protocol KeyReaderDelegate: AnyObject {
  /// Repairs the screen: after the process was stopped and continued, after a change of the terminal's size,
  /// or before a stop that the user asked for.
  func handle(_ event: KeyReader.ScreenEvent)

  /// Draws what has changed: nothing more is waiting to be read.
  func drawBeforeWait()

  /// Runs a slice of idle work, or returns nil if there is none.
  func runIdleSlice() -> NextSlice?

  /// Serves the watched descriptors.
  func serveWatched(_ watched: any WatchedDescriptors)
}

/// Waits for keys, signals and idle work at the same time.
final class KeyReader {
  /// The reason why the wait ended.
  enum Event: Equatable {
    case key(Key)
    case interrupted
    case terminated(Int32)
    case endOfInput
  }

  /// A change that concerns the screen while a line is being edited.
  enum ScreenEvent {
    case resized
    case continued
    case stopRequested
  }

  /// Whether the last key returned was part of a paste.
  private(set) var isPasted = false

  /// The number of keys returned so far.
  private(set) var keyCount = 0

  weak var delegate: (any KeyReaderDelegate)?

  /// What to wait for besides keys and signals.
  weak var watched: (any WatchedDescriptors)?

  private let descriptor: Int32
  /// Asked at the start, since a terminal whose window is closed answers no more.
  private let isTerminal: Bool
  private var decoder: KeyDecoder
  private var pacer = IdlePacer()
  private var interruptsSeen = Signals.interrupts

  /// How long to wait for the rest of an escape sequence before Escape counts as a key of its own.
  private static let escapeTimeout: Int32 = 30

  /// How long nothing must come before an abandoned paste has ended, if its end was lost.
  private static let discardTimeout: Int32 = 50

  init(
    descriptor: Int32,
    encoding: TextEncoding,
    isBound: @escaping ([UInt8]) -> Bool
  ) {
    self.descriptor = descriptor
    isTerminal = isatty(descriptor) != 0
    decoder = KeyDecoder(encoding: encoding, isBound: isBound)
  }

  /// Prepares for a new line: idle work is due, and keys typed before an interrupt are discarded.
  func beginLine() {
    if interruptsSeen != Signals.interrupts { decoder.reset() }
    interruptsSeen = Signals.interrupts
    pacer = IdlePacer()
  }

  /// Whether a key or a signal is waiting; costs one system call.
  var isKeyWaiting: Bool { wait(0, for: nil) != .nothing }

  /// The next key, or the event that came instead.
  ///
  /// Blocks until there is one. Idle work runs meanwhile.
  func next() -> Event {
    var isDrawn = false
    while true {
      if let event = takeSignals() { return event }
      if let key = decoder.nextKey() {
        if pacer.isOverdue(at: MonotonicClock.now) { runSlice() }
        return hand(out: key)
      }
      // What is typed faster than it can be drawn need not be drawn on the way.
      if !isDrawn { delegate?.drawBeforeWait() }
      isDrawn = true
      switch wait(timeout, for: watched) {
      case .input:
        guard readBytes() else { return takeSignals() ?? .endOfInput }
      case .wakeup:
        Signals.drainWakeups()
      case .watched:
        if serveWatched() { return .endOfInput }
        // Others may ask without a pause; what runs here must not wait for them.
        if pacer.isOverdue(at: MonotonicClock.now) { runSlice() }
      case .nothing where decoder.isUndecided:
        decoder.settle()
      case .nothing where decoder.isDiscarding:
        decoder.stopDiscarding()
      case .nothing:
        if watched?.timeout != nil { _ = serveWatched() }
        if pacer.isDue(at: MonotonicClock.now) { runSlice() }
      case .failed:
        return .endOfInput
      }
    }
  }

  private var timeout: Int32 {
    if decoder.isUndecided { return Self.escapeTimeout }
    if decoder.isDiscarding { return Self.discardTimeout }
    let timeout = pacer.timeout(at: MonotonicClock.now)
    guard let other = watched?.timeout else { return timeout }
    return timeout < 0 ? other : min(timeout, other)
  }

  private func hand(out key: Key) -> Event {
    isPasted = key.isPasted
    keyCount += 1
    pacer.keyPressed(at: MonotonicClock.now)
    return .key(key)
  }

  /// Serves what is watched.
  ///
  /// - Returns: Whether there is nothing left to type for.
  private func serveWatched() -> Bool {
    guard let watched else { return false }
    delegate?.serveWatched(watched)
    // It may have changed what the prompt shows, or begun what runs in slices.
    pacer.keyPressed(at: MonotonicClock.now)
    return watched.isOver
  }

  private func runSlice() {
    let next = delegate?.runIdleSlice() ?? .whenKeyPressed
    pacer.ran(next, at: MonotonicClock.now)
  }

  private func takeSignals() -> Event? {
    if let number = Signals.pendingTermination { return .terminated(number) }
    if Signals.consumeInterrupt() {
      decoder.reset()
      interruptsSeen = Signals.interrupts
      return .interrupted
    }
    if Signals.consumeStop() { delegate?.handle(.stopRequested) }
    if Signals.consumeContinue() { delegate?.handle(.continued) }
    if Signals.consumeResize() { delegate?.handle(.resized) }
    return nil
  }

  /// Whether the window of the terminal is closed; the signal that says so may still be on its way.
  var hasLostTerminal: Bool {
    var polled = pollfd(fd: descriptor, events: 0, revents: 0)
    return poll(&polled, 1, 0) == 1 && polled.revents & Int16(POLLHUP) != 0 && isTerminal
  }

  private enum Readiness { case input, wakeup, watched, nothing, failed }

  private func wait(_ timeout: Int32, for watched: (any WatchedDescriptors)?) -> Readiness {
    let others = watched?.descriptors ?? []
    return withUnsafeTemporaryAllocation(of: pollfd.self, capacity: 2 + others.count) { polled in
      polled.initialize(repeating: pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
      polled[1].fd = Signals.wakeDescriptor
      for (index, other) in others.enumerated() {
        polled[2 + index].fd = other.descriptor
        if !other.isReceiving { polled[2 + index].events = 0 }
        if other.isSending { polled[2 + index].events |= Int16(POLLOUT) }
      }
      let count = poll(polled.baseAddress, nfds_t(polled.count), timeout)
      if count < 0 { return errno == EINTR ? .wakeup : .failed }
      // A signal goes before a key: Ctrl-C must not wait behind a paste.
      if polled[1].revents != 0 { return .wakeup }
      if polled[0].revents & Int16(POLLNVAL) != 0 { return .failed }
      if polled[0].revents != 0 { return .input }
      return count > 0 ? .watched : .nothing
    }
  }

  /// Reads the available input; false at the end of input.
  private func readBytes() -> Bool {
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      guard count > 0 else { return count < 0 && (errno == EINTR || errno == EAGAIN) }
      decoder.feed(buffer.prefix(count))
      return true
    }
  }
}
