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

  /// Begins to measure.
  ///
  /// - Parameters:
  ///   - host: Who shows it, and who may interrupt.
  ///   - time: How long it may take, in nanoseconds.
  ///   - portions: Into how many portions it is divided.
  init(_ host: any ShellHost, time: UInt64?, portions: Int = 1) {
    self.host = host
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

  /// Notes that a portion is done.
  func notePortion(runs: Int, portions: Int) { earlier = (runs, portions) }

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
    let rate = (progress.states ?? runs) * 1_000 / Int(time)
    text += ", \(grouped(Explored.roundedDown(rate))) a second"
    if progress.failures > 0 { text += ", \(counted(progress.failures, "failure"))" }
    if let share = share(progress), share > 0 {
      text += "; about \(Explored.percent(share)) % of the tree"
      if share > 0.001, end == nil {
        text += ", \(Self.words(seconds: Double(time) / 1_000 * (1 - share) / share)) left"
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
