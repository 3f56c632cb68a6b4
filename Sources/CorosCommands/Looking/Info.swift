import CorosInsight
import CorosKernel
import CorosLanguage
import CorosMachine
import CorosSession
import CorosShell

extension Commands {
  /// Shows everything about one task.
  enum Info: SimpleCommand, GlancingCommand {
    static let manual = Manual(
      name: "info",
      summary: "show everything about one task",
      usage: "info TID \(Glance.usage)",
      group: .looking,
      details: """
        Shows what the task is doing and since when, which tasks wait for it, and where its ticks went. \
        Response is the time from its arrival to its first tick of CPU, turnaround the time to its end, and \
        wait the ticks in which it was ready and did not run. Turnaround is the sum of what it ran, was ready, \
        blocked, stopped and switched to.
        """,
      example: "info 1",
      seeAlso: ["ps", "queue", "stats"],
      completion: [.anyTask, .nothing]
    )

    static let reference = Reference(
      demonstration: ["spawn count 2; spawn job 3; run", "info 1"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      if invocation.arguments.isEmpty { throw invocation.needsTask(manual) }
      try invocation.allow(atMost: 1, manual)
      let tid = try invocation.tid(0, in: shell)
      guard let details = shell.session.details(of: tid) else {
        throw shell.noTask(tid, at: invocation.arguments[0].range)
      }
      return Result(details: details)
    }

    struct Result: CommandResult, ResultObject {
      let details: TaskDetails

      private var task: TaskInfo { details.task }
      private var accounting: Accounting { details.task.accounting }
      private var wait: Tick { accounting.wait(now: details.now) }

      static let fields: [ResultField<Self>] = [
        .number("tid", "the task", \.task.tid.rawValue),
        .text("name", "its name", \.task.name),
        .state(\.task.state),
        .textOrNull("waiting_for", TaskWords.reasons) {
          TaskWords.reason(of: $0.task)?.description
        },
        .numberOrNull("waiting_since", "the tick since which it waits", \.task.waitingSince),
        .numberOrNull(
          "until",
          "the tick at which its sleep or its wait ends at the latest",
          \.task.deadline
        ),
        .number(
          "parent",
          "its creator; 0, the operator, once the creator has ended",
          \.task.parent.rawValue
        ),
        .number("creator", "the task that created it", \.task.creator.rawValue),
        .textOrNull(
          "cancelled",
          "why it is cancelled, null if it is not",
          \.task.cancellation?.reason
        ),
        .tasks("children", "its live children", \.details.children.tids),
        .tasks("waiters", "the tasks that wait for it", \.task.waiters),
        .texts("holds", "the names of the objects it holds, such as locks") {
          $0.details.holds.map(\.name)
        },
        .texts("bonds", "the names of the objects that hear of its end: its mailbox, its groups") {
          $0.details.bonds.map(\.name)
        },
        .status { $0.task.status },
        .number("dispatches", "its ticks of CPU", \.accounting.dispatches),
        .number("arrival", "the tick at which it arrived, or will arrive", \.accounting.arrival),
        .numberOrNull("first_run", "the tick at which it first ran", \.accounting.firstRun),
        .numberOrNull("end", "the tick at which it ended", \.accounting.end),
        .numberOrNull(
          "response",
          "the ticks from its arrival to its first run",
          \.accounting.response
        ),
        .numberOrNull(
          "turnaround",
          "the ticks from its arrival to its end",
          \.accounting.turnaround
        ),
        .number("wait", "the ticks in which it was ready and did not run", \.wait),
        .number("blocked", "the ticks in which it waited for anything else") {
          $0.accounting.blocked(now: $0.details.now)
        },
        .number("stopped", "the ticks that it was stopped, whatever else it waited for") {
          $0.accounting.stopped(now: $0.details.now)
        },
        .number("switching", "the ticks in which the CPU was switched to it") {
          $0.accounting.switching(now: $0.details.now)
        },
        .number("priority", "what `priority` sets", \.task.parameters.priority),
        .numberOrNull(
          "lent_priority",
          "the priority that a task lends it that waits for what it holds, if that is higher",
          \.task.loan?.priority
        ),
        .numberOrNull("lent_by", "that task", \.task.loan?.lender.rawValue),
        .number("tickets", "what `tickets` sets", \.task.parameters.tickets),
        .number("nice", "what `nice` sets", \.task.parameters.nice),
        .numberOrNull(
          "length",
          "the ticks of CPU that it says it needs",
          \.task.parameters.length
        ),
        .textOrNull("program", "the typed program that it runs, null for others") {
          $0.details.program?.programName
        },
        .numberOrNull("line", "the line of that program that it goes on with") {
          $0.details.program?.line
        },
        ResultField(
          "locals",
          .dictionary(.orNull(.either(.number, .truth))),
          "the variables of that program, and their values; null for those that `asm --hide` hides"
        ) {
          .object($0.details.variables.map { ($0.name, $0.value?.json ?? .null) })
        },
        .number("written_bytes", "the number of bytes it has written") {
          $0.details.writtenBytes ?? 0
        },
        .sometimes(
          "registers",
          .dictionary(.orNull(.number)),
          "for a thread in assembly: its registers, null if hidden, and in `pc` the cell of its next instruction"
        ) { result in result.details.thread.map { $0.json(isHidden: result.details.isHidden) } },
        .sometimes(
          "flags",
          .text,
          "for a thread in assembly: what `test` found out, as digits for >= > <= < != ==, or ? if hidden"
        ) { $0.flags.map { .string($0) } },
      ]

      private var flags: String? {
        details.thread.map {
          details.isHidden ? String(repeating: "?", count: $0.flags.text.count) : $0.flags.text
        }
      }

      func text(in look: Look) -> String {
        var rows: [(String, String)] = [
          ("task", look.named(task)),
          ("state", look.style.paint(details.state, task.state.role)),
          ("parent", parent(look)),
        ]
        if let cancellation = task.cancellation {
          let who = cancellation.by == .operator ? "by you" : "by task \(cancellation.by)"
          rows.append(
            ("cancelled", cancellation.reason.isEmpty ? who : "\(who): \(cancellation.reason)")
          )
        }
        if !details.children.tids.isEmpty {
          rows.append(("children", look.named(details.children)))
        }
        if !details.waiters.tids.isEmpty {
          rows.append(("waited for by", look.named(details.waiters)))
        }
        for bond in details.bonds {
          let role = bond.role.map { ", as a \($0)" } ?? ""
          let words = [bond.kind == "mailbox" ? "" : bond.name, bond.summary]
          rows.append((bond.kind, words.filter { !$0.isEmpty }.joined(separator: ": ") + role))
        }
        if !details.holds.isEmpty {
          let held = details.holds.prefix(TaskWords.mostListed).map { object in
            let since = object.holders.first { $0.task == task.tid }.map {
              " since tick \($0.since)"
            }
            return excerpt(of: object.name) + (since ?? "")
          }
          rows.append(("holds", TaskWords.listed(held, of: details.holds.count)))
        }
        if let program = details.program {
          let line = program.line.map { ", line \($0)" } ?? ""
          let act = program.act.map { ": \($0)" } ?? ""
          rows.append(("program", program.programName + line + act))
          let locals = program.variables.map { "\($0.name) = \($0.value)" }
          // Those of a thread in assembly are its registers, which follow.
          if !locals.isEmpty, details.thread == nil {
            rows.append(("variables", locals.joined(separator: ", ")))
          }
        }
        if let thread = details.thread {
          rows.append(("registers", thread.words(isHidden: details.isHidden)))
          rows.append(("flags", "\(flags ?? "") (>= > <= < != ==)"))
        }
        if let words = details.parameterWords { rows.append(("parameters", words)) }
        rows.append(
          (
            "arrived",
            (accounting.neverArrived ? "never; planned for " : "") + "tick \(accounting.arrival)"
          )
        )
        rows.append(("first ran", firstRun))
        rows.append(("ran", counted(accounting.dispatches, "tick")))
        rows.append(("was ready", "\(counted(wait, "tick")) without running"))
        let rest = [
          ("was blocked", accounting.blocked(now: details.now)),
          ("was stopped", accounting.stopped(now: details.now)),
          ("switched to", accounting.switching(now: details.now)),
        ]
        for (title, ticks) in rest where ticks > 0 { rows.append((title, counted(ticks, "tick"))) }
        if let end = accounting.end {
          let after = accounting.turnaround.map { ", \(counted($0, "tick")) after it arrived" }
          rows.append(("ended", "tick \(end)\(after ?? "")"))
        }
        if let bytes = details.writtenBytes {
          rows.append(("wrote", "\(counted(bytes, "byte")); `output \(task.tid)` shows the end"))
        }
        return look.titled(rows)
      }

      private var firstRun: String {
        guard let firstRun = accounting.firstRun, let response = accounting.response else {
          return "never"
        }
        return "tick \(firstRun), "
          + (response == 0 ? "at once" : "after \(counted(response, "tick"))")
      }

      private func parent(_ look: Look) -> String {
        if task.creator == .operator { return "you, the operator" }
        return details.parent.map(look.named)
          ?? "you, since its creator, task \(task.creator), has ended"
      }
    }
  }
}

extension ThreadState {
  private func all(isHidden: Bool) -> [(name: String, value: Int?)] {
    Register.allCases.map { ($0.name, isHidden ? nil : self[$0]) } + [("pc", counter)]
  }

