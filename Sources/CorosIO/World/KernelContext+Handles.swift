import CorosKernel

// What calls on handles have in common.

extension KernelContext {
  /// The world of this machine.
  func world() throws(IOFailure) -> World {
    guard let world = wakeSource as? World else { throw .noWorld }
    return world
  }

  /// What this machine remembers of its world.
  func worldState() throws(SystemCallError) -> Object<WorldState> {
    if let known = try find(WorldState.self, named: WorldState.name) { return known }
    let place = try make(WorldState(), named: WorldState.name)
    if case .count(let limit)? = ask(.limit, of: place) {
      _ = try change(place) { $0.limit = limit }
    }
    return place
  }

  /// Asks the world something about a handle.
  func ask(_ request: DeviceRequest, _ facts: HandleFacts) -> DeviceResult? {
    ask(request, of: facts.world, handle: facts.number, sent: facts.sent)
  }

  /// Asks the world something.
  func ask(
    _ request: DeviceRequest,
    of place: Object<WorldState>,
    handle: Int = 0,
    sent: Int = 0
  ) -> DeviceResult? {
    guard let world = try? world(),
      let position = try? change(
        place,
        {
          $0.position += 1; return $0.position
        }
      )
    else { return nil }
    return world.answer(request, at: position - 1, for: handle, sent: sent, in: self)
  }

  /// Makes a handle for something opened; it belongs to a task.
  func makeHandle(
    _ kind: HandleKind,
    _ opened: (key: Int, address: String, isAlwaysReady: Bool),
    for task: TaskID,
    in place: Object<WorldState>
  ) throws(SystemCallError) -> Handle {
    let (number, used, limit) = try change(place) { world in
      world.lastHandle += 1
      world.openCount += 1
      return (world.lastHandle, world.openCount, world.limit)
    }
    // Nine of ten: told on the way up, and again only after some were closed.
    if limit >= 10, used == limit - limit / 10 { noteScarcity(used: used, limit: limit, by: task) }
    let state = HandleState(
      address: opened.address,
      facts: HandleFacts(
        world: place,
        number: number,
        key: opened.key,
        kind: kind,
        isAlwaysReady: opened.isAlwaysReady
      )
    )
    let place = kind == .listener ? "listener \(opened.address)" : opened.address
    let object = try make(state, named: "h\(number) (\(place))", isNew: true)
    (wakeSource as? World)?.note(opened.key, is: object.id, number: number)
    // The operator owns nothing: what it opens stays open until it is closed.
    try bind(object, to: task)
    return Handle(object: object, number: number)
  }

  /// Closes a handle: those who wait for it learn of it, in the order in which they began.
  func close(_ object: Object<HandleState>, by task: TaskID) {
    guard let facts = try? look(at: object, \.facts) else { return }
    for waiter in waiters(on: object) { wake(waiter, with: ClosedMark(task: task)) }
    remove(object)
    let position =
      (try? change(facts.world) {
        $0.openCount -= 1; return $0.position
      }) ?? 0
    if let world = wakeSource as? World { world.close(facts.key, at: position, in: self) }
    useRoom(in: facts.world)
  }

  /// Has those go on who wait for a handle to be closed: who opens something first, then the listeners.
  func useRoom(in place: Object<WorldState>) {
    while hasRoom(in: place), let waiter = firstWaiter(on: place), serve(waiter) {}
    let listeners = (try? change(place) { exchange(&$0.crowded, with: []) }) ?? []
    for listener in listeners {
      HandleState.hear(
        of: Arrival(for: listener.id, kinds: Direction.read.rawValue),
        at: listener,
        in: self
      )
    }
  }

  /// Notes that a listener has to wait until a handle is closed.
  func awaitRoom(
    _ listener: Object<HandleState>,
    in place: Object<WorldState>,
    for task: TaskID
  ) {
    _ = try? change(place) { if !$0.crowded.contains(listener) { $0.crowded.append(listener) } }
    noteLackOfRoom(in: place, for: task)
  }

  /// Tells those who look for likely mistakes that a task has to wait until a handle is closed.
  func noteLackOfRoom(in place: Object<WorldState>, for task: TaskID) {
    guard let state = try? value(of: place) else { return }
    noteScarcity(used: max(state.openCount, state.limit), limit: state.limit, by: task)
  }

  /// Tells those who look for likely mistakes that the system gives a task no further descriptor, if that is so.
  func noteLack(_ number: Int32, in place: Object<WorldState>, for task: TaskID) {
    guard SystemNumbers.isLackOfDescriptors(number), let state = try? value(of: place) else {
      return
    }
    noteScarcity(used: state.openCount, limit: nil, by: task)
  }

  /// Has a task that waits for a free handle try again; false when it waits on.
  private func serve(_ waiter: Waiter) -> Bool {
    guard let call = call(of: waiter) as? any OpeningCall,
      let answer = call.openAnew(for: waiter.task, in: self)
    else { return false }
    wake(waiter, with: answer)
    return true
  }

  /// Whether another handle may be opened.
  func hasRoom(in place: Object<WorldState>) -> Bool {
    guard let state = try? value(of: place) else { return false }
    return state.openCount < state.limit
  }

  /// What comes of an answer that is not the one hoped for: the call waits, or fails.
  ///
  /// - Parameters:
  ///   - answer: the answer of the world; nil when it is not as recorded.
  ///   - direction: in which direction nothing can be done until something comes, if the call has to wait.
  ///   - handle: the handle.
  /// - Returns: what came of the attempt.
  func unfinished<Reply>(
    _ answer: DeviceResult?,
    _ direction: Direction,
    of handle: Handle
  ) -> Attempted<Reply> {
    switch answer {
    case .again?:
      _ = try? change(handle.object) { $0.facts.ready &= ~direction.rawValue }
      return .again
    case .failed(let number)?:
      let address = (try? look(at: handle.object, \.address)) ?? handle.description
      return .fail(SystemNumbers.failure(number, address))
    default: return .fail(IOFailure.notAsRecorded)
    }
  }
}

/// A call that opens a handle, and waits while there are too many.
protocol OpeningCall: SystemCall {
  /// Opens it for a task that waited.
  ///
  /// - Returns: what it is woken with; nil when it has to wait on.
  func openAnew(for task: TaskID, in kernel: KernelContext) -> Any?
}

/// What a call that waited for a handle is woken with when it fails.
struct OpeningRefusal {
  let error: any Error
}
