import CorosKernel

// The strategies `dpor` and `source`.

extension Campaign {
  /// Makes one run of each class, or a few.
  ///
  /// Three things show only on the way: that the order matters in which children end, that it matters how tasks wait, and
  /// that tasks stop, kill or cancel one another, or time matters. Then it begins again.
  ///
  /// - Parameters:
  ///   - attempts: whether calls that would wait are made in any case.
  ///   - isOptimal: whether no run is begun that must be cut.
  ///   - portions: what is known of other portions of the same exploration; nil where there are none.
  ///   - rules: what is taken into account; tests leave something out.
  ///   - adjust: changes what steps are said to touch; tests do.
  /// - Throws: `IndivisibleClasses` for a shard; `Unrepeatable`, and what making the tasks throws.
  func makeClasses(
    attempts: Bool,
    isOptimal: Bool,
    portions: ClassPortions? = nil,
    rules: DependenceRules = .all,
    adjust: ((inout Footprint, Ground) -> Void)? = nil
  ) throws {
    // What looks at the machine all the time may look at who waits, unless it says that it does not.
    let isWatched =
      rules.contains(.queues) && questions.properties.watched(on: ground.scheduler) == nil
    var isOptimal = isOptimal
    var postponing = Postponing(isOn: !attempts && !isWatched)
    while true {
      let beginnings = try beginnings(of: limits.shard, &postponing, portions)
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
      guard
        search.remedy != nil || search.needsSources
          || childrenMatter && report.stopped == .exhausted
      else {
        report.hidden = search.hidden
        report.classes = report.runs
        return
      }
      if limits.shard.count > 1, search.remedy != nil || childrenMatter {
        throw search.remedy == nil ? IndivisibleClasses.children : .waits
      }
      if search.needsSources { isOptimal = false }
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
  /// What is tried before the first run is made again by each process: twenty walks, and the beginnings.
  private func beginnings(
    of shard: Shard,
    _ postponing: inout Postponing,
    _ portions: ClassPortions?
  ) throws -> [ClassBeginning] {
    if shard.count == 1 { return [ClassBeginning()] }
    if let known = portions?.part(shard) {
      postponing = known.postponing
      return known.beginnings
    }
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
        portions?.note(beginnings, postponing, parts: shard.count)
        return beginnings.part(shard)
      }
    }
  }
}
