import CorosInsight
import CorosLanguage
package import CorosSession

// Keys and lines that several commands share, and lines that are no command's result.

extension ResultLine {
  /// The lines that are not the result of a command.
  package static let others: [ResultLine] = [
    ResultLine(
      "Each line that a task writes:",
      [
        .init("output", .text, "one line of text"),
        .init("tid", .number, "the task that wrote it"),
        .init("tick", .number, "the tick at which it did"),
      ]
    ),
    ResultLine(
      "Each hit of a breakpoint that was set with `--log`:",
      [.init("logged", .object(ExplainedHit.keys), "the hit")]
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
      "And each tick in which no task ran:",
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
      "A task that fails, which is not a failure of the command, also on standard error:",
      [
        .init("error", .text, "the task and its error"),
        .init("tid", .number, "the task"),
        .init("tick", .number, "when it ended"),
      ]
    ),
    ResultLine(
      """
      A task that has written more than `limit output` allows, or all tasks more than sixteen times as much, \
      before the next command or within a second of live mode; at a prompt only, on standard error:
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
        .init("others", .list(.number), "the other tasks that have to do with it"),
        .init("objects", .list(.text), "the locks and other objects that have to do with it"),
      ]
    ),
  ]
}
