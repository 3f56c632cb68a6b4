public import CorosKernel

// A world of the embedder's own, which travels.

/// The world, as an object of the machine: so checkpoints copy it, and replays make it again.
struct World<Value>: KernelObject {
  var value: Value

  static var kind: String { "world" }
  static var isListed: Bool { false }
  static var name: String { "world" }
}

/// Reads or changes the world of a time machine.
///
/// - Blocks: never. Reply: what the change returns. Errors: `otherObject` when the machine has no world of that type.
///   O(1).
public struct ChangeWorld<Value, Reply>: SystemCall {
  private let change: (inout Value) -> Reply

  /// Makes the call.
  ///
  /// - Parameter change: changes the world in place; it runs again in each replay.
  public init(_ change: @escaping (inout Value) -> Reply) {
    self.change = change
  }

  /// Without the types.
  public static var name: String { "ChangeWorld" }

  /// Yes: it touches nothing that it does not ask of its context.
  public static var isTracked: Bool { true }

  /// Changes the world.
  public func handle(in kernel: KernelContext) -> Disposition<Reply> {
    .catching {
      guard let world = try kernel.find(World<Value>.self, named: World<Value>.name) else {
        throw SystemCallError.noSuchObject
      }
      return .reply(try kernel.change(world) { change(&$0.value) })
    }
  }
}

extension SystemInterface {
  /// Reads or changes the world of the time machine that the task runs on, in one step.
  public nonisolated(nonsending) func withWorld<Value, Reply>(
    _ change: @escaping (inout Value) -> Reply
  ) async throws -> Reply {
    try await call(ChangeWorld(change))
  }
}

extension TimeMachine {
  /// Makes a machine at its first moment, with a world that travels with it.
  ///
  /// The world is a value of your own: tasks change it by `os.withWorld`, a step, and you by ``changeWorld(_:_:)``, an act.
  /// At each moment it is as it was then, on each branch as it became there. Its copies must be independent: use
  /// structs, not classes.
  ///
  /// ```swift
  /// struct Park { var visitors = 0 }
  /// let machine = TimeMachine(world: Park()) { Scheduler() }
  /// try machine.act("open") { scheduler in
  ///   try scheduler.createTask("gate") { os in
  ///     for _ in 1...3 { try await os.withWorld { (park: inout Park) in park.visitors += 1 } }
  ///   }
  /// }
  /// machine.run()
  /// try machine.back(2)
  /// machine.world(as: Park.self)?.visitors  // 2
  /// ```
  ///
  /// - Parameters:
  ///   - world: the world as it is at the first moment.
  ///   - make: makes a scheduler, the same each time: see ``init(make:)``.
  public convenience init<World>(world: World, make: @escaping () -> Scheduler) {
    self.init {
      let scheduler = make()
      let call = MakeObject(CorosHistory.World(value: world), named: CorosHistory.World<World>.name)
      // A new scheduler has room for an object, and none of that name.
      _ = try? scheduler.perform(call)
      return scheduler
    }
  }

  /// The world at the present moment; nil when the machine has none of that type.
  public func world<Value>(as type: Value.Type = Value.self) -> Value? {
    scheduler.find(World<Value>.self, named: World<Value>.name).flatMap {
      scheduler.value(of: $0)?.value
    }
  }

  /// Changes the world, as an act: in the past it begins a branch.
  ///
  /// - Parameters:
  ///   - label: what it is called, in journals and errors.
  ///   - change: changes the world in place; it runs again in each replay.
  /// - Returns: what the change returns.
  /// - Throws: `SystemCallError.noSuchObject` when the machine has no world of that type.
  @discardableResult
  public func changeWorld<Value, Result>(
    _ label: String,
    _ change: @escaping (inout Value) -> Result
  ) throws -> Result {
    try act(label) { try $0.perform(ChangeWorld(change)) }
  }
}
