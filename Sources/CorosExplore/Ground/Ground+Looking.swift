import CorosKernel

// What steps touch.

extension Ground {
  /// What the next step of a ready task would touch; nil where that cannot be found out.
  ///
  /// The step is made, and the machine put back. Afterwards `ready` may be something else.
  func look(at task: TaskID) throws -> Footprint? {
    guard isCopyable else { return nil }
    let depth = depth
    save()
    listen()
    footprint.removeAll()
    try step(task)
    let touched = footprint
    ignore()
    try backtrack(to: depth, isLast: true)
    return touched
  }

  /// What the last step has touched, while it listens.
  var footprint: Footprint {
    get { listener.footprint }
    set { listener.footprint = newValue }
  }

  /// Has the footprints of steps be noted.
  func listen() {
    isListening = true
    scheduler.exchangeObservers(for: [listener])
  }

  /// Has them not be noted.
  func ignore() {
    isListening = false
    scheduler.exchangeObservers(for: [])
  }
}
