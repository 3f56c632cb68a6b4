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
/// hold it. A call waits by `.block(on: kernel.place(in: object))`, and another wakes it by
/// ``KernelContext/wake(_:with:)-(Waiter,_)``. An object that tasks can own records that by
/// ``KernelContext/hold(_:by:mode:)``: then reports know who has it, and what an ended task held passes on.
public protocol KernelObject {
  /// What such an object is called in listings and errors: `mutex`.
  static var kind: String { get }

  /// Whether such an object stands in listings. Default: yes.
  static var isListed: Bool { get }

  /// What there is to say of it beside who holds it and who waits for it, in a few words; may be empty.
  var summary: String { get }

  /// Passes on what a task held when it ended; the kernel has noted already that it holds it no more.
  ///
  /// Called in the step in which the task ends, after its last event. Default: does nothing.
  ///
  /// - Parameters:
  ///   - object: which object.
  ///   - hold: who held it, and how.
  ///   - kernel: the kernel; the caller is the ended task.
  static func pass(on object: Object<Self>, from hold: EndedHold, in kernel: KernelContext)

  /// Looks at the queue again, from which a task has gone that got nothing: it was killed, or its time came.
  ///
  /// Default: does nothing.
  static func reviewQueue(of object: Object<Self>, in kernel: KernelContext)

  /// Looks for what cannot be, for ``Scheduler/brokenInvariants()``. Default: finds nothing.
  ///
  /// - Parameters:
  ///   - waiters: how many tasks wait for the object.
  ///   - holders: how many tasks hold it.
  /// - Returns: what is wrong, as a clause without its subject; nil when all is well.
  func fault(waiters: Int, holders: Int) -> String?

  /// What a task waits there to do, for listings: `read`; nil where that goes without saying.
  static func purpose(of mode: UInt8) -> String?
}

extension KernelObject {
  /// The name of the type, in small letters.
  public static var kind: String { String(describing: Self.self).lowercased() }

  /// Yes.
  public static var isListed: Bool { true }

  /// Nothing.
  public var summary: String { "" }

  /// Does nothing.
  public static func pass(on object: Object<Self>, from hold: EndedHold, in kernel: KernelContext) {
  }

  /// Does nothing.
  public static func reviewQueue(of object: Object<Self>, in kernel: KernelContext) {}

  /// None.
  public func fault(waiters: Int, holders: Int) -> String? { nil }

  /// Nothing.
  public static func purpose(of mode: UInt8) -> String? { nil }
}

/// Names an object of a certain type; a number, to be copied and kept as one likes.
public struct Object<Value: KernelObject>: Hashable, Sendable {
  /// The object's number.
  public let id: ObjectID

  @usableFromInline
  init(_ id: ObjectID) {
    self.id = id
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

/// A task that waits in an object's queue.
public struct Waiter: Hashable, Sendable {
  /// The task.
  public let task: TaskID
  /// The object in whose queue it waits.
  public let object: ObjectID
  /// What for, by the object's own number.
  public let mode: UInt8
  /// Which of the objects it is that the task waits for at the same time, from 0.
  public let alternative: Int
  /// Whether it waits for others at the same time.
  let isOneOfSeveral: Bool
  let slot: Slot
}
