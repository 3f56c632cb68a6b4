import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession
import CorosShell

extension Commands {
  /// Lists likely mistakes in programs.
  enum Lints: SimpleCommand {
    static let manual = Manual(
      name: "lints",
      summary: "list likely mistakes in a program",
      usage: "lints [on | off NAME ...]",
      group: .looking,
      details: """
        While tasks run, Coros looks for likely mistakes that are easy to miss:

          spinning   a task only yields, 1000 times in a row, and no other task runs
          starving   a task is ready for half of the run on end, and does not run
          circle     tasks wait for each other while other tasks run
          unseen     a child failed, and no task has asked how it ended
          orphan     a task ended while it held a lock, or a permit of a scope
          order      tasks take the same locks in different orders, and may deadlock
          lost       a task waits for a notification, and the last one came too early
          inversion  a task waits for a lock, and its holder for lower priorities
          handles    nearly as many handles are open as may be, or a task waits for one

        Each mistake is reported once, as a note on standard error, at most three times per kind; `lints` \
        lists them all, and the longest wait for the CPU. They go back in time with everything else. `lints off NAME` stops the notes of one \
        kind, and `lints off` stops all notes.
        """,
      example: "lints off spinning",
      seeAlso: ["why", "stats", "info"],
      completion: [.words(["on", "off"]), .words(Lint.allCases.map(\.rawValue))]
    )

    /// Without words it only tells something.
    static func access(hasWords: Bool) -> GuestAccess { hasWords ? .changing : .present }

