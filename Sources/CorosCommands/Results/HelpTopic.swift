import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

/// A page of `help` about more than one command.
struct HelpTopic: Sendable {
  let name: String
  let summary: String
  let text: String

  /// All topics, in the order in which they are listed.
  static let all = [expressions, time, policies, language, world, scripts, preferences]

  static func named(_ name: String) -> HelpTopic? { all.first { $0.name == name } }

  /// What is known of a command of the app.
  init(about command: AppCommand) {
    self.init(
      name: command.name,
      summary: command.summary,
      text: "\(command.usage)\n"
    )
  }

  private init(name: String, summary: String, text: String) {
    self.name = name
    self.summary = summary
    self.text = text
  }

  static let expressions = HelpTopic(
    name: "expressions",
    summary: "what `print`, `when`, `assert`, `watch`, `break when` and `if` can ask for",
    text: """
      A condition compares with `== != < <= > >=`, and joins with `and`, `or`, `not` and parentheses. Numbers can be \
      calculated with, with blanks around the sign: `tick % 2 == 0`. TID is a task's id or the name of one task. A \
      name with blanks goes in quotes: `holder("fork 1")`.

        tick                          the clock
        state(TID)                    new, ready, running, waiting, sleeping,
                                      stopped, exited or none
        status(TID)                   the exit code, killed, failed, or none while
                                      it is alive
        name(TID), parent(TID)        its name, its parent
        dispatches(TID)               its ticks of CPU
        response(TID), turnaround(TID), wait(TID), blocked(TID), stopped(TID),
        preemptions(TID)              as in `stats`; none while unknown
        level(TID), priority(TID)     its queue under mlfq, from 1; its priority
        output(TID)                   the last line that it has written
        average(wait), maximum(wait)  of the tasks that have ended; also response
                                      and turnaround
        policy, switches, preemptions, idle, fairness, deadlock
                                      of the whole machine, as in `stats`
        holder(LOCK), waiters(LOCK)   who holds it, or none; how many wait for it
        value(SEMAPHORE)              its permits, or how many values a channel has
        holds(TID), holds(TID, LOCK)  how many locks it holds; whether this one
        count(STATE)                  how many tasks are in it; also all and live
        $?, $!, $name                 as everywhere

      A shared name of typed programs stands for its value: `n == 2`, `x[1] > 0`.
      """
  )

  static let time = HelpTopic(
    name: "time",
    summary: "how to go back, and what happens to the future",
    text: """
      Everything is recorded, so you can go back to any step, and forward again: `back 3`, `forward`, `goto 40`, \
      `goto last 2` (before the last step of task 2), `rcontinue` (to the previous breakpoint). In the past, `step` and \
      `run` follow the recorded future. What you change there begins a branch, and `branches` and `branch 1` lead \
      back to the old future. `bookmark NAME` names a moment.

      Without going there: `events`, `when`, `waits`, `stats FROM..TO`, `output FROM..TO`, and `--at TICK` behind `ps`, \
      `why`, `info`, `queue`, `tree`, `locks` and `print`.

      `diff branch:1 branch:2` compares two futures, `diff branch:1 policy:sjf` what another policy would have done. \
      `schedule` prints the order of the steps as one word, `replay WORD` runs by it, `save` and `load` keep it all.
      """
  )

  static var policies: HelpTopic {
    HelpTopic(
      name: "policies",
      summary: "who runs next, by which rule",
      text: "`policy NAME` chooses one, with its settings behind it:\n\n"
        + KnownPolicy.all.map { policy in
          let names =
            policy.aliases.isEmpty ? "" : " Also \(policy.aliases.joined(separator: ", "))."
          return "`\(policy.usage)`: \(policy.summary)\(names)\n\n"
        }.joined()
        + "`compare rr:quantum=2 sjf` runs the same tasks under several, `quiz` asks what comes next."
    )
  }

  static let language = HelpTopic(
    name: "language",
    summary: "how to write a program at the prompt",
    text: """
      What programs share is declared, then they are defined, spawned, and stepped line by line:

        shared n = 0
        program bump {
          n = n + 1
        }
        spawn bump x2; run; print n

      One step ends with one visible act: one read or one write of a shared name, or one system call. So `n = n + 1` \
      is two steps, and two tasks can lose an update between them.

        var i = 3                 a variable of the program's own
        if, while, repeat N, loop, break     as everywhere
        lock m, unlock m, var ok = trylock m
        down s, up s, wait c, signal c, broadcast c, arrive b, send ch e, receive ch x
        await CONDITION           waits until it holds
        atomic { }, when CONDITION { }, critical { }     one step
        assert CONDITION          fails the task if it does not hold
        write "n is ", n          output
        spawn p 1, cancel t, tell t 5, hear x, group { }, select { }, within 5 { } else { }

      Declare `mutex m`, `semaphore s = 1`, `condition c on m`, `channel ch 2`, `barrier b 3`, `event e`, `rwlock t`. \
      `always n <= 2` and `finally n == 2` are checked as the tasks run.
      """
  )

