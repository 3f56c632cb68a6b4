import CorosKernel

/// A call that opens something by one request, at once; at the limit of handles it waits for one to be closed.
protocol Opening: OpeningCall where Reply == Handle {
  var kind: HandleKind { get }
  /// What is asked of the world.
  func request(in world: World) throws(IOFailure) -> DeviceRequest
  /// What it is called in errors.
  var subject: String { get }
}

extension Opening {
  func begin(in kernel: KernelContext) -> Disposition<Handle> {
    .catching {
      let world = try kernel.world()
      // What is wrong with it shows before it waits.
      _ = try request(in: world)
      let place = try kernel.worldState()
      guard kernel.hasRoom(in: place), kernel.firstWaiter(on: place) == nil else {
        kernel.noteLackOfRoom(in: place, for: kernel.caller)
        return .block(on: .object(try kernel.place(in: place)))
      }
      return .reply(try open(for: kernel.caller, in: kernel))
    }
  }

  func openAnew(for task: TaskID, in kernel: KernelContext) -> Any? {
    do { return try open(for: task, in: kernel) } catch { return OpeningRefusal(error: error) }
  }

  private func open(for task: TaskID, in kernel: KernelContext) throws -> Handle {
    let place = try kernel.worldState()
    let request = try request(in: kernel.world())
    switch kernel.ask(request, of: place) {
    case .opened(let key, let address, let isAlwaysReady)?:
      return try kernel.makeHandle(kind, (key, address, isAlwaysReady), for: task, in: place)
    case .failed(let number)?:
      kernel.noteLack(number, in: place, for: task)
      throw SystemNumbers.failure(number, subject)
    default: throw IOFailure.notAsRecorded
    }
  }

  func end(after wakeup: Wakeup) -> Disposition<Handle> {
    switch wakeup {
    case .signalled(let value):
      if let handle = value as? Handle { return .reply(handle) }
      if let refusal = value as? OpeningRefusal { return .fail(refusal.error) }
      return .fail(SystemCallError.wrongReply(to: Self.name))
    case .cancelled(let error): return .fail(error)
    case .timedOut: return .fail(IOFailure.timedOut(bytes: 0))
    case .ended, .chosen: return .fail(SystemCallError.wrongReply(to: Self.name))
    }
  }
}
