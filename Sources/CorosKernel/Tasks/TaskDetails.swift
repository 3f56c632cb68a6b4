/// What the kernel keeps of a task that waits, is waited for, has children, or has a reply to fetch.
struct TaskDetails {
  /// The ticket of the present wait; nothing while the task does not wait.
  var wait = Wait.nothing
  /// The reply or the error that the coroutine is resumed with next.
  var resumption = Resumption.done
  /// The tasks that wait for the task's end.
  var waiters = SlotQueue()
  var liveChildren = 0
  var endedChildren = EndedChildren()
  var scopes = CancelScopes()
  /// The call that its present reply answers, if that is one of those that take back what was not delivered.
  var grant = Grant.nothing
  var scheduling: Box<SchedulingRecord>?
  /// The call that it would wait with, while an explorer puts that off: see `Attempt`.
  var postponed: (any SystemCall)?
  /// How it will have ended, if it is being ended otherwise than by a plain kill.
  var doom: ExitStatus?

  struct Grant {
    let call: PackedCall
    /// How often the task had run when it was answered: once it has run again, the reply is delivered.
    let dispatches: Int

    /// Stands where there is no such call.
    static var nothing: Grant { Grant(call: .none, dispatches: -1) }
    var isNothing: Bool { dispatches < 0 }
  }

  mutating func takeResumption() -> Resumption {
    exchange(&resumption, with: .done)
  }

  /// Becomes the same as other details, in boxes of its own.
  ///
  /// Most details say little, so what neither says is not copied.
  mutating func become(_ other: Box<TaskDetails>) {
    if !wait.isNothing || !other.value.wait.isNothing { wait = other.value.wait }
    resumption = other.value.resumption
    waiters = other.value.waiters
    liveChildren = other.value.liveChildren
    endedChildren = other.value.endedChildren
    scopes.become(other.value.scopes)
    if !grant.isNothing || !other.value.grant.isNothing { grant = other.value.grant }
    if scheduling != nil || other.value.scheduling != nil {
      scheduling = other.value.scheduling.map { Box($0.value) }
    }
    if postponed != nil || other.value.postponed != nil { postponed = other.value.postponed }
    if doom != nil || other.value.doom != nil { doom = other.value.doom }
  }

  /// The same details in boxes of their own.
  func copied() -> TaskDetails {
    var copy = self
    copy.scheduling = scheduling.map { Box($0.value) }
    return copy
  }
}