  fileprivate func json(isHidden: Bool) -> JSON {
    .object(all(isHidden: isHidden).map { ($0.name, $0.value.map { .int($0) } ?? .null) })
  }

  fileprivate func words(isHidden: Bool) -> String {
    all(isHidden: isHidden).map { name, value in "\(name)=\(value.map { String($0) } ?? "?")" }
      .joined(separator: " ")
  }
}

extension TaskDetails {
  /// The numbers that the task declares to policies, as far as they differ from the defaults.
  fileprivate var parameterWords: String? {
    let usual = SchedulingParameters()
    let own = task.parameters
    var words: [String] = []
    if let loan = task.loan {
      words.append(
        "priority \(loan.priority), lent by task \(loan.lender), its own is \(own.priority)"
      )
    } else if own.priority != usual.priority {
      words.append("priority \(own.priority)")
    }
    if own.tickets != usual.tickets { words.append(counted(own.tickets, "ticket")) }
    if own.nice != usual.nice { words.append("nice value \(own.nice)") }
    if let length = own.length { words.append("length \(length)") }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }

  /// The state of the task, and since when.
  fileprivate var state: String {
    let since = task.waitingSince.map { ", since tick \($0)" } ?? ""
    switch task.state {
    case .new(let arrival):
      return "new: it arrives at tick \(arrival)"
    case .ready:
      return "ready, number \(place ?? 1) in the queue"
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
    case .exited(.cancelled(let by, let reason)):
      return "was \(ExitStatus.cancelled(by: by, reason: reason))"
    case .exited(.failed(let message)):
      return "failed: \(message)"
    }
  }
}

extension Shell {
  /// The failure of a command whose task does not exist.
  func noTask(_ tid: TaskID, at range: SourceRange) -> CommandFailure {
    CommandFailure(
      tid == .operator ? "task 0 is you, the operator" : "there is no task \(tid)",
      at: range,
      hint: "`ps -a` lists live and ended tasks"
    )
  }
}
