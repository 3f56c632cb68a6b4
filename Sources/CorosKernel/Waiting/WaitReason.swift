/// What a blocked task waits for.
public enum WaitReason: Hashable, Sendable {
  /// The end of one task.
  case task(TaskID)
  /// The end of any of its own children.
  case anyChild
  /// A moment in virtual time.
  case time
  /// A device that works for it.
  case io
  /// Its own arrival: it was created to arrive later.
  case arrival
  /// A signal on a channel that system calls agree on by name.
  case channel(WaitChannel)
  /// Something outside the kernel; only with `ForeignAwaits.park`.
  case outside
}

/// A name that tasks can be put to sleep on and woken by, as xv6's sleep channels are.
///
/// A channel is neither made nor deleted: it exists while a task waits on it. A system call of your own blocks
/// with `.block(on: .channel("mailbox"))`, and another wakes with `kernel.wake("mailbox")`.
///
/// A channel is only its name, so that it is readable in `queue`, in traces and in deadlock reports, and needs
/// no table. If you write calls for others to use, keep your channels apart by their names: the module's name,
/// a dot, the name of the thing, and its number if there are several, as in
/// `chat.mailbox 3`. A bare word such as `mailbox` belongs to the program that owns all of its calls.
public struct WaitChannel: Hashable, Comparable, Sendable, ExpressibleByStringLiteral {
  /// The channel's name in `queue` and in deadlock reports.
  public let name: String

  /// Makes the channel of that name; equal names are the same channel.
  public init(_ name: String) {
    self.name = name
  }

  /// Lets a string literal stand for a channel.
  public init(stringLiteral value: String) {
    name = value
  }

  /// Whether the first channel's name sorts before the second's.
  public static func < (left: WaitChannel, right: WaitChannel) -> Bool {
    left.name < right.name
  }
}

extension WaitReason: CustomStringConvertible {
  /// The reason in a few words: `task 3`, `any child`, `time`, `I/O`, `arrival`, the channel's name, `outside`.
  public var description: String {
    switch self {
    case .task(let target): "task \(target)"
    case .anyChild: "any child"
    case .time: "time"
    case .io: "I/O"
    case .arrival: "arrival"
    case .channel(let channel): channel.name
    case .outside: "outside"
    }
  }
}

/// What ended a wait; a system call turns it into its reply.
public enum Wakeup {
  /// The task waited for, or a child, has ended.
  case ended(TaskID, ExitStatus)
  /// The channel was signalled, perhaps with a value.
  case signalled(Any?)
  /// The deadline came first.
  case timedOut
}

extension Wakeup: CustomStringConvertible {
  /// What happened, in a few words.
  public var description: String {
    switch self {
    case .ended(let task, let status): "task \(task) ended (\(status))"
    case .signalled: "signalled"
    case .timedOut: "its time came"
    }
  }
}
