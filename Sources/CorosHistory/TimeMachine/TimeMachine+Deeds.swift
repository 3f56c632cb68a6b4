package import CorosKernel

extension TimeMachine {
  /// What the operator has done on the way to the present: the label of each act, and the tick at which it was done.
  package var deeds: [(label: String, tick: Tick)] {
    history.actions.prefix { $0.moment <= moment }
      .filter { $0.label != Self.settling }
      .map { ($0.label, history.ticks[$0.moment]) }
  }
}
