import CorosKernel

// The strategies `dpor` and `source`.

extension Campaign {
  /// Makes one run of each class, or a few.
  ///
  /// Two things show only on the way: that the order matters in which children end, and that it matters how tasks wait.
  /// Then it begins again.
  ///
  /// - Parameters:
  ///   - attempts: whether calls that would wait are made in any case.
  ///   - isOptimal: whether no run is begun that must be cut.
  ///   - rules: what is taken into account; tests leave something out.
  ///   - adjust: changes what steps are said to touch; tests do.
  func makeClasses(
    attempts: Bool,
    isOptimal: Bool,
    rules: DependenceRules = .all,
    adjust: ((inout Footprint, Ground) -> Void)? = nil
  ) throws {
    // What looks at the machine all the time may look at who waits.
    let isWatched = rules.contains(.queues) && questions.looksAlways
    var postponing = Postponing(isOn: !attempts && !isWatched)
    while true {
      let knewChildrenMatter = ground.listener.asksForChildren
      var search = ClassSearch(
        postponing: postponing,
        isOptimal: isOptimal,
        properties: questions.properties,
        rules: rules
      )
      search.adjust = adjust
      try make(&search, below: limits.runs ?? .max)
      ground.ignore()
      ground.postpones = false
      let childrenMatter = ground.listener.asksForChildren && !knewChildrenMatter
      guard report.stopped == .exhausted, childrenMatter || search.remedy != nil else {
        report.hidden = search.hidden
        report.classes = report.runs
        return
      }
      postponing = search.remedy ?? postponing
      forget(report.how)
    }
  }
}
