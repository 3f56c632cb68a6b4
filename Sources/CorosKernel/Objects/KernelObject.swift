/// Something that tasks share: a value in the kernel's state, which only system calls change.
///
/// Write the value as a struct, and the calls that work on it as `SystemCall`s:
///
/// ```swift
/// struct Counter: KernelObject {
///   var count = 0
/// }
///
/// struct Increment: SystemCall {
///   let counter: Object<Counter>
///
///   func handle(in kernel: KernelContext) -> Disposition<Int> {
///     .catching {
///       .reply(try kernel.change(counter) { $0.count += 1; return $0.count })
///     }
///   }
/// }
/// ```
///
/// Since the value is part of the machine, checkpoints copy it, replays rebuild it, and going back in time takes
/// it back. It must therefore be a value whose copies are independent. Objects have names, so that tasks that know
/// nothing of each other can share them, and so that events, listings and deadlock reports are readable.
///
/// The kernel keeps what all objects have: the queue of the tasks that wait for the object, and the tasks that
/// hold it. A call waits by `.queue(object.id)`, and another wakes it by
/// ``KernelContext/wake(_:with:)-(Waiter,_)``. An object that tasks can own records that by
/// ``KernelContext/hold(_:by:mode:abandonedBy:)``: then reports know who has it, and what an ended task held
/// passes on. If it is a lock, it says so by ``isLock``.
public protocol KernelObject {
  /// What such an object is called in listings and errors: `mutex`.
  static var kind: String { get }

  /// Whether such an object stands in listings. Default: yes.
  static var isListed: Bool { get }

  /// Whether who waits for such an object waits until all who hold it have given it back, as for a lock.
  ///
  /// Then reports can tell who waits for whom in a circle, and in which order locks are taken; and under a policy that
  /// lends priorities, who holds it has the priority of those that wait. Default: no.
  static var isLock: Bool { get }

  /// Whether it makes a difference who of those that wait for such an object came first.
  ///
  /// Not where whoever can go on is woken, and all that waits looks again. Explorers ask. Default: yes.
  static var hasOrderedQueue: Bool { get }

  /// What there is to say of it beside who holds it and who waits for it, in a few words; may be empty.
  var summary: String { get }

  /// The same where that depends on how many tasks wait for it. Default: ``summary``.
  func summary(waiters: Int) -> String

  /// How many it has of what it counts, such as permits; nil where it counts nothing. Default: nil.
  var count: Int? { get }

  /// The most that it can have of that; nil where there is no such number. Default: nil.
  var maximum: Int? { get }

  /// Passes on what a task held when it ended; the kernel has noted already that it holds it no more.
  ///
  /// Called in the step in which the task ends, after its last event. Default: does nothing.
  ///
  /// - Parameters:
  ///   - object: which object.
  ///   - hold: who held it, and how.
  ///   - kernel: the kernel; the caller is the ended task.
  static func pass(on object: Object<Self>, from hold: EndedHold, in kernel: KernelContext)

  /// Hears that a task has ended that was bound to the object: see ``KernelContext/bind(_:to:mode:)``.
  ///
  /// Called in the step in which the task ends, after its last event. Default: does nothing.
  ///
  /// - Parameters:
  ///   - bond: which task, how it was bound, and how it ended.
  ///   - object: which object; the task is bound to it no longer.
  ///   - kernel: the kernel; the caller is the ended task.
  static func hear(of bond: EndedBond, at object: Object<Self>, in kernel: KernelContext)

  /// Whether who waits for such an object waits for the ends of tasks that are bound to it in a certain way, as
  /// reports of deadlocks want to know. Default: no.
  static func isAwaited(_ mode: UInt8) -> Bool

  /// What a task that is bound to it in a certain way is to it, for listings: `servant`; nil where that goes without
  /// saying.
  static func role(of mode: UInt8) -> String?

  /// Whether the children of a task that is bound to it in a certain way are bound to it, too, from their beginning.
  /// Default: no.
  static func isInherited(_ mode: UInt8) -> Bool

  /// Whether it takes the lines that a task writes which is bound to it in a certain way. Default: no.
  static func takesOutput(_ mode: UInt8) -> Bool

  /// Takes a line that a task writes: observers do not get it.
  ///
  /// - Parameters:
  ///   - line: the line.
  ///   - object: which object.
  ///   - kernel: the kernel; the caller is the task that writes, bound to the object so that this takes its lines.
  /// - Returns: the decision about the caller, which may have to wait: the value of the signal that ends the wait is
  ///   the error with which it fails, if it is one.
  static func take(
    _ line: String,
    at object: Object<Self>,
    in kernel: KernelContext
  )
    -> Disposition<Void>

  /// Looks at the queue again, from which a task has gone that got nothing: it was killed, or its time came.
  ///
  /// Default: does nothing.
  static func reviewQueue(of object: Object<Self>, in kernel: KernelContext)

  /// Whether ``reviewQueue(of:in:)`` gives it to the task that goes first of those that wait for it.
  ///
  /// Asked by ``Scheduler/nextChoice``, which says what comes next without doing it. Default: no.
  ///
  /// - Parameters:
  ///   - mode: what the task waits for, by a number of the object's own.
  ///   - holders: how many hold it.
  /// - Returns: whether it can have it now.
  func admits(_ mode: UInt8, beside holders: Int) -> Bool

