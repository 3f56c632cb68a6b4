import CorosFiles
import CorosHistory
import CorosInsight
import CorosLanguage
import CorosSession

// Keys and lines that several commands have, and the lines that are no command's.

extension ResultType {
  /// How a task has ended.
  static let exitStatus = ResultType.object([
    .sometimes("exited", .number, "it ended by itself, with this exit code"),
    .sometimes("killed", .truth, "it was killed; always true"),
    .sometimes("failed", .text, "it ended by this error"),
  ])

  /// The state of a task.
  static let taskState = ResultType.word(TaskWords.states)
}

extension ResultLine {
  /// Where a journey leads to.
  static let journey = ResultLine([
    .init("tick", .number, "the tick at which it ended"),
    .init(
      "moment",
      .number,
      "the moment: how many steps, and jumps of the clock in which nobody ran, lie before it"
    ),
    .init("moved", .number, "by how many moments, less than 0 for back"),
    .init("branch", .number, "the branch"),
    .init("ahead", .number, "how many moments of recorded future lie ahead"),
  ])

  /// What `step` and `run` have done.
  static let dispatches = ResultLine(
    [
      .init("dispatched", .list(.number), "who ran, in order, the first 100000 of them"),
      .init("dispatches", .number, "how many steps there were"),
      .init("tick", .number, "the tick now"),
      .init("stopped", .word(OutcomeWords.words), "why there were no more steps"),
      .sometimes("ready", .list(.number), "those of whom the policy runs none, with `undecided`"),
    ] + hits
  )

  /// What has hit breakpoints, where that has stopped something.
  static let hits: [ResultKey] = [
    .sometimes(
      "breakpoint",
      .number,
      "the first breakpoint that was hit, with `breakpoint`, as are those that follow"
    ),
    .sometimes("hit", .text, "what has hit it, in words"),
    .sometimes(
      "hits",
      .objects([
        .init("breakpoint", .number, "the breakpoint"),
        .init("tid", .orNull(.number), "the task, null where it is no task's doing"),
        .init("tick", .number, "the tick of the step; the clock shows one more after it"),
        .init("hit", .text, "what has hit it, in words"),
        .sometimes("old", .text, "what a watched value was"),
        .sometimes("new", .text, "what it is now"),
      ]),
      "all that were hit in that step"
    ),
  ]

  /// Breakpoints that a command has changed.
  static let breakpoints = ResultLine([
    .init("breakpoints", .list(.number), "those that were named")
  ])

  /// A setting of a task.
  static func setting(_ name: String) -> ResultLine {
    ResultLine([
      .init("tid", .number, "the task"),
      .init(name, .orNull(.number), "its value now, or null when it is not alive"),
    ])
  }

  /// The lines that are not a command's result.
  static let others: [ResultLine] = [
    ResultLine(
      "What a task writes is a line of its own:",
      [
        .init("output", .text, "one line of text"),
        .init("tid", .number, "the task that wrote it"),
        .init("tick", .number, "when it did"),
      ]
    ),
    ResultLine(
      "With `--echo`, each line before it runs:",
      [.init("echo", .text, "the line as it was read")]
    ),
    ResultLine(
      "While `trace` is on, each step of a run:",
      [.init("tick", .number, "the tick"), .init("ran", .number, "the task that had the CPU")]
    ),
    ResultLine(
      "And each tick in which nobody ran:",
      [.init("tick", .number, "the tick"), .init("idle", .truth, "always true")]
    ),
    ResultLine(
      "A failure, on standard error:",
      [
        .init("error", .text, "what is wrong"),
        .init("line", .number, "the line, counted from 1"),
        .init("column", .number, "the character in it, counted from 1"),
        .sometimes(
          "file",
          .text,
          "the script, or the file that a command has read; not at the prompt"
        ),
        .sometimes("hint", .text, "a way out, if there is one"),
      ]
    ),
    ResultLine(
      "A task that ends by an error of its own, which is no command's failure, on standard error, too:",
      [
        .init("error", .text, "the task, and its error"),
        .init("tid", .number, "the task"),
        .init("tick", .number, "when it ended"),
      ]
    ),
    ResultLine(
      """
      A task that has written more than a person is shown of it, at a prompt only, on standard error: no \
      more than `limit output` says until the next command, or in a second of live mode, and sixteen times \
      as much of all tasks:
      """,
      [
        .init("notice", .text, "how to see more"),
        .init("tid", .number, "the task"),
        .init("tick", .number, "when it was"),
      ]
    ),
    ResultLine(
      "What looks like a mistake in a program, on standard error:",
      [
        .init("notice", .text, "what was found"),
        .init("tid", .number, "the task"),
        .init("tick", .number, "when it was"),
        .init("lint", .word(Lint.allCases.map(\.rawValue)), "which of the `lints` has found it"),
      ]
    ),
  ]
}
