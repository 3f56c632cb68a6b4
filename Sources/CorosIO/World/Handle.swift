import CorosKernel

/// Names something outside that a task has opened: a file, a listener, a connection.
///
/// The kernel alone knows the system's number for it. A handle that is closed is closed for ever, whatever becomes of
/// that number.
public struct Handle: Hashable, Sendable, CustomStringConvertible {
  let object: Object<HandleState>
  // Half a word: what is short enough is kept with a task that waits, and else takes memory of its own.
  private let shortNumber: UInt32

  init(object: Object<HandleState>, number: Int) {
    self.object = object
    shortNumber = UInt32(truncatingIfNeeded: number)
  }

  /// Its number, from 1 in each machine, never used again.
  public var number: Int { Int(shortNumber) }

  /// The name: `h3`.
  public var description: String { "h\(number)" }
}

/// What a handle leads to.
public enum HandleKind: String, Hashable, Sendable {
  /// A file, or a device.
  case file
  /// A socket that takes connections.
  case listener
  /// A connection.
  case connection
}

/// What is known of a handle; it belongs to a task, and is closed with it.
struct HandleState: KernelObject {
  let address: String
  var facts: HandleFacts

  static var kind: String { "handle" }
  static var isFedByWorld: Bool { true }

  static func purpose(of mode: UInt8) -> String? { Direction(rawValue: mode)?.word }

  var summary: String {
    switch facts.kind {
    case .listener: "listens at \(address)"
    case .connection: "connected to \(address), \(facts.received) bytes in, \(facts.sent) out"
    case .file: "\(address), \(facts.received) bytes in, \(facts.sent) out"
    }
  }

  /// Has those who wait try again.
  static func hear(of arrival: Arrival, at object: Object<HandleState>, in kernel: KernelContext) {
    _ = try? kernel.change(object) { $0.facts.ready |= arrival.kinds }
    // Nobody waits at most handles of a busy server: its tasks have not come to what they do next.
    guard kernel.hasWaiters(on: object) else { return }
    for direction in [Direction.read, .write] where arrival.kinds & direction.rawValue != 0 {
      while let waiter = kernel.firstWaiter(on: object, for: direction.rawValue),
        let answer = kernel.retry(waiter)
      {
        kernel.wake(waiter, with: answer)
      }
    }
  }

  /// Is closed, since its task has ended.
  static func hear(of bond: EndedBond, at object: Object<HandleState>, in kernel: KernelContext) {
    kernel.close(object, by: bond.task)
  }
}

/// What each call on a handle needs to know of it: numbers, which are copied at once.
struct HandleFacts {
  let world: Object<WorldState>
  let number: Int
  let key: Int
  let kind: HandleKind
  /// In which directions something may be tried: taken away when it would have to wait.
  var ready: UInt8 = 3
  /// Whether it never has to be waited for.
  let isAlwaysReady: Bool
  var received = 0
  var sent = 0
  /// How many bytes have gone of a message that is being sent.
  var progress = 0
}

/// What a machine remembers of its world; those who wait for a handle to become free wait for it.
struct WorldState: KernelObject {
  /// How many answers of the world it has had.
  var position = 0
  var lastHandle = 0
  var openCount = 0
  /// The most that may be open.
  var limit = 0
  /// Listeners whose connections cannot be taken, since too many handles are open.
  var crowded: [Object<HandleState>] = []

  static var kind: String { "world" }
  static var isListed: Bool { false }
  static let name = "a free handle"
}
