import CorosInsight
import CorosKernel
import CorosSession

extension RunReport: CommandResult {
  func text(in look: Look) -> String { end?.text(in: look) ?? "" }

  /// Turns the ends that are failures into failures.
  func requireSuccess() throws(CommandFailure) {
    switch end?.outcome {
    case .deadlock(let deadlock)?: throw CommandFailure(deadlock)
    case .conditionMet?: throw CommandFailure(interrupted: end?.sentence ?? "")
    default: break
    }
  }
}

extension RunEnd {
  /// How the run ended; empty where that is a failure, which is told as such.
  func text(in look: Look) -> String {
    switch outcome {
    case .deadlock, .conditionMet: ""
    case .breakpoint: stop?.text(in: look) ?? ""
    case .undecided where !choices.isEmpty: listOfChoices(look)
    default: look.style.paint(sentence, .faint) + "\n"
    }
  }

  private func listOfChoices(_ look: Look) -> String {
    var table = TextTable([.init("TID", .right), .init("NAME")], style: look.style)
    for task in choices { table.append([.init("\(task.tid)", .heading), .init(task.name)]) }
    let more = moreChoices > 0 ? "and \(moreChoices) more; " : ""
    return table.takeText()
      + look.style.paint("\(more)who runs next? `pick TID` says it, and `step` runs it", .faint)
      + "\n"
  }
}
