/// The result of an order to a task.
package enum OrderOutcome: Equatable {
  /// It was carried out.
  case done
  /// There was nothing to do: the task was in that state already.
  case redundant
  /// The task is not alive.
  case absent(AbsentTask)

  /// Why the order had no effect, if the task is not alive.
  package var absence: AbsentTask? {
    if case .absent(let task) = self { task } else { nil }
  }
}
