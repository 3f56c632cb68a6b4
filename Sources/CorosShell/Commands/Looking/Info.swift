import CorosFiles
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Tells everything about one task.
  enum Info: PrintingCommand {
    static let manual = Manual(
      name: "info",
      summary: "tell all about one task, and why it waits",
      usage: "info TID",
      group: .looking,
      details: """
        What it is doing and since when, who waits for it, and where its ticks went: response is the time \
        from its arrival to its first tick of CPU, turnaround the time to its end, wait the ticks that it \
        was ready and did not run.
        """,
      example: "info 1",
      seeAlso: ["ps", "queue", "stats"],
      completion: [.anyTask, .nothing]
    )

    static let reference = Reference(
      results: [
        ResultLine([
          .init("tid", .number, "the task"),
          .init("name", .text, "what it is called"),
          .init("state", .taskState, "what it is doing"),
          .init("waiting_for", .orNull(.text), TaskWords.reasons),
          .init("waiting_since", .orNull(.number), "since which tick it waits"),
          .init(
            "until",
            .orNull(.number),
            "the tick at which its sleep or its wait is over at the latest"
          ),
          .init("parent", .number, "its creator, until that has ended, and then 0"),
          .init("creator", .number, "who made it"),
          .init("children", .list(.number), "its live children"),
          .init("waiters", .list(.number), "who waits for it"),
          .init("status", .orNull(.exitStatus), "how it ended, null while it lives"),
          .init("dispatches", .number, "its ticks of CPU"),
          .init("arrival", .number, "the tick at which it arrived"),
          .init("first_run", .orNull(.number), "the tick at which it first ran"),
          .init("end", .orNull(.number), "the tick at which it ended"),
          .init("response", .orNull(.number), "the ticks from its arrival to its first run"),
          .init("turnaround", .orNull(.number), "the ticks from its arrival to its end"),
          .init("wait", .number, "the ticks that it was ready and did not run"),
          .init("blocked", .number, "the ticks that it waited for anything else"),
          .init("priority", .number, "what `priority` sets"),
          .init("tickets", .number, "what `tickets` sets"),
          .init("nice", .number, "what `nice` sets"),
          .init("length", .orNull(.number), "the ticks of CPU that it says it needs"),
          .init("written_bytes", .number, "how much it has written"),
        ])
      ],
      demonstration: ["spawn count 2; spawn job 3; run", "info 1"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      if invocation.arguments.isEmpty { throw invocation.needsTask(manual) }
      try invocation.allow(atMost: 1, manual)
      let tid = try invocation.tid(0, in: shell)
      guard let task = shell.scheduler.info(tid) else {
        throw shell.noTask(tid, at: invocation.arguments[0].range)
      }
      let children = shell.scheduler.tasks().filter { $0.parent == tid }.map(\.tid)
      shell.report(json(task, children, shell)) { text(task, children, shell) }
    }

    private static func json(_ task: TaskInfo, _ children: [TaskID], _ shell: Shell) -> JSON {
      let accounting = task.accounting
      return [
        "command": "info",
        "tid": .int(task.tid.rawValue),
        "name": .string(task.name),
        "state": .string(task.state.word),
        "waiting_for": .string(TaskWords.reason(of: task)?.description),
        "waiting_since": .int(task.waitingSince),
        "until": .int(task.deadline),
        "parent": .int(task.parent.rawValue),
        "creator": .int(task.creator.rawValue),
        "children": .array(children.map { .int($0.rawValue) }),
        "waiters": .array(task.waiters.map { .int($0.rawValue) }),
        "status": TaskWords.json(TaskWords.status(of: task)),
        "dispatches": .int(accounting.dispatches),
        "arrival": .int(accounting.arrival),
        "first_run": .int(accounting.firstRun),
        "end": .int(accounting.end),
        "response": .int(accounting.response),
        "turnaround": .int(accounting.turnaround),
        "wait": .int(accounting.wait(now: shell.scheduler.now)),
        "blocked": .int(accounting.blocked(now: shell.scheduler.now)),
        "priority": .int(task.parameters.priority),
        "tickets": .int(task.parameters.tickets),
        "nice": .int(task.parameters.nice),
        "length": .int(task.parameters.length),
        "written_bytes": .int(shell.session.recorders.outputs[task.tid]?.writtenBytes ?? 0),
      ]
    }

    private static func text(_ task: TaskInfo, _ children: [TaskID], _ shell: Shell) -> String {
      let accounting = task.accounting
      var rows: [(String, String)] = [
        ("task", "\(task.tid) \(shell.style.paint(excerpt(of: task.name), .name))"),
        ("state", shell.style.paint(state(task, shell), task.state.role)),
        ("parent", parent(task, shell)),
      ]
      if !children.isEmpty { rows.append(("children", shell.named(children))) }
      if !task.waiters.isEmpty { rows.append(("waited for by", shell.named(task.waiters))) }
      if let said = said(by: task) { rows.append(("says", said)) }
      rows.append(("arrived", "tick \(accounting.arrival)"))
      if let firstRun = accounting.firstRun, let response = accounting.response {
        rows.append(
          (
            "first ran",
            "tick \(firstRun), "
              + (response == 0 ? "at once" : "after \(counted(response, "tick"))")
          )
        )
      } else {
        rows.append(("first ran", "never"))
      }
      rows.append(("ran", counted(accounting.dispatches, "tick")))
      rows.append(
        (
          "was ready",
          "\(counted(accounting.wait(now: shell.scheduler.now), "tick")) without running"
        )
      )
      if let end = accounting.end, let turnaround = accounting.turnaround {
        rows.append(("ended", "tick \(end), \(counted(turnaround, "tick")) after it arrived"))
      }
      if let output = shell.session.recorders.outputs[task.tid] {
        rows.append(
          ("wrote", "\(counted(output.writtenBytes, "byte")); `output \(task.tid)` shows the end")
        )
      }
      let width = rows.map(\.0.count).max() ?? 0
      return rows.map { title, value in
        shell.style.paint(title, .heading) + String(repeating: " ", count: width - title.count + 2)
          + value + "\n"
      }.joined()
    }

    /// What it says about itself to policies, as far as that is not what all say.
    private static func said(by task: TaskInfo) -> String? {
      let usual = SchedulingParameters()
      let own = task.parameters
      var words: [String] = []
      if own.priority != usual.priority { words.append("priority \(own.priority)") }
      if own.tickets != usual.tickets { words.append(counted(own.tickets, "ticket")) }
      if own.nice != usual.nice { words.append("nice value \(own.nice)") }
      if let length = own.length { words.append("length \(length)") }
      return words.isEmpty ? nil : words.joined(separator: ", ")
    }

    private static func parent(_ task: TaskInfo, _ shell: Shell) -> String {
      if task.creator == .operator { return "you, the operator" }
      if task.parent == .operator {
        return "you, since its creator, task \(task.creator), has ended"
      }
      return shell.named(task.parent)
    }

    private static func state(_ task: TaskInfo, _ shell: Shell) -> String {
      let since = task.waitingSince.map { ", since tick \($0)" } ?? ""
      switch task.state {
      case .new(let arrival):
        return "new: it arrives at tick \(arrival)"
      case .ready:
        let place = (shell.scheduler.readyQueue.firstIndex(of: task.tid) ?? 0) + 1
        return "ready, number \(place) in the queue"
      case .running:
        return "running: it keeps the CPU while its slice lasts"
      case .waiting(let reason):
        return "waiting for \(EventWords.waiting(for: reason, until: task.deadline))\(since)"
      case .sleeping(let deadline):
        return "sleeping until tick \(deadline)\(since)"
      case .stopped(nil):
        return "stopped; `resume \(task.tid)` lets it go on"
      case .stopped(.time?):
        let deadline = task.deadline.map { " until tick \($0)" } ?? ""
        return "stopped, and sleeping\(deadline)\(since); `resume \(task.tid)` lets it go on"
      case .stopped(let reason?):
        let what = EventWords.waiting(for: reason, until: task.deadline)
        return "stopped, and waiting for \(what)\(since); `resume \(task.tid)` lets it go on"
      case .exited(.exited(let code)):
        return code == 0 ? "ended well" : "ended with exit code \(code)"
      case .exited(.killed):
        return "was killed"
      case .exited(.failed(let message)):
        return "failed: \(message)"
      }
    }
  }
}

extension Shell {
  /// The failure of a command that was to tell of a task that there is not.
  func noTask(_ tid: TaskID, at range: SourceRange) -> CommandFailure {
    CommandFailure(
      tid == .operator ? "task 0 is you, the operator" : "there is no task \(tid)",
      at: range,
      hint: "`ps -a` lists the tasks there are and were"
    )
  }
}
