import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

// What tasks write, and what is wrong with them, on its way to whoever reads.

extension Shell {
  /// Shows what a task has written: to a program all of it, to a person as much as one can read.
  func show(output text: String, of task: TaskID, at tick: Tick) {
    guard settings.isInteractive else { return write(output: text, of: task, at: tick) }
    let grant = allowance.ask(
      for: text.utf8.count + 1,
      by: task,
      limit: session.recorders.outputs.limit
    )
    if grant.bytes > 0 { write(output: text.head(bytes: grant.bytes), of: task, at: tick) }
    if let notice = grant.notice { tell(notice, of: task, at: tick) }
  }

  private func write(output text: String, of task: TaskID, at tick: Tick) {
    if settings.isJSON {
      return output.writeLine([
        "output": .string(text), "tid": .int(task.rawValue), "tick": .int(tick),
      ])
    }
    let head = style.paint("[\(task)] ", .faint)
    // By bytes: telling characters apart is slow, and to Swift "\r\n" is one, and no newline.
    for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      output.writeLine(head + Substring(line))
    }
  }

  /// Says that the rest of what is written is not shown.
  private func tell(_ notice: OutputAllowance.Notice, of task: TaskID, at tick: Tick) {
    let share = session.recorders.outputs.limit
    let text =
      switch notice {
      case .oneTask:
        "task \(task)\(inParentheses(task)) has written more than \(counted(share, "byte")): the rest "
          + "is not shown; `output \(task)` shows the end of it, `limit output N` allows more"
      case .allTasks:
        "tasks have written more than \(counted(share * OutputAllowance.shares, "byte")): the rest "
          + "is not shown; `output TID` shows the end of what one wrote, `limit output N` allows more"
      }
    guard settings.isJSON else { return output.writeError(text + "\n") }
    let json: JSON = ["notice": .string(text), "tid": .int(task.rawValue), "tick": .int(tick)]
    output.writeError(json.text + "\n")
  }

  /// Tells that a task has ended by an error of its own.
  func showFailure(_ message: String, of event: Event) {
    complain("failed: \(message)", of: event)
  }

  func showGivenUp(after count: Int, _ event: Event) {
    complain("refused to end \(count) times, and was cut off", of: event)
  }

  /// Tells on standard error what is wrong with a task.
  private func complain(_ what: String, of event: Event) {
    let text = "task \(event.task)\(inParentheses(event.task)) \(what)"
    guard settings.isJSON else { return output.writeError(text + "\n") }
    let json: JSON = [
      "error": .string(text), "tid": .int(event.task.rawValue), "tick": .int(event.tick),
    ]
    output.writeError(json.text + "\n")
  }

  func inParentheses(_ task: TaskID) -> String {
    let name = name(of: task)
    return name.isEmpty ? "" : " (\(name))"
  }

  func name(of task: TaskID) -> String {
    scheduler.info(task).map { excerpt(of: $0.name) } ?? ""
  }
}
