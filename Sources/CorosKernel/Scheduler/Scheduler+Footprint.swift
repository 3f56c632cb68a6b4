// What a step touches, for those who want to know which steps could change places.

extension Scheduler {
  /// Tells observers who want footprints that the step of `task` has read or changed something.
  @inline(__always)
  func touch(
    _ resource: @autoclosure () -> Touch.Resource,
    change: Bool = true,
    by task: @autoclosure () -> TaskID
  ) {
    // The hint moves all of it out of the path without such observers.
    if _slowPath(interests.contains(.footprints)) {
      emit(.footprints, task(), .touched(Touch(resource(), isChange: change)))
    }
  }

  /// Tells them that the wait of a task is over: it leaves all queues in which it stood.
  ///
  /// Who ends a wait decides whether the task goes on, as does who stops or kills it.
  @inline(__always)
  func touch(_ reason: WaitTarget, of task: TaskID) {
    if _slowPath(interests.contains(.footprints)) { touchQueues(of: reason, task) }
  }

  private func touchQueues(of reason: WaitTarget, _ task: TaskID) {
    touch(.steps(task), by: task)
    switch reason {
    case .object(let object, _): touch(.object(object), by: task)
    case .anyOf(let places): for place in places { touch(.object(place.object), by: task) }
    case .channel(let channel): touch(.channel(channel), by: task)
    case .task, .anyChild, .time, .io, .arrival, .outside: break
    }
  }
}

extension KernelContext {
  /// Whether anybody wants to know what steps touch.
  public var notesFootprints: Bool { scheduler.interests.contains(.footprints) }

  /// Notes that the step counts as one that changes an object, although this time it may not.
  ///
  /// For calls that change an object only if they find it in a certain state, such as a compare-and-swap: what they
  /// touch must not depend on that.
  public func noteChange<Value>(of object: Object<Value>) {
    noteChange(.object(object.id))
  }

  /// Notes that the step reads something.
  @inline(__always)
  func noteRead(_ resource: @autoclosure () -> Touch.Resource) {
    scheduler.touch(resource(), change: false, by: caller)
  }

  /// Notes that the step changes something.
  @inline(__always)
  func noteChange(_ resource: @autoclosure () -> Touch.Resource) {
    scheduler.touch(resource(), by: caller)
  }
}
