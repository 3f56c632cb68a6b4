import CorosKernel
import CorosLanguage
import CorosSession

extension RunReport: CommandResult {
  package func text(in look: Look) -> String { end?.text(in: look) ?? "" }

  /// Throws if the end of the run is a failure.
  package func requireSuccess() throws(CommandFailure) {
    switch end?.outcome {
    case .deadlock(let deadlock)?: throw CommandFailure(deadlock, end?.suspicions ?? [])
    case .failedCheck?:
      throw CommandFailure(end?.sentence ?? "", hint: "`back` shows how it came to that")
    case .conditionMet?: throw CommandFailure(interrupted: end?.sentence ?? "")
    default: break
    }
  }
}

extension RunEnd {
  /// How the run ended; empty for a failure, which is reported as one.
  package func text(in look: Look) -> String {
    switch outcome {
    case .deadlock, .conditionMet, .failedCheck: ""
    case .breakpoint: stop?.text(in: look) ?? ""
    default: choices.map { Self.list($0, look) } ?? look.style.paint(sentence, .faint) + "\n"
    }
  }

  private static func list(_ choices: QueuedTasks, _ look: Look) -> String {
    var table = TextTable([.init("TID", .right), .init("NAME")], style: look.style)
    for task in choices.first {
      table.append([.init("\(task.tid)", .heading), .init(excerpt(of: task.name))])
    }
    let moreCount = choices.tids.count - choices.first.count
    let more = moreCount > 0 ? "and \(moreCount) more; " : ""
    return table.takeText()
      + look.style.paint(
        "\(more)which task runs next? `pick TID` chooses it, and `step` runs it",
        .faint
      )
      + "\n"
  }
}
