import CorosInsight
import CorosKernel
import CorosLanguage

extension Commands.Locks.Row {
  /// All that is known of the object, in sentences.
  func facts(_ scheduler: Scheduler) -> String {
    var lines = [head(scheduler)]
    if !object.waiters.isEmpty { lines.append("waiting: " + list(object.waiters, scheduler)) }
    for holder in object.holders.prefix(TaskWords.mostListed) {
      guard let task = scheduler.info(holder.task), let reason = TaskWords.reason(of: task) else {
        continue
      }
      let since = task.waitingSince.map { ", since tick \($0)" } ?? ""
      let what = EventWords.waiting(for: reason, until: task.deadline)
      lines.append("task \(holder.task) itself waits for \(what)\(since)")
    }
    if let records { lines.append(records) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func head(_ scheduler: Scheduler) -> String {
    var text = "\(excerpt(of: object.name)) is \(article) \(object.kind)"
    if !object.summary.isEmpty { text += " (\(excerpt(of: object.summary)))" }
    if !object.holders.isEmpty {
      text += ", held by " + list(object.holders, scheduler)
    } else if thing?.isHeldAtTimes ?? false {
      text += ", which nobody holds"
    }
    guard let thing, thing.taken > 0 else { return text }
    return text + "; it has been taken \(counted(thing.taken, "time")), "
      + "by \(counted(thing.takers.count, "task"))"
  }

  private var article: String {
    object.kind.first.map { "aeiou".contains($0) } ?? false ? "an" : "a"
  }

  private func list(_ parties: [ObjectInfo.Party], _ scheduler: Scheduler) -> String {
    let words = parties.prefix(TaskWords.mostListed).map { party in
      "task \(party.task)\(TaskWords.inParentheses(party.task, scheduler))"
        + (party.purpose.map { " to \($0)" } ?? "") + " since tick \(party.since)"
        + (party.deadline.map { ", at most until tick \($0)" } ?? "")
    }
    return TaskWords.listed(words, of: parties.count)
  }

  private var records: String? {
    var parts: [String] = []
    if let hold = longestHold {
      parts.append(
        "longest hold \(counted(hold.ticks, "tick")), by task \(hold.task) from tick \(hold.from)"
      )
    }
    if let wait = longestWait {
      parts.append(
        "longest wait \(counted(wait.ticks, "tick")), by task \(wait.task) from tick \(wait.from)"
      )
    }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}
