import CorosLanguage

@testable import CorosShell

/// Somebody at another terminal with a stepper of their own; what they send, and what the machine answers, goes through
/// text.
final class SteppedGuest {
  let stage: TestShell
  let steppers: GuestSteppers
  let client: Int
  /// Whether they drive.
  var mayChange: Bool
  /// Whether a command is running at the machine.
  var isRunning = false
  /// What they have said about who drives.
  private(set) var wishes: [String] = []
  /// How often they have asked for the command that runs to be interrupted.
  private(set) var interrupts = 0
  private var requests: [(id: Int, text: String)] = []
  private var lastID = 0
  private(set) lazy var stepper = AttachedStepper(
    isUnicode: true,
    send: { [unowned self] request in
      lastID += 1
      requests.append((lastID, request.text))
      return lastID
    },
    interrupt: { [unowned self] in interrupts += 1 }
  )

  init(_ stage: TestShell, _ steppers: GuestSteppers, client: Int = 1, mayChange: Bool = false) {
    self.stage = stage
    self.steppers = steppers
    self.client = client
    self.mayChange = mayChange
  }

  /// The number of requests that have no answer yet.
  var waiting: Int { requests.count }

  /// Lets the machine answer what it can.
  func serve() {
    while let (id, text) = requests.first {
      let answer = steppers.answer(
        JSON(parsing: text) ?? .null,
        from: client,
        mayChange: mayChange,
        isRunning: isRunning,
        in: stage.shell
      )
      guard let answer else { return }
      requests.removeFirst()
      for frame in answer.frames {
        if let frame = JSON(parsing: frame.text) { stepper.take(frame, of: id) }
      }
      stepper.finish(id)
      if let wish = answer.wish { wishes.append(wish) }
    }
  }

  /// Presses keys, given as for `SteppedSession`; a word behind a colon is typed as a command.
  func press(_ keys: String, width: Int = 80, height: Int = 24) {
    _ = screen(width, height)
    for word in keys.split(separator: " ") {
      if word.hasPrefix(":"), word.count > 1 {
        for character in word { stepper.press(.character(character == "_" ? " " : character)) }
        stepper.press(.enter)
      } else {
        stepper.press(SteppedSession.key(String(word)))
      }
      serve()
    }
  }

  /// What is seen, a line each, as of now.
  func screen(_ width: Int = 80, _ height: Int = 24) -> String {
    _ = stepper.lines(width: width, height: height)
    stepper.refresh()
    time += 1_000_000_000
    serve()
    _ = stepper.runSlice(nanoseconds: time)
    serve()
    return stepper.lines(width: width, height: height).map { $0.text + "\n" }.joined()
  }

  private var time: UInt64 = 1

  /// Lets the machine run by itself for so many slices, a second each.
  func pass(slices: Int) {
    for _ in 0..<slices {
      time += 1_000_000_000
      _ = stepper.runSlice(nanoseconds: time)
      serve()
    }
  }
}
