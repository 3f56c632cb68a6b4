/// The one door into the kernel: to await `cross()` is to trap.
///
/// The hop to this actor's executor suspends the task. The kernel resumes it by running the caught job on the
/// home executor; `cross` then runs, hands over the kernel's answer, and returns to a body that is already where
/// it belongs, so the way back costs no second hop.
@usableFromInline
actor Door {
  private let executor: DoorExecutor
  /// What the task that crosses next is resumed with: nothing, unless there is an answer to its call.
  ///
  /// Unsafe to the compiler, which cannot know that only the resuming thread touches it.
  @exclusivity(unchecked) nonisolated(unsafe) var resumption = Resumption.done

  @usableFromInline nonisolated let unownedExecutor: UnownedSerialExecutor

  init(executor: DoorExecutor) {
    self.executor = executor
    unownedExecutor = executor.asUnownedSerialExecutor()
  }

  // Never inlined, and it reads the actor's state: the optimiser removes a hop to an actor that is not used,
  // and then no task would ever be suspended.
  @usableFromInline
  @inline(never)
  func cross() throws {
    if case .failure(let error) = resumption { throw error }
  }
}

/// The actor that task bodies are isolated to: its executor is home.
actor Ground {
  private let executor: HomeExecutor

  nonisolated let unownedExecutor: UnownedSerialExecutor

  init(executor: HomeExecutor) {
    self.executor = executor
    unownedExecutor = executor.asUnownedSerialExecutor()
  }

  /// Runs one body from its start to its end, unless it was ended before it began.
  func run(_ body: SendableBody, in host: CoroutineHost) async {
    if case .failure = host.door.resumption {
      host.noteEnd(.returned)
      return
    }
    do {
      try await body.body(SystemInterface(host: host))
      host.noteEnd(.returned)
    } catch {
      host.noteEnd(.threw(error))
    }
  }
}

/// A body on its way to the thread that it will run on, which is the thread that it came from.
struct SendableBody: @unchecked Sendable {
  let body: TaskBody
}
