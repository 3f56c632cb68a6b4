package import CorosExplore
import CorosHistory
import CorosIO
import CorosKernel

extension Session {
  /// Looks for an order of steps that passes, and goes the same way as a failing one for long.
  ///
  /// - Parameters:
  ///   - failure: What was found from the present moment on.
  ///   - order: What was asked when it was found.
  /// - Returns: The order; nil where none was found.
  /// - Throws: Why the tasks cannot be run again.
  package func counterpart(
    of failure: FoundFailure,
    _ order: ExplorationOrder
  ) throws(RequestFailure) -> Counterpart? {
    do {
      var explorer = try explorer(in: World(device: ClosedDoor(), isRecorded: false))
      explorer.properties = properties(order)
      explorer.ignored = order.ignored
      return try explorer.counterpart(of: failure.schedule)
    } catch is ExplorationInterrupted {
      throw .interrupted
    } catch let failure as RequestFailure {
      throw failure
    } catch {
      throw .refused(String(describing: error))
    }
  }

  /// Begins a branch that stands at the end of an order that passes.
  ///
  /// - Returns: Whether the machine has arrived.
  package func land(on counterpart: Counterpart) -> Bool { land(on: counterpart.schedule) }
}
