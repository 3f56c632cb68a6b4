import CorosExplore
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Tries the schedules of what is loaded.
  enum Explore: ShellCommand {
    typealias Result = EitherResult<ExploredFailure, Explored>

    static let manual = Manual(
      name: "explore",
      summary: "try every order of steps, and go to one that fails",
      usage: "explore [HOW [KEY=VALUE]] [OPTION ...] | explore merge FILE ...",
      group: .exploring,
      details: """
        Tries what may become of the tasks from this moment on, whichever of them runs next: every schedule, \
        or many. The first that deadlocks, in which a task fails, or in which a check does not hold, is made \
        as small as can be: first with the fewest pre-emptions, each of which takes the CPU from a task that \
        could have gone on. The machine then stands at its end, on a new branch: `back` leads into it, \
        `why TID` explains it. What was typed as `always`, `finally` and `critical` counts, too. HOW is one of:

          auto     whatever suits these tasks (default)
          dpor     one schedule of each class: those that differ only in the order of steps \
        that do not touch the same thing
          source   the same with less memory, and some runs that are begun in vain
          states   each state once; counts all schedules, and the chance of a failure
          merged   far fewer states: what nobody can tell apart counts as the same; counts no schedules
          dfs      each schedule
          bound    those with at most preemptions=2
          delay    those with at most delays=2
          random   at each step any task that is ready
          mix      several random ways in turn
          pct      random priorities, which fall depth=3 times less one
          pos      random priorities, drawn again after a conflict
          urw      tasks with more steps before them are drawn more often

        Random schedules prove nothing: they only make a failure unlikely. At a prompt it takes at most ten \
        seconds, in a script 100000 runs or ten million steps; Ctrl-C keeps what was found. `explore merge` \
        adds up the files of several shards.
        """,
      example: "explore dfs --all",
      seeAlso: ["replay", "always", "finally", "why", "back"],
      options: [
        .init("--runs", "N", "at most N runs; 1e6 is a million"),
        .init("--steps", "N", "at most N steps in all runs together"),
        .init("--depth", "N", "at most N steps in one run, which is then unfinished"),
        .init("--for", "TIME", "at most so long: 10s, 5m, 2h"),
        .init("--seed", "S", "the seed of random schedules"),
        .init("--check", "COND", "what must hold at the end of each run; may be given again"),
        .init("--always", "COND", "what must hold after each step; may be given again"),
        .init("--ignore", "KIND", "deadlock, or failed: no failure; may be given again"),
        .init("--all", nil, "go on after a failure, and count all"),
        .init("--no-shrink", nil, "leave a failing schedule as it was found"),
        .init("--finals", nil, "list the shared values with which runs end"),
        .init("--attempts", nil, "with dpor and source: calls that must wait are steps, too"),
        .init("--shard", "I/N", "only the I-th of N parts, for as many machines"),
        .init("--jobs", "N", "in N processes at once"),
        .init("--out", "FILE", "keep the results in a file, as far as it has come"),
        .init("--html", "FILE", "show the failure on a page, beside an order of steps that passes"),
        .init(
          "--resume",
          "FILE",
          "go on with what such a file contains, also with more --runs or --steps"
        ),
        .init("--timing", nil, "say how long it took"),
      ],
      completion: [.words(ExploreWords.names + ["merge"]), .file]
    )

    static let reference = Reference(
      notes: """
        The status is 1 if something fails, 130 if Ctrl-C ended it, and 2 if the command is wrong, so that \
        a build server can tell these apart. A failure is listed once, in its smallest schedule, however many \
        schedules end in it. Numbers of schedules are exact, however large; whoever reads them must be able to \
        read whole numbers of any length. Nothing depends on the time, but how far it comes with `--for`.
        """,
      demonstration: [
        "mutex a, b", "program one { lock a; lock b; unlock b; unlock a }",
        "program two { lock b; lock a; unlock a; unlock b }", "spawn one; spawn two", "explore dfs",
      ]
    )

    static func run(
      _ invocation: Invocation,
      in shell: Shell,
      results: Results<Result>
    ) throws(CommandFailure) {
      let explored = try explore(invocation, in: shell)
      for (index, failure) in explored.exploration.failures.enumerated() {
        results.add(
          .first(
            ExploredFailure(
              number: index + 1,
              found: failure,
              branch: index == 0 ? explored.landing?.branch : nil
            )
          )
        )
      }
      results.add(.second(explored))
      if !explored.exploration.failures.isEmpty { throw .told }
    }

    private static func explore(
      _ invocation: Invocation,
      in shell: Shell
    ) throws(CommandFailure) -> Explored {
      if let first = invocation.arguments.first, first.text == "merge" {
        let files = invocation.arguments.dropFirst()
        if !files.isEmpty { return try shell.mergeExplorations(files) }
        throw CommandFailure(
          "explore merge needs files",
          at: first.range,
          hint: "`explore --shard 1/2 --out FILE` writes one",
          status: 2
        )
      }
      var words = try ExploreWords(invocation, manual, in: shell)
      guard shell.scheduler.liveTaskCount > 0 else {
        throw CommandFailure(
          "there is nothing to explore: no task is alive",
          at: invocation.name.range,
          hint: "spawn some, and do not run them: `explore` tries what may become of them",
          status: 2
        )
      }
      if let file = words.resume {
        return shell.land(
          on: try shell.resumeExploring(words, from: file, invocation, manual)
        )
      }
      words.useStandardLimits(isInteractive: shell.isAtPrompt)
      // So that it fails now if it cannot be written, and not in an hour.
      guard let file = words.html else {
        return shell.land(on: try shell.explore(words, invocation))
      }
      let page = try shell.openPage(file)
      let explored = try shell.explore(words, invocation)
      return try shell.land(on: explored, words, showing: page, invocation)
    }
  }
}
