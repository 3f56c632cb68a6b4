public import CorosExplore
import CorosKernel
public import Testing

extension ExplorationReport: CustomTestStringConvertible {
  /// What was looked at, and why it ended, as a failed `#expect(report.isExhausted)` shows it.
  public var testDescription: String {
    var parts = ["\(how) made \(runs) \(runs == 1 ? "run" : "runs")"]
    if let states { parts[0] = "\(how) found \(states) \(states == 1 ? "state" : "states")" }
    parts.append(ending)
    if unfinished > 0 { parts.append("\(unfinished) did not come to an end") }
    if let hidden { parts.append(hidden.text) }
    return parts.joined(separator: "; ")
  }

  private var ending: String {
    switch stopped {
    case .exhausted:
      bound.map { "all schedules within the bound of \($0) were tried" }
        ?? "nothing was left to be tried"
    case .runs: "the limit of runs was reached"
    case .steps: "the limit of steps was reached"
    case .time: "the time was over"
    case .failure: "a failure ended it"
    case .memory: "the limit of states was reached"
    case .interrupted: "it was interrupted"
    }
  }

  /// What makes the report worthless, so that it must not pass for a good one; nil when nothing does.
  var objection: String? {
    if let hidden {
      return "\(how): \(hidden.text)\nclasses mean nothing here: explore with .dfs, "
        + ".bound(preemptions: 2) or .random"
    }
    if steps == 0, runs > 0 || states != nil {
      return "there is nothing to explore: no task was made"
    }
    return nil
  }
}

extension HiddenSharing {
  fileprivate var text: String {
    "tasks \(tasks.map(\.description).joined(separator: " and ")) share something that no system call "
      + "shows: schedules that are of one class differ at tick \(tick)"
  }
}