    static let reference = Reference(
      notes: """
        A task starves when it is ready for half of all ticks, and for \(LongWait.shortest) at least, with nothing in \
        between; it is said meanwhile only of one that has not run for 10000 ticks, or for twenty per live task if \
        that is more. The failure of a child is unseen when its parent has ended, or gone on for 10000 steps, without asking, \
        and no group, monitor or link has told of it. \
        `lints on NAME` says such again. Up to a hundred of a kind are listed.

        A circle is certain: each of its tasks waits for the end of another, or for a lock that another holds, without a time \
        limit. An order is likely: one task asked for a lock while it held another, and a second task did it the other way; not \
        if one further lock was held both times, nor for locks that were only tried or asked for with a time limit. A \
        notification is lost when it woke nobody, a task has waited since, and all that ever gave one have ended. Inversion is \
        told after \(LintFinding.patienceForInversion) ticks in which a task of a priority between the two ran, under `priority`.

        Handles are told of when nine of ten that `limit handles` allows are open, and when a task has to wait until one is \
        closed: each once for a limit. The system may allow this process fewer open files than that, by `ulimit -n`: that is \
        told of once.
        """,
      demonstration: ["spawn circle 2; spawn count 9; run 8", "lints"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) -> Result {
      guard let word = invocation.arguments.first else { return Result(of: shell) }
      guard ["on", "off"].contains(word.text) else {
        throw CommandFailure(
          "lints are on or off, not '\(excerpt(of: word.text))'",
          at: word.range,
          hint: "usage: \(manual.usage)"
        )
      }
      var lints: [Lint] = []
      for name in invocation.arguments.dropFirst() { lints.append(try lint(name)) }
      if lints.isEmpty { lints = Lint.allCases }
      if word.text == "on" {
        shell.silencedLints.subtract(lints)
      } else {
        shell.silencedLints.formUnion(lints)
      }
      return Result(
        of: shell,
        change: "lints \(word.text): \(lints.map(\.rawValue).joined(separator: ", "))"
      )
    }

    private static func lint(_ name: Argument) throws(CommandFailure) -> Lint {
      if let lint = Lint(rawValue: name.text) { return lint }
      let names = Lint.allCases.map(\.rawValue)
      throw CommandFailure(
        "there is no lint '\(excerpt(of: name.text))'",
        at: name.range,
        hint: Suggestion.question(for: name.text, among: names)
          ?? "there are \(names.joined(separator: ", "))"
      )
    }

    struct Result: CommandResult, ResultObject {
      private let lints: [Kind]
      private let found: [Found]
      /// The longest wait for the CPU; nil when no task waited.
      private let longest: Wait?
      /// The change that the command made, in words; nil for none.
      private let change: String?

      init(of shell: Shell, change: String? = nil) {
        lints = Lint.allCases.map { Kind(lint: $0, isOn: !shell.silencedLints.contains($0)) }
        let (recorders, scheduler) = (shell.session.recorders, shell.scheduler)
        let waits = recorders.timeline.longestWaits(now: scheduler.now)
        longest = waits.first.map { Wait(wait: $0, name: shell.inParentheses($0.task)) }
        let findings = recorders.lints.findings
        let known = findings.filter { $0.lint == .starving }.map(\.task)
        let starving = waits.filter { $0.isStarvation(at: scheduler.now) }.prefix(Self.mostStarving)
        found =
          findings.map { Found(finding: $0, sentence: $0.sentence(scheduler)) }
          + starving.filter { !known.contains($0.task) }.map { wait in
            Found(
              finding: LintFinding(lint: .starving, task: wait.task, tick: wait.to),
              sentence: "task \(wait.task)\(shell.inParentheses(wait.task)) \(wait.words)"
            )
          }
        self.change = change
      }

      /// The most tasks that are told to have starved.
      private static let mostStarving = 100

      static let fields: [ResultField<Self>] = [
        .objects("lints", "one object per kind", \.lints),
        .objects("found", "the mistakes found so far", \.found),
        .objectOrNull("longest_wait", "the longest time on end that a task was ready", \.longest),
      ]

      func text(in look: Look) -> String {
        if let change { return change }
        return look.table(of: lints)
          + (found.isEmpty
            ? "no likely mistakes\n" : found.map { $0.text(in: look) }.joined())
          + (longest.map { "longest wait: \($0.words)\n" } ?? "")
      }
    }

    /// A wait for the CPU.
    private struct Wait: ResultObject {
      let wait: LongWait
      /// What the task is called, in parentheses.
      let name: String

      static let fields: [ResultField<Self>] = [
        .number("tid", "the task", \.wait.task.rawValue),
        .number("from", "the tick at which it began", \.wait.from),
        .number("to", "the tick at which it ended, or the present one", \.wait.to),
        .number("ticks", "how long it was", \.wait.ticks),
      ]

      var words: String { "task \(wait.task)\(name) \(wait.words)" }
    }

    /// A kind of lint, and whether its notes are on.
    private struct Kind: ListingRow {
      let lint: Lint
      let isOn: Bool

      static let fields: [ResultField<Self>] = [
        .text("name", "its name", \.lint.rawValue),
        .truth("on", "whether its notes are on", \.isOn),
        .text("finds", "what it looks for", \.lint.summary),
      ]
      static let columns: [TextTable.Column] = [.init("LINT"), .init(""), .init("FINDS")]

      var cells: [TextTable.Cell] {
        [.init(lint.rawValue, .heading), .init(isOn ? "on" : "off"), .init(lint.summary)]
      }
    }

    /// A finding of a lint.
    private struct Found: ResultObject {
      let finding: LintFinding
      let sentence: String

      static let fields: [ResultField<Self>] = [
        .text("name", "the lint", \.finding.lint.rawValue),
        .number("tid", "the task", \.finding.task.rawValue),
        .number("tick", "when it was found", \.finding.tick),
        .tasks("others", "the other tasks of the circle, or the parent", \.finding.others),
        .text("text", "what was found, in words", \.sentence),
      ]

      func text(in look: Look) -> String {
        let lint = finding.lint
        let advice = "\(finding.advice); `lints off \(lint.rawValue)` stops these notes"
        return "tick \(finding.tick): \(sentence)\n"
          + TextFlow.wrapped(advice, width: look.width, indent: "  ")
      }
    }
  }
}
