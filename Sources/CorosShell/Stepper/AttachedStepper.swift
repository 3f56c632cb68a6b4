package import CorosLanguage
package import CorosSession

/// A stepper for the machine of another terminal: it sends keys there, and draws the states that come back.
///
/// It does not know how they travel, and waits for nothing.
package final class AttachedStepper: FullScreenProgram {
  /// What was sent, and has no answer yet.
  private struct Asked {
    let id: Int
    let isKey: Bool
    let isSlice: Bool
  }

  package private(set) var isFinished = false
  /// Why it has ended by itself; nil if somebody has left it.
  package private(set) var failure: String?
  /// What is drawn; nil before the first answer.
  package private(set) var state: StepperState?
  private let isUnicode: Bool
  private let send: (JSON) -> Int
  private let interrupt: () -> Void
  private var asked: [Asked] = []
  private var size = (width: 0, height: 0)
  /// What the last line says instead of the state's own message, until the next key.
  private var note: String?
  private var wantsLook = false
  private var lookedAt: UInt64 = 0
  private var hasAskedToStop = false
  /// After how many milliseconds the machine is to run on by itself, and when that is.
  private var slice: (after: Int, due: UInt64?)?
  /// Since when it has waited for an answer.
  private var waitingSince: UInt64?
  private var isBusy = false

  /// The most requests without an answer: more than anybody types or pastes; keys beyond them are dropped.
  private static let mostAsked = 1_000
  /// The time between two looks that nobody has asked for, in nanoseconds: more could not be seen.
  private static let pause: UInt64 = 33_000_000
  /// The time after which a machine that does not answer is called busy, in nanoseconds.
  private static let patience: UInt64 = 1_000_000_000

  /// Makes a stepper that has asked for nothing yet.
  ///
  /// - Parameters:
  ///   - isUnicode: Whether the terminal can show more than ASCII.
  ///   - send: Sends a request, and returns its number.
  ///   - interrupt: Asks for the command that runs to be interrupted.
  package init(
    isUnicode: Bool,
    send: @escaping (JSON) -> Int,
    interrupt: @escaping () -> Void
  ) {
    self.isUnicode = isUnicode
    self.send = send
    self.interrupt = interrupt
  }

  private func ask(_ act: StepperRequest.Act) {
    let request = StepperRequest(
      act,
      width: size.width,
      height: size.height,
      isUnicode: isUnicode
    )
    let id = send(request.json)
    let isKey = if case .key = act { true } else { false }
    asked.append(Asked(id: id, isKey: isKey, isSlice: act == .slice))
  }

  /// Leaves the stepper, whether or not the machine answers.
  private func leave(because reason: String? = nil) {
    guard !isFinished else { return }
    failure = reason
    isFinished = true
    _ = send(
      StepperRequest(.close, width: 0, height: 0, isUnicode: isUnicode).json
    )
  }

  // MARK: What comes

  /// Takes a part of the answer to a request.
  package func take(_ frame: JSON, of id: Int) {
    guard asked.contains(where: { $0.id == id }), !isFinished else { return }
    guard let json = frame["stepper"], let new = StepperState(json, isUnicode: isUnicode) else {
      var what = "a state of no stepper"
      if case .string(let text)? = frame["error"] { what = excerpt(of: text) }
      return leave(because: "the machine has sent what cannot be drawn: \(what)")
    }
    state = new
    slice = nil
    if case .int(let after)? = frame["after"] { slice = (min(max(0, after), 60_000), nil) }
    if frame["finished"] == true { isFinished = true }
  }

  /// Notes that a request is answered.
  package func finish(_ id: Int) {
    asked.removeAll { $0.id == id }
    waitingSince = nil
    isBusy = false
    if asked.isEmpty { hasAskedToStop = false }
  }

  /// Notes that the machine has moved, or that somebody else drives.
  package func refresh() { wantsLook = true }

  package func tell(_ text: String) -> Bool {
    note = text
    return true
  }

  // MARK: The screen

  package func lines(width: Int, height: Int) -> [StyledLine] {
    if size != (width, height) {
      size = (width, height)
      ask(.look)
    }
    guard var state else {
      let line = StyledLine(" waiting for the machine", .faint).clipped(to: width, ellipsis: "")
      return height > 0 ? [line] : []
    }
    if let note = isBusy ? Self.busy : note {
      state.message = StyledLine(note, .waiting)
      // What was typed there has been sent.
      if isBusy { state.question = nil }
    }
    return StepperView(state, width: width, height: height).lines
  }

  private static let busy =
    "the machine is at work; Ctrl-C interrupts your command, and twice leaves"

  package func press(_ key: ScreenKey) {
    note = nil
    if key == .interrupt, isBusy || asked.contains(where: \.isKey) {
      if hasAskedToStop { return leave() }
      hasAskedToStop = true
      return interrupt()
    }
    if asked.count < Self.mostAsked { ask(.key(key)) }
  }

  package func runSlice(nanoseconds now: UInt64) -> LiveNext {
    if !asked.isEmpty {
      let since = waitingSince ?? now
      waitingSince = since
      isBusy = now >= since + Self.patience
    }
    if wantsLook, asked.isEmpty, now >= lookedAt + Self.pause {
      wantsLook = false
      lookedAt = now
      ask(.look)
    }
    if let (after, due) = slice, !asked.contains(where: \.isSlice) {
      let due = due ?? now + UInt64(after) * 1_000_000
      slice = (after, due)
      if now < due { return .after(milliseconds: Int((due - now + 999_999) / 1_000_000)) }
      slice = nil
      ask(.slice)
    }
    // An answer calls it again, too.
    if wantsLook { return .after(milliseconds: 33) }
    return asked.isEmpty || isBusy ? .never : .after(milliseconds: 250)
  }

  package func continueAfterStop() { wantsLook = true }
}
