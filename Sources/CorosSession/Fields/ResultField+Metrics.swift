package import CorosInsight

// Fields about a run that several commands share.

extension ResultField {
  /// The mean of each quantity.
  package static func average(_ metrics: @escaping @Sendable (Object) -> RunMetrics) -> Self {
    .object("average", "the averages over the tasks that have ended, null if there are none") {
      Averages(metrics: metrics($0))
    }
  }

  /// The maximum of each quantity.
  package static func maximum(_ metrics: @escaping @Sendable (Object) -> RunMetrics) -> Self {
    .object("maximum", "the maximum of each, over the same tasks") { Maxima(metrics: metrics($0)) }
  }

  /// Jain's index.
  package static func fairness(_ metrics: @escaping @Sendable (Object) -> RunMetrics) -> Self {
    .rounded("fairness", "Jain's index over run / (run + wait), from 0 to 1, to four decimals") {
      metrics($0).fairness
    }
  }

  /// The utilisation of the CPU.
  package static func utilisation(_ metrics: @escaping @Sendable (Object) -> RunMetrics) -> Self {
    .rounded(
      "utilisation",
      "the share of the ticks in which a task ran, from 0 to 1, to four decimals"
    ) { metrics($0).utilisation }
  }

  /// A number with a few decimals, or null.
  fileprivate static func rounded(
    _ name: String,
    _ meaning: String,
    _ value: @escaping @Sendable (Object) -> Rounded
  ) -> Self {
    Self(name, .orNull(.number), meaning) { value($0).json }
  }
}

private struct Averages: ResultObject {
  let metrics: RunMetrics

  static let fields: [ResultField<Self>] = [
    .rounded("response", "to two decimals", \.metrics.response.average),
    .rounded("turnaround", "to two decimals", \.metrics.turnaround.average),
    .rounded("wait", "to two decimals", \.metrics.wait.average),
  ]
}

private struct Maxima: ResultObject {
  let metrics: RunMetrics

  static let fields: [ResultField<Self>] = [
    .numberOrNull("response", "in ticks", \.metrics.response.maximum),
    .numberOrNull("turnaround", "in ticks", \.metrics.turnaround.maximum),
    .numberOrNull("wait", "in ticks", \.metrics.wait.maximum),
  ]
}
