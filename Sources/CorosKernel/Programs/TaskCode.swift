/// What a task is to run, in either form of coroutine.
public enum TaskCode {
  /// A Swift `async` function.
  case body(TaskBody)
  /// A state machine.
  case machine(any StateMachine)
}