  /// Whether something outside the kernel wakes those who wait for such an object: see ``WakeSource``.
  ///
  /// A machine in which nothing else can happen waits for the world then, and is in no deadlock. Default: no.
  static var isFedByWorld: Bool { get }

  /// Hears that something has come from outside.
  ///
  /// Called between two steps. Default: does nothing.
  ///
  /// - Parameters:
  ///   - arrival: what has come.
  ///   - object: which object.
  ///   - kernel: the kernel; the caller is the operator.
  static func hear(of arrival: Arrival, at object: Object<Self>, in kernel: KernelContext)

  /// Looks for what cannot be, for ``Scheduler/brokenInvariants()``. Default: finds nothing.
  ///
  /// - Parameters:
  ///   - waiters: how many tasks wait for the object.
  ///   - holders: how many tasks hold it.
  /// - Returns: what is wrong, as a clause without its subject; nil when all is well.
  func fault(waiters: Int, holders: Int) -> String?

  /// Hashes what tasks can ever tell of the value, and not what is only counted for listings; false where that cannot
  /// be told.
  ///
  /// Default: what is hashable is hashed.
  func hashState(into hasher: inout Hasher) -> Bool

  /// What a task waits there to do, for listings: `read`; nil where that goes without saying.
  static func purpose(of mode: UInt8) -> String?
}

extension KernelObject {
  /// The name of the type, in small letters.
  public static var kind: String { String(describing: Self.self).lowercased() }

  /// Yes.
  public static var isListed: Bool { true }

  /// No.
  public static var isLock: Bool { false }

  /// It does.
  public static var hasOrderedQueue: Bool { true }

  /// Nothing.
  public var summary: String { "" }

  /// Its ``summary``, however many wait.
  public func summary(waiters: Int) -> String { summary }

  /// None.
  public var count: Int? { nil }

  /// None.
  public var maximum: Int? { nil }

  /// Does nothing.
  public static func pass(on object: Object<Self>, from hold: EndedHold, in kernel: KernelContext) {
  }

  /// Does nothing.
  public static func hear(of bond: EndedBond, at object: Object<Self>, in kernel: KernelContext) {
  }

  /// No.
  public static func isAwaited(_ mode: UInt8) -> Bool { false }

  /// Nothing.
  public static func role(of mode: UInt8) -> String? { nil }

  /// No.
  public static func isInherited(_ mode: UInt8) -> Bool { false }

  /// No.
  public static func takesOutput(_ mode: UInt8) -> Bool { false }

  /// Hands it to the observers.
  public static func take(
    _ line: String,
    at object: Object<Self>,
    in kernel: KernelContext
  )
    -> Disposition<Void>
  {
    kernel.write(line)
    return .reply(())
  }

  /// Does nothing.
  public static func reviewQueue(of object: Object<Self>, in kernel: KernelContext) {}

  /// No.
  public func admits(_ mode: UInt8, beside holders: Int) -> Bool { false }

  /// No.
  public static var isFedByWorld: Bool { false }

  /// Does nothing.
  public static func hear(of arrival: Arrival, at object: Object<Self>, in kernel: KernelContext) {}

  /// None.
  public func fault(waiters: Int, holders: Int) -> String? { nil }

  /// It cannot be told.
  public func hashState(into hasher: inout Hasher) -> Bool { false }

  /// Nothing.
  public static func purpose(of mode: UInt8) -> String? { nil }
}

extension KernelObject where Self: Hashable {
  /// Hashes the value.
  public func hashState(into hasher: inout Hasher) -> Bool {
    hash(into: &hasher)
    return true
  }
}

/// Names an object of a certain type; a number, to be copied and kept as one likes.
public struct Object<Value: KernelObject>: Hashable, Sendable {
  /// The object's number.
  public let id: ObjectID

  @usableFromInline
  init(_ id: ObjectID) {
    self.id = id
  }

  package init(bits: Int) {
    id = ObjectID(bits: bits)
  }
}

/// What a task held when it ended.
public struct EndedHold: Hashable, Sendable {
  /// The task.
  public let task: TaskID
  /// How it held the object, by the object's own number.
  public let mode: UInt8
  /// Whether the task waited for the object, was given it, and has not run since: it cannot have used it.
  public let isUnused: Bool
}

/// A task that was bound to an object, and has ended.
public struct EndedBond: Hashable, Sendable {
  /// The task.
  public let task: TaskID
  /// How it was bound to the object, by the object's own number.
  public let mode: UInt8
  /// How it ended.
  public let status: ExitStatus
}

/// A task that waits in an object's queue.
public struct Waiter: Hashable, Sendable {
  /// The task.
  public let task: TaskID
  /// The object in whose queue it waits.
  public let object: ObjectID
  /// What for, by the object's own number.
  public let mode: UInt8
  /// Which of the objects it is that the task waits for at the same time, from 0.
  public private(set) var alternative: Int
  /// Whether it waits for others at the same time.
  let isOneOfSeveral: Bool
  let slot: Slot

  /// The same task, for another of the things that it waits for.
  public func choosing(_ alternative: Int) -> Waiter {
    var other = self
    other.alternative = alternative
    return other
  }
}
