// Telling observers what happens.

extension Scheduler {
  /// Tells an observer of all that happens from now on, until it is removed.
  ///
  /// - Parameter observer: kept alive by the scheduler.
  public func add(_ observer: any Observer) {
    observers.append(observer)
    updateInterests()
  }

  /// Stops telling an observer.
  public func remove(_ observer: any Observer) {
    observers.removeAll { $0 === observer }
    updateInterests()
  }

  func updateInterests() {
    interests = observers.reduce(into: []) { $0.formUnion($1.interests) }
  }

  /// Tells those who want to know; when nobody does, the event is not even made.
  @inline(__always)
  func emit(_ kind: Event.Kinds, _ task: TaskID, _ action: @autoclosure () -> Event.Action) {
    if interests.isDisjoint(with: kind) { return }
    publish(kind, task, action())
  }

  private func publish(_ kind: Event.Kinds, _ task: TaskID, _ action: Event.Action) {
    eventCount += 1
    let event = Event(number: eventCount, tick: state.now, task: task, action: action)
    for observer in observers where !observer.interests.isDisjoint(with: kind) {
      observer.observe(event)
    }
  }
}
