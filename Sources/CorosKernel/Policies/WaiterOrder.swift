/// Which goes first of the tasks that wait for the same object.
public enum WaiterOrder: Hashable, Sendable {
  /// The one that came first.
  case arrival
  /// The one with the highest priority at the moment of the grant, and of equals the one that came first.
  case priority
  /// The same, and a task that holds a lock has at least the priority of those that wait for it.
  ///
  /// Without that a task of low priority that holds a lock lets those of middle priority run before one of high
  /// priority that waits for the lock: priority inversion.
  ///
  /// Source: Sha, Rajkumar and Lehoczky, "Priority Inheritance Protocols", IEEE Transactions on Computers 39, 1990.
  case lentPriority
}