  static let world = HelpTopic(
    name: "world",
    summary: "servers, files and real time, and how they are repeated",
    text: """
      `spawn echo 8080; run` serves the port of this machine until Ctrl-C; `live on` serves it while you type, and \
      Enter in `stepper` while you watch. In another terminal, `nc localhost 8080` or `curl localhost:8080` (with \
      `spawn http 8080`) is a client. Servers are reached from this machine only, unless coros was started with \
      --listen-any. `programs echo` and the others tell what they show: echobad, echobad2, echo, chat, http, \
      slowloris, cat, fetch.

      `handles` lists what is open. A handle belongs to a task and is closed with it. `why TID` and `ps` show who waits \
      for which. When nothing else can happen, the machine waits for the world: that is no deadlock.

      What comes in is recorded with its moment. So `back`, `step` and `why` work as ever: in the past, a request that \
      was served comes again, byte for byte, without a network. Meanwhile connections stay open, and `forward` to \
      the end goes on with them. What you change in the past begins a branch, on which the old connections are broken \
      off; `branch 1` leads back to them. `save` keeps all of it, `load` repeats it anywhere, and `save FILE --redact` leaves \
      the bytes out.

      Time is virtual: sleepers are woken at once when nobody else runs. `clock real 1ms` gives a tick a length, so that \
      timeouts mean something to clients; `clock virtual` ends that. `limit handles 100` sets how many may be open, \
      `limit recording BYTES` how much is kept.
      """
  )

  static let scripts = HelpTopic(
    name: "scripts",
    summary: "several commands in a line, loops, files",
    text: """
      `a; b` runs both, `a && b` runs b if a succeeds, and `a || b` if it fails. # begins a comment. $name is a value \
      from `set`, $! the last task spawned, $? the last status, $1 and $@ the arguments of a script or a function.

      Commands need only as many letters as no other command shares: `sp count` spawns, `s` steps. So do \
      s and n for `step`, c `continue`, b `break`, p `print`, w `why`, q `exit` and ? for `help`.

      `repeat 3 { }`, `for x in 1..5 { }`, `if CONDITION { } else { }`, `while CONDITION { }` and `function NAME { }` hold \
      commands; a block may have several lines. `alias ll ps -a` gives the beginning of a command a short name.

      `ps > FILE` writes the results of a command to a file, `>>` adds them to it; `ps | grep ready | head 3` \
      sends them through filters: grep [-v] [-i] TEXT, head N, tail N, count, sort [-n] [-r]. `events | !less` sends them to a program of the host: all behind \
      the ! is for its shell. A backslash at the end of a line goes on in the next. `source FILE` runs a script, \
      `coros FILE` does the same from outside, and `coros --then GRADER FILE` grades it.
      """
  )

  static var preferences: HelpTopic {
    HelpTopic(
      name: "preferences",
      summary: "the prompt, colours, and other settings that stay",
      text: """
        `set NAME VALUE` at the prompt chooses one, and it stays for the next session; `set NAME ''` takes it back. \
        Scripts never use what was chosen before, nor does `coros --no-config`.

        """
          + Preference.all.map { preference in
            let standard = preference.standard.isEmpty ? "" : "  (\(quoted(preference.standard)))"
            return "`\(preference.name)`: \(preference.summary)\(standard)\n"
          }.joined()
            + """

            What stands beside the name of a field of the prompt is shown with it: `set prompt '[{policy}]{ tick }> '`. A \
            colour is `red`, `bright-red`, `bold`, `faint`, `underlined`, `reversed`, `'bold red'` or `plain`.
            """
    )
  }
}

extension HelpTopic: CommandResult, ResultObject {
  static let occasion = "With a topic:"
  static let fields: [ResultField<Self>] = [
    .text("topic", "the topic", \.name), .text("text", "the page", \.text),
  ]

  func text(in look: Look) -> String {
    look.style.paint(name, .heading) + ": \(summary)\n\n"
      + TextFlow.wrapped(text, width: look.width, indent: "  ")
  }
}
