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

  /// Asks all observers again what they want to be told.
  func updateInterests() {
    wishes = ContiguousArray(observers.map(\.interests))
    interests = wishes.reduce(into: []) { $0.formUnion($1) }
  }

  /// Tells the observers that want to know; where there is none, the event is not even made.
  @inline(__always)
  func emit(_ kind: Event.Kinds, _ task: TaskID, _ action: @autoclosure () -> Event.Action) {
    // The hint moves the making of events out of the path without observers.
    if _slowPath(!interests.isDisjoint(with: kind)) { publish(kind, task, action()) }
  }

  private func publish(_ kind: Event.Kinds, _ task: TaskID, _ action: Event.Action) {
    eventCount += 1
    let event = Event(number: eventCount, tick: state.now, task: task, action: action)
    // The present observers, even if some are added or removed meanwhile.
    let (observers, wishes) = (observers, wishes)
    for index in wishes.indices where !wishes[index].isDisjoint(with: kind) {
      let observer = observers[index]
      observer.observe(event)
      // The event may have changed what it wants.
      if observer.interests != wishes[index] { updateInterests() }
    }
  }
}
