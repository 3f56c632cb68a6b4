/// A sentence of `why` about a ready task, with places for what changes from step to step: `{task}`, `{tick}`.
///
/// Whoever writes such a sentence fills a pattern, here or in a page that plays a run: so they all say the same.
package enum WhyPattern: String, CaseIterable {
  case ready, cause, instead, ranMost, ranToo, ranMore, next, after, oneBefore, moreBefore
  case before, beforeRanked, slice, untilPreempted, endlessSlice, task, rank, pick, idles
  case andSoOn, andMore

  /// The sentence, or the part of one.
  package var text: String {
    switch self {
    case .ready: "task {task} is ready{cause}; it has waited {ticks} for the CPU in all"
    case .cause: " since tick {tick}, when {because}"
    case .instead: "since then {list}"
    case .ranMost: "task {task} has run for {ticks}"
    case .ranToo: "task {task} for {count}"
    case .ranMore: "{count} more for {sum}"
    case .next: "it runs next: under `{policy}` {rule}"
    case .after: "{own}; after it {second}"
    case .oneBefore: "1 task goes before it: under `{policy}` {rule}"
    case .moreBefore: "{count} tasks go before it: under `{policy}` {rule}"
    case .before: "before it: {list}"
    case .beforeRanked: "{own}; before it {list}"
    case .slice: "task {task} has the CPU, for {ticks}"
    case .untilPreempted:
      "task {task} has the CPU, until it waits, ends, or a task comes that goes before it"
    case .endlessSlice: "task {task} has the CPU, until it waits, yields or ends"
    case .task: "task {task}"
    case .rank: "task {task}: {key}"
    case .pick: "no task runs until you pick one: `pick {task}` picks this one"
    case .idles: "under `{policy}` the CPU idles until task {awaited} can go on"
    case .andSoOn: "{list}; and so on"
    case .andMore: "{list} and {count} more"
    }
  }

  /// The sentence with its places filled.
  ///
  /// - Parameter values: A text for each place; what they contain is not looked at again.
  /// - Returns: The sentence.
  package func filled(_ values: [String: String]) -> String {
    var result = ""
    for (index, part) in text.split(separator: "{", omittingEmptySubsequences: false).enumerated() {
      guard index > 0, let end = part.firstIndex(of: "}") else {
        result += part
        continue
      }
      result += values[String(part[..<end])] ?? ""
      result += part[part.index(after: end)...]
    }
    return result
  }
}
