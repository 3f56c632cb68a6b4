import CorosHistory
package import CorosInsight
package import CorosKernel

extension Session {
  /// Explains why a task runs or does not run; replays the relevant part of the history, which may take a
  /// while.
  ///
  /// - Parameters:
  ///   - tid: The task.
  ///   - tellsChoice: Whether to explain as well why this task, and not another, had the CPU when it last
  ///     ran.
  /// - Returns: The explanation; nil if the task does not exist, or is forgotten.
  /// - Throws: `RequestFailure.interrupted`.
  package func explain(
    _ tid: TaskID,
    tellsChoice: Bool = false
  ) throws(RequestFailure) -> Explanation? {
    guard let task = scheduler.info(tid) else { return nil }
    do throws(Interrupted) {
      return try Explanation(
        of: task,
        on: machine,
        tellsChoice: tellsChoice,
        isInterrupted: isInterrupted
      )
    } catch {
      throw .interrupted
    }
  }

  /// The last events up to the present, oldest first, long texts cut; the steps that they belong to are replayed.
  ///
  /// - Parameter count: The most events.
  /// - Returns: The events.
  /// - Throws: That it was interrupted, or that the run does not come out as it did.
  package func lastEvents(_ count: Int) throws(RequestFailure) -> [Event] {
    let log = EventLog(limit: count, textLimit: 1_000)
    let replayed: Scheduler?
    do throws(Divergence) {
      // Each move has an event at least.
      let start = machine.moment - count
      replayed = try machine.replay(from: start, for: log, unless: isInterrupted)
    } catch {
      throw .diverged(error)
    }
    guard replayed != nil else { throw .interrupted }
    return log.events
  }
}
