import CorosKernel
import CorosSync

/// What tasks share: locks that are free, a lock that passes from hand to hand, values and messages from task to task.
///
/// An operation is two system calls, as in `pair/calls`, with which the others compare.
enum Sharing {
  /// Two calls that share nothing: `GetTid`, twice.
  static func calls(_ load: Measure.Load) throws -> Measure.Reading {
    let scheduler = makeScheduler()
    for _ in 0..<load.tasks { try scheduler.createTask(machine: Asking()) }
    return measure(scheduler, load)
  }

  /// `Lock` and `Unlock`, each task with a mutex of its own.
  static func free(_ load: Measure.Load) throws -> Measure.Reading {
    let scheduler = makeScheduler(objects: load.tasks)
    for _ in 0..<load.tasks {
      try scheduler.createTask(machine: Locking(mutex: try scheduler.perform(MakeMutex())))
    }
    return measure(scheduler, load)
  }

  /// The same with one mutex for all: each `Unlock` hands it to the next task, each `Lock` waits.
  static func handOff(
    _ policy: @escaping @Sendable () -> any SchedulingPolicy
  ) -> @Sendable (Measure.Load) throws -> Measure.Reading {
    { load in
      let scheduler = makeScheduler(policy: policy())
      let mutex = try scheduler.perform(MakeMutex("m"))
      for _ in 0..<load.tasks { try scheduler.createTask(machine: Locking(mutex: mutex)) }
      return measure(scheduler, load)
    }
  }

  /// The same with async tasks.
  static func handOffAsync(_ load: Measure.Load) throws -> Measure.Reading {
    let scheduler = makeScheduler()
    let mutex = try scheduler.perform(MakeMutex("m"))
    for _ in 0..<load.tasks {
      try scheduler.createTask { os in
        while true {
          try await os.lock(mutex)
          try await os.unlock(mutex)
        }
      }
    }
    return measure(scheduler, load)
  }

  /// `Send` and `Receive`, half of the tasks each, every two with a channel of their own.
  static func channel(
    capacity: Int
  ) -> @Sendable (Measure.Load) throws -> Measure.Reading {
    { load in
      let scheduler = makeScheduler(objects: load.tasks)
      for _ in 0..<load.tasks / 2 {
        let channel: Channel<Int> = try scheduler.perform(MakeChannel(capacity: capacity))
        try scheduler.createTask { os in
          while true { try await os.send(1, on: channel) }
        }
        try scheduler.createTask { os in
          while let _ = try await os.receive(from: channel) {}
        }
      }
      return measure(scheduler, load)
    }
  }

  /// The same with state machines.
  static func machines(
    capacity: Int
  ) -> @Sendable (Measure.Load) throws -> Measure.Reading {
    { load in
      let scheduler = makeScheduler(objects: load.tasks)
      for _ in 0..<load.tasks / 2 {
        let channel: Channel<Int> = try scheduler.perform(MakeChannel(capacity: capacity))
        try scheduler.createTask(machine: Repeating(call: Send(1, on: channel)))
        try scheduler.createTask(machine: Repeating(call: Receive(from: channel)))
      }
      return measure(scheduler, load)
    }
  }

  /// `SendMessage` and `ReceiveMessage`: two tasks each play a ball.
  static func mail(_ load: Measure.Load) throws -> Measure.Reading {
    let scheduler = makeScheduler(objects: load.tasks)
    for index in 0..<load.tasks {
      let partner = TaskID(rawValue: index % 2 == 0 ? index + 2 : index)
      try scheduler.createTask { os in
        if index % 2 == 0 { try await os.send(1, to: partner) }
        while true {
          _ = try await os.receive()
          try await os.send(1, to: partner)
        }
      }
    }
    return measure(scheduler, load)
  }

  /// The same with state machines.
  static func mailToMachines(_ load: Measure.Load) throws -> Measure.Reading {
    let scheduler = makeScheduler(objects: load.tasks)
    for index in 0..<load.tasks {
      let isFirst = index % 2 == 0
      let partner = TaskID(rawValue: isFirst ? index + 2 : index)
      try scheduler.createTask(machine: Player(partner: partner, hasBall: isFirst))
    }
    return measure(scheduler, load)
  }

  private static func measure(_ scheduler: Scheduler, _ load: Measure.Load) -> Measure.Reading {
    scheduler.run(ticks: load.tasks * (2 + 2 * load.rounds / 10))
    let operations = load.rounds * load.tasks
    let nanoseconds = cpuTime { scheduler.run(ticks: 2 * operations) }
    return Measure.Reading(nanoseconds: nanoseconds / Double(operations))
  }

  private struct Asking: StateMachine {
    mutating func resume(with resumption: Resumption) -> Trap {
      if case .failure(let error) = resumption { return .threw(error) }
      return .call(GetTid())
    }
  }

  private struct Repeating<Call: SystemCall>: StateMachine {
    let call: Call

    mutating func resume(with resumption: Resumption) -> Trap {
      if case .failure(let error) = resumption { return .threw(error) }
      return .call(call)
    }
  }

  private struct Player: StateMachine {
    let partner: TaskID
    var hasBall: Bool

    mutating func resume(with resumption: Resumption) -> Trap {
      if case .failure(let error) = resumption { return .threw(error) }
      hasBall.toggle()
      return hasBall ? .call(ReceiveMessage<Message>()) : .call(SendMessage(1, to: partner))
    }
  }

  private struct Locking: StateMachine {
    let mutex: Mutex
    var holdsIt = false

    mutating func resume(with resumption: Resumption) -> Trap {
      if case .failure(let error) = resumption { return .threw(error) }
      holdsIt.toggle()
      return holdsIt ? .call(Lock(mutex)) : .call(Unlock(mutex))
    }
  }
}
