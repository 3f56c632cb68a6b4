import CorosExplore
import CorosFiles
import CorosKernel
package import CorosLanguage
import CorosSession

// Adding up what several processes have found.

extension Shell {
  /// Adds up the results in some files, and goes to the failure if they are of this machine.
  package func mergeExplorations(_ names: ArraySlice<Argument>) throws(CommandFailure) -> Explored {
    var files: [(name: String, file: ExplorationFile)] = []
    for name in names { files.append((excerpt(of: name.text), try explorationFile(name))) }
    let names = Array(names)
    let explored = try Self.sum(of: files) { names[$0].range }
    let header = files[0].file.header
    guard scheduler.liveTaskCount > 0, !explored.exploration.failures.isEmpty,
      header.digest == session.momentDigest, header.version == settings.version
    else { return explored }
    return land(on: explored)
  }

  private static func sum(
    of files: [(name: String, file: ExplorationFile)],
    at range: (Int) -> SourceRange
  ) throws(CommandFailure) -> Explored {
    do throws(ExplorationMergeError) {
      let merge = try ExplorationMerge(files)
      return Explored(
        exploration: merge.exploration,
        shard: Shard(1, of: merge.count),
        missing: merge.missing
      )
    } catch {
      throw CommandFailure(
        error.message,
        at: range(error.index),
        hint: "only shards of one exploration can be added up",
        status: 2
      )
    }
  }

  /// Explores in several processes at once, and adds up what they find.
  func exploreWithJobs(
    _ words: ExploreWords,
    _ invocation: Invocation
  ) throws(CommandFailure) -> Explored {
    let clock = ExplorationClock(host, time: words.time)
    if files.isDisabled {
      throw CommandFailure(
        "a sandbox has no other processes",
        at: words.places["--jobs"]?.range,
        hint: "leave --jobs out, or start coros without --sandbox",
        status: 2
      )
    }
    let journal = session.journalText
    let outcome: CopiesOutcome
    do throws(CopiesRefusal) {
      outcome = try host.runCopies(
        ofSession: journal,
        commands: (1...words.jobs).map { number in
          { file in
            (["explore"] + words.words
              + (words.time.map { ["--for", "\(max(1, $0 / 1_000_000))ms"] } ?? [])
              + ["--shard", "\(number)/\(words.jobs)", "--out", file])
              .map(quoted).joined(separator: " ")
          }
        }
      ) { [host] statuses in
        let ended = statuses.count { $0 != nil }
        host.showProgress(
          "\(ended) of \(counted(words.jobs, "process", plural: "processes")) done"
            + " (Ctrl-C keeps what there is)"
        )
        let goesOn = words.order.limits.all || words.order.strategy == .states
        return !host.isInterrupted && (goesOn || !statuses.contains(1))
      }
    } catch {
      throw CommandFailure(error.reason, at: words.places["--jobs"]?.range)
    }
    var files: [(name: String, file: ExplorationFile)] = []
    for (index, result) in outcome.results.enumerated() {
      if let text = result.text, let file = try? ExplorationFile(parsing: text), file.all != nil {
        files.append(("process \(index + 1)", file))
      } else if !host.isInterrupted,
        ![0, 1, CommandFailure.interruptedStatus].contains(result.status)
      {
        throw CommandFailure(
          "process \(index + 1) has failed, with status \(result.status)",
          at: words.places["--jobs"]?.range,
          hint: result.errors.split(separator: "\n").first.map(String.init)
            ?? "it was ended from outside, perhaps because there was no memory: try fewer --jobs"
        )
      }
    }
    if files.isEmpty { throw interruption }
    var explored = try Self.sum(of: files) { _ in words.places["--jobs"]?.range ?? 0..<0 }
    if explored.missing?.isEmpty == true { explored.missing = nil }
    explored.shard = Shard()
    explored.time = words.isTimed ? clock.time : nil
    return explored
  }
}
