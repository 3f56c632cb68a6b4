import CorosExplore
import CorosLanguage

/// Says when an exploration must stop, and shows meanwhile how far it is.
final class ExplorationClock {
  private let host: any ShellHost
  private let start: UInt64
  private let end: UInt64?
  /// The runs and steps of earlier portions.
  private var earlier = (runs: 0, portions: 0)
  private let portions: Int
  /// What was done before it began to measure: the runs, and their share of all; nil as long as nothing is known.
  private var before: (runs: Int, share: Double)?
  /// What the portions are portions of.
  private let whole: String

  /// Begins to measure.
  ///
  /// - Parameters:
  ///   - host: Who shows it, and who may interrupt.
  ///   - time: How long it may take, in nanoseconds.
  ///   - portions: Into how many portions it is divided.
  ///   - isSampler: Whether these are portions of a number of runs, and not of a tree.
  init(_ host: any ShellHost, time: UInt64?, portions: Int = 1, isSampler: Bool = false) {
    self.host = host
    whole = isSampler ? "runs" : "tree"
    self.portions = portions
    let start = host.nanoseconds
    self.start = start
    end = time.map { start + $0 }
  }

  /// How long it has taken, in nanoseconds.
  package var time: UInt64 { host.nanoseconds - start }

  /// Why it must stop now; nil if it need not.
  package var stop: ExplorationReport.Stop? {
    if host.isInterrupted { return .interrupted }
    if let end, host.nanoseconds >= end { return .time }
    return nil
  }

  /// Notes how many portions are done, and the runs in them; first those of another process that was stopped.
  func notePortion(runs: Int, portions: Int) {
    earlier = (runs, portions)
    if before == nil { before = (runs, Double(portions) / Double(self.portions)) }
  }

  /// Shows how far it has come, and says why it must stop.
  package func note(_ progress: ExplorationProgress) -> ExplorationReport.Stop? {
    host.showProgress(text(progress))
    return stop
  }

  private func text(_ progress: ExplorationProgress) -> String {
    let time = max(1, time / 1_000_000)
    let runs = earlier.runs + progress.runs
    var text = groupedCount(runs, "run")
    if let states = progress.states { text = groupedCount(states, "state") }
    let before = before ?? (0, 0)
    let rate = (progress.states ?? runs - before.runs) * 1_000 / Int(time)
    text += ", \(grouped(Explored.roundedDown(rate))) a second"
    if progress.failures > 0 { text += ", \(counted(progress.failures, "failure"))" }
    if let share = share(progress), share > 0 {
      text += "; about \(Explored.percent(share)) % of the \(whole)"
      let gained = share - before.share
      if gained > 0.001, end == nil {
        text += ", \(Self.words(seconds: Double(time) / 1_000 * (1 - share) / gained)) left"
      }
    }
    if let end {
      let now = host.nanoseconds
      text += "; \((end > now ? end - now : 0) / 1_000_000_000) s left"
    }
    return text + " (Ctrl-C keeps what there is)"
  }

  private func share(_ progress: ExplorationProgress) -> Double? {
    if portions == 1 { return progress.share }
    return (Double(earlier.portions) + (progress.share ?? 0)) / Double(portions)
  }

  /// A length of time, roughly.
  private static func words(seconds: Double) -> String {
    switch seconds {
    case ..<100: "\(Int(seconds)) s"
    case ..<6_000: "\(Int(seconds / 60)) min"
    case ..<200_000: "\(Int(seconds / 3_600)) h"
    case ..<100_000_000: "\(Int(seconds / 86_400)) days"
    default: "years"
    }
  }
}
