import CorosInsight
package import CorosKernel
import CorosLanguage
import CorosSession

// The output and failures of tasks, on the way to the reader.

extension Shell {
  /// Shows a task's output: all of it to a program, as much as allowed to a person.
  package func show(output text: String, of task: TaskID, at tick: Tick) {
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
    // Splits by bytes: comparing characters is slow, and to Swift "\r\n" is one character, not a newline.
    for line in text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      output.writeLine(head + Substring(line))
    }
  }

  /// Says that the rest of the output is hidden.
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
    guard settings.isJSON else {
      return output.writeError(console.wrapped(text + "\n", console.errorStyle))
    }
    let json: JSON = ["notice": .string(text), "tid": .int(task.rawValue), "tick": .int(tick)]
    output.writeError(json.text + "\n")
  }

  /// Reports that a task has failed.
  func showFailure(_ message: String, of event: Event) {
    complain("failed: \(message)", of: event)
  }

  func showGivenUp(after count: Int, _ event: Event) {
    complain("refused to end \(count) times, and was cut off", of: event)
  }

  /// Reports a problem with a task on standard error.
  private func complain(_ what: String, of event: Event) {
    let text = "task \(event.task)\(inParentheses(event.task)) \(what)"
    guard settings.isJSON else {
      return output.writeError(console.wrapped(text + "\n", console.errorStyle))
    }
    let json: JSON = [
      "error": .string(text), "tid": .int(event.task.rawValue), "tick": .int(event.tick),
    ]
    output.writeError(json.text + "\n")
  }

  package func inParentheses(_ task: TaskID) -> String {
    let name = name(of: task)
    return name.isEmpty ? "" : " (\(name))"
  }

  package func name(of task: TaskID) -> String {
    scheduler.info(task).map { excerpt(of: $0.name) } ?? ""
  }
}
