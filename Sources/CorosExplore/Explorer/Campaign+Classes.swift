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
  /// - Throws: `IndivisibleClasses` for a shard; `Unrepeatable`, and what making the tasks throws.
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
      let beginnings = try beginnings(of: limits.shard, &postponing)
      let knewChildrenMatter = ground.listener.asksForChildren
      var search = ClassSearch(
        postponing: postponing,
        isOptimal: isOptimal,
        properties: questions.properties,
        beginnings: beginnings,
        rules: rules
      )
      search.adjust = adjust
      try make(&search, below: limits.runs ?? .max)
      ground.ignore()
      ground.postpones = false
      let childrenMatter = ground.listener.asksForChildren && !knewChildrenMatter
      let isOver = report.stopped == .interrupted || report.stopped == .time
      guard search.remedy != nil || childrenMatter && report.stopped == .exhausted else {
        report.hidden = search.hidden
        report.classes = report.runs
        return
      }
      if limits.shard.count > 1 {
        throw search.remedy == nil ? IndivisibleClasses.children : .waits
      }
      postponing = search.remedy ?? postponing
      let stopped = report.stopped
      forget(report.how)
      if isOver { return report.stopped = stopped }
    }
  }

  /// How the runs of a shard begin.
  ///
  /// All shards find the same, and see the same of how tasks wait.
  ///
  /// What is tried before the first run is made again by all: twenty walks, and the beginnings.
  private func beginnings(
    of shard: Shard,
    _ postponing: inout Postponing
  ) throws -> [ClassBeginning] {
    if shard.count == 1 { return [ClassBeginning()] }
    while true {
      let knewChildrenMatter = ground.listener.asksForChildren
      let beginnings = try ClassBeginnings(
        on: ground,
        postponing,
        questions.properties,
        parts: shard.count,
        seed: 0
      )
      let childrenMatter = ground.listener.asksForChildren && !knewChildrenMatter
      if let remedy = beginnings.waits.remedy {
        postponing = remedy
      } else if !childrenMatter {
        return beginnings.part(shard)
      }
    }
  }
}
