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
    interests = observers.reduce(into: []) { $0.formUnion($1.interests) }
    audience = .of(observers, wanting: .all.union([.footprints, .details]))
    dispatchAudience = .of(observers, wanting: .dispatches)
    if state.cancelledTasks > 0 { interests.insert(.cancellations) }
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
    audience?.tell(event, of: kind, in: self)
  }

  /// Tells the observers of a dispatch, as `emit` does.
  ///
  /// These are by far the most events, so an observer can take them in without an `Event` being made.
  @inline(__always)
  func emitDispatch(of task: TaskID) {
    if _slowPath(interests.contains(.dispatches)) { publishDispatch(of: task) }
  }

  private func publishDispatch(of task: TaskID) {
    eventCount &+= 1
    dispatchAudience?.tellDispatch(of: task, at: state.now, number: eventCount, in: self)
  }
}
