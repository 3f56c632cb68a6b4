import CorosInsight
import CorosLanguage
import CorosSession

// What several commands tell of a run, as JSON.

extension RunMetrics {
  /// The mean of each quantity, as several commands tell it.
  static let averageKey = ResultKey(
    "average",
    .object(
      ["response", "turnaround", "wait"].map { ResultKey($0, .orNull(.number), "to two decimals") }
    ),
    "the averages over the tasks that have ended, null if there are none"
  )

  /// The most of each quantity.
  static let maximumKey = ResultKey(
    "maximum",
    .object(
      ["response", "turnaround", "wait"].map { ResultKey($0, .orNull(.number), "in ticks") }
    ),
    "the most of each, over the same"
  )

  static let fairnessKey = ResultKey(
    "fairness",
    .orNull(.number),
    "Jain's index over run / (run + wait), from 0 to 1, to four decimals"
  )

  static let utilisationKey = ResultKey(
    "utilisation",
    .orNull(.number),
    "the share of the ticks in which a task ran, from 0 to 1, to four decimals"
  )

  var average: JSON {
    [
      "response": response.average.json, "turnaround": turnaround.average.json,
      "wait": wait.average.json,
    ]
  }

  var maximum: JSON {
    [
      "response": .int(response.maximum), "turnaround": .int(turnaround.maximum),
      "wait": .int(wait.maximum),
    ]
  }
}
