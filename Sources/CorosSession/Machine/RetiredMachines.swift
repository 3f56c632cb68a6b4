import CorosKernel

/// Holds each scheduler of a session until it is out of use and all its tasks have ended.
///
/// Ending a task runs its clean-up, which takes a noticeable time with hundreds of thousands of tasks. While a scheduler
/// goes away by itself, nobody can interrupt that. Here Ctrl-C can: it puts off the rest.
package final class RetiredMachines {
  // Not exclusivity-checked: each command looks whether there are any.
  @exclusivity(unchecked) private var schedulers: [Scheduler] = []
  private let isInterrupted: () -> Bool

  /// Holds none.
  ///
  /// - Parameter isInterrupted: Whether the user has asked to stop.
  init(unless isInterrupted: @escaping () -> Bool) {
    self.isInterrupted = isInterrupted
  }

  /// Holds a new scheduler, after ending those that are out of use, so that few of them take memory.
  func hold(_ scheduler: Scheduler) {
    end()
    schedulers.append(scheduler)
  }

  /// Ends the schedulers that nobody else holds, and their tasks; what an interrupt puts off is ended the next time.
  func end() {
    var index = 0
    while index < schedulers.count {
      guard isKnownUniquelyReferenced(&schedulers[index]) else {
        index += 1
        continue
      }
      guard schedulers[index].endTasksQuietly(unless: isInterrupted) else { return }
      schedulers.remove(at: index)
    }
  }
}
