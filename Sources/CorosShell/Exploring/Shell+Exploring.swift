import CorosExplore
import CorosFiles
import CorosHistory
import CorosKernel
package import CorosLanguage
import CorosSession

// Exploring what may become of the machine, with a file that keeps the results.

extension Shell {
  /// Tries schedules as the words say, until nothing is left or something ends it.
  ///
  /// Ctrl-C keeps what there is.
  package func explore(
    _ words: ExploreWords,
    _ invocation: Invocation
  ) throws(CommandFailure) -> Explored {
    defer { host.showProgress(nil) }
    if words.jobs > 1 { return try exploreWithJobs(words, invocation) }
    let shard = words.order.limits.shard
    if let out = words.out {
      let header = try header(words, invocation)
      return try explore(words, ExplorationFile(header), keptIn: out, invocation)
    }
    let clock = ExplorationClock(host, time: words.time)
    let exploration = try ask(invocation) { (session) throws(RequestFailure) in
      // The clock says how far it is.
      waiting.end()
      return try session.explore(words.order, progress: clock.note)
    }
    return Explored(
      exploration: exploration.asPart(shard.count > 1),
      shard: shard,
      time: words.isTimed ? clock.time : nil
    )
  }

  /// Whether a person waits for the answer.
  package var isAtPrompt: Bool { settings.isInteractive && scripts.isEmpty }

  /// Goes on with an exploration whose results are in a file.
  package func resumeExploring(
    _ words: ExploreWords,
    from argument: Argument,
    _ invocation: Invocation,
    _ manual: Manual
  ) throws(CommandFailure) -> Explored {
    defer { host.showProgress(nil) }
    var file = try explorationFile(argument)
    var kept = try ExploreWords(try typed(file.header.words), manual, in: self)
    kept.order.limits.shard = file.header.shard
    let header = try header(kept, invocation).divided(like: file.header)
    if let difference = file.header.difference(from: header) {
      throw CommandFailure(
        "the results in '\(excerpt(of: argument.text))' do not belong to this machine: \(difference)",
        at: argument.range,
        hint: "go back to where it was begun, as by `branch 1`, or do the same in a fresh session",
        status: 2
      )
    }
    if let limits = words.newLimits {
      try kept.checkNewLimits(words)
      let more = limits.reduce(file.header.words) { $1.replaced(in: $0) }
      kept = try ExploreWords(try typed(more), manual, in: self)
      kept.order.limits.shard = file.header.shard
      file = file.goingOn(with: more)
    }
    let patience = isAtPrompt ? ExploreWords.patience : nil
    return try explore(
      kept,
      file,
      keptIn: argument,
      invocation,
      time: words.time ?? patience,
      words.isTimed
    )
  }

  /// The words of an exploration as if they were typed.
  private func typed(_ words: [String]) throws(CommandFailure) -> Invocation {
    let line = (["explore"] + words.map(quoted)).joined(separator: " ")
    do throws(SyntaxError) {
      let all = try CommandList(parsing: line).entries[0].command.expanded(with: variables)
      return Invocation(line: line, name: all[0], arguments: Array(all.dropFirst()))
    } catch {
      throw CommandFailure(error, status: 2)
    }
  }

  private func header(
    _ words: ExploreWords,
    _ invocation: Invocation
  ) throws(CommandFailure) -> ExplorationHeader {
    try ask(invocation) { (session) throws(RequestFailure) in
      try session.explorationHeader(version: settings.version, words.order, words: words.words)
    }
  }

  /// Explores portion by portion, and writes the file now and then.
  private func explore(
    _ words: ExploreWords,
    _ begun: ExplorationFile,
    keptIn out: Argument,
    _ invocation: Invocation,
    time: UInt64? = nil,
    _ isTimed: Bool = false
  ) throws(CommandFailure) -> Explored {
    var file = begun
    let clock = ExplorationClock(
      host,
      time: time ?? words.time,
      portions: file.header.portions,
      isSampler: words.order.strategy.isSampler
    )
    var written = clock.time
    // So that it fails now if it cannot be written, and not in an hour.
    try write(file, to: out)
    while !file.isOver {
      clock.notePortion(runs: file.done?.runs ?? 0, portions: file.portions)
      let before = file.portions
      try ask(invocation) { (session) throws(RequestFailure) in
        waiting.end()
        try session.explorePortion(of: words.order, for: &file, progress: clock.note)
      }
      if file.portions == before { break }
      if let stop = clock.stop {
        file.stop(stop)
        break
      }
      if clock.time - written >= Self.timeBetweenWrites {
        written = clock.time
        try write(file, to: out)
      }
    }
    try write(file, to: out)
    guard let all = file.all else { throw interruption }
    return Explored(
      exploration: all,
      shard: file.header.shard,
      time: words.isTimed || isTimed ? clock.time : nil,
      keptIn: out.text
    )
  }

  /// A second: as much is lost at most, besides a portion, when the process is killed.
  private static let timeBetweenWrites: UInt64 = 1_000_000_000

  private func write(_ file: ExplorationFile, to out: Argument) throws(CommandFailure) {
    do throws(FileError) {
      // Also when somebody has interrupted: then above all.
      let writer = try files.writer(
        out.text,
        kind: ExplorationFile.kind,
        isForced: false,
        evenIfInterrupted: true
      )
      try writer.write(file.text)
      try writer.commit()
    } catch {
      throw CommandFailure(error, at: out.range)
    }
  }

  /// Reads a file of results.
  func explorationFile(_ argument: Argument) throws(CommandFailure) -> ExplorationFile {
    let text: String
    do throws(FileError) {
      text = try files.text(of: argument.text)
    } catch {
      var failure = CommandFailure(
        error,
        at: argument.range,
        hint: "`explore --out FILE` writes one"
      )
      failure.status = 2
      throw failure
    }
    do throws(ExplorationFileError) {
      return try ExplorationFile(parsing: text)
    } catch {
      let place = error.line.map { ", line \($0)" } ?? ""
      throw CommandFailure(
        "'\(excerpt(of: argument.text))'\(place): \(error.message)",
        at: argument.range,
        hint: "`explore --out FILE` writes such a file",
        status: 2
      )
    }
  }

  /// Goes to the first failure, on a new branch; its tasks write nothing on the way.
  package func land(on explored: Explored) -> Explored {
    guard let first = explored.exploration.failures.first else { return explored }
    var explored = explored
    if silently({ session.land(on: first) }) {
      explored.landing = (machine.branch, scheduler.now)
      explored.script = place.isWholeScript ? place.script : nil
    }
    return explored
  }

  /// Goes elsewhere while nothing is shown.
  func silently(_ go: () -> Bool) -> Bool {
    monitor.flush()
    // In the stepper nothing is shown anyway, before and after.
    let wasMuted = monitor.isMuted
    monitor.isMuted = true
    let hasArrived = go()
    monitor.isMuted = wasMuted
    // The lints would only say again what the exploration says.
    monitor.machineWasReplaced()
    return hasArrived
  }
}

extension Exploration {
  /// The same as a part of a whole.
  fileprivate func asPart(_ isPart: Bool) -> Exploration {
    var result = self
    result.isPart = isPart
    return result
  }
}
