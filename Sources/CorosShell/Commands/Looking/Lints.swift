import CorosFiles
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Lists what looks like a mistake in a program.
  enum Lints: PrintingCommand {
    static let manual = Manual(
      name: "lints",
      summary: "list what looks like a mistake in a program",
      usage: "lints [on | off NAME ...]",
      group: .looking,
      details: """
        While tasks run, a few things are looked out for that are most likely mistakes, and that nobody may \
        notice:

          spinning  a task that does nothing but yield, 1000 times in a row, and nobody else runs
          starving  a task that has been ready for 10000 ticks and more, and has never run
          circle    tasks that wait for one another while others go on
          unseen    a child that failed, and nobody has asked how it ended

        Each is said once, in a note on standard error, at the most three times of a kind; `lints` lists \
        them all. They go back in time with the rest. `lints off NAME` says no more of that kind, and `lints \
        off` nothing at all.
        """,
      example: "lints off spinning",
      seeAlso: ["why", "stats", "info"],
      completion: [.words(["on", "off"]), .words(Lint.allCases.map(\.rawValue))]
    )

    static let reference = Reference(
      notes: """
        One that starves has been ready for 10000 ticks, or for twenty for each live task if that is more. The \
        failure of a child is unseen when its parent has ended, or gone on for 10000 steps, without asking. \
        `lints on NAME` says such again. Up to a hundred of a kind are listed.
        """,
      results: [
        ResultLine([
          .init(
            "lints",
            .objects([
              .init("name", .text, "its name"),
              .init("on", .truth, "whether what it finds is said"),
              .init("finds", .text, "what it looks for"),
            ]),
            "one for each kind"
          ),
          .init(
            "found",
            .objects([
              .init("name", .text, "the lint"),
              .init("tid", .number, "the task"),
              .init("tick", .number, "when it was found"),
              .init("others", .list(.number), "the others in the circle, or the parent"),
              .init("text", .text, "what was found, in words"),
            ]),
            "what has been found up to the present"
          ),
        ])
      ],
      demonstration: ["spawn circle 2; spawn count 9; run 8", "lints"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      guard let word = invocation.arguments.first else { return list(shell) }
      guard ["on", "off"].contains(word.text) else {
        throw CommandFailure(
          "lints are on or off, not '\(excerpt(of: word.text))'",
          at: word.range,
          hint: "usage: \(manual.usage)"
        )
      }
      var lints: [Lint] = []
      for name in invocation.arguments.dropFirst() {
        guard let lint = Lint(rawValue: name.text) else {
          let names = Lint.allCases.map(\.rawValue)
          throw CommandFailure(
            "there is no lint '\(excerpt(of: name.text))'",
            at: name.range,
            hint: Suggestion.question(for: name.text, among: names)
              ?? "there are \(names.joined(separator: ", "))"
          )
        }
        lints.append(lint)
      }
      if lints.isEmpty { lints = Lint.allCases }
      if word.text == "on" {
        shell.silencedLints.subtract(lints)
      } else {
        shell.silencedLints.formUnion(lints)
      }
      shell.report(json(shell)) {
        "lints \(word.text): \(lints.map(\.rawValue).joined(separator: ", "))"
      }
    }

    // MARK: The list

    private static func list(_ shell: Shell) {
      shell.report(json(shell)) {
        var table = TextTable([.init("LINT"), .init(""), .init("FINDS")], style: shell.style)
        for lint in Lint.allCases {
          let isOn = !shell.silencedLints.contains(lint)
          table.append([
            .init(lint.rawValue, .heading), .init(isOn ? "on" : "off"), .init(lint.summary),
          ])
        }
        let findings = shell.session.recorders.lints.findings
        if findings.isEmpty { return table.takeText() + "nothing has been found\n" }
        return table.takeText() + findings.map { words($0, shell) }.joined()
      }
    }

    private static func words(_ finding: LintFinding, _ shell: Shell) -> String {
      let advice =
        "\(finding.lint.advice); `lints off \(finding.lint.rawValue)` says no more of such"
      return "tick \(finding.tick): \(finding.sentence(shell.scheduler))\n"
        + TextFlow.wrapped(advice, width: shell.host.width, indent: "  ")
    }

    private static func json(_ shell: Shell) -> JSON {
      [
        "command": "lints",
        "lints": .array(
          Lint.allCases.map {
            [
              "name": .string($0.rawValue), "on": .bool(!shell.silencedLints.contains($0)),
              "finds": .string($0.summary),
            ]
          }
        ),
        "found": .array(
          shell.session.recorders.lints.findings.map { finding in
            [
              "name": .string(finding.lint.rawValue), "tid": .int(finding.task.rawValue),
              "tick": .int(finding.tick),
              "others": .array(finding.others.map { .int($0.rawValue) }),
              "text": .string(finding.sentence(shell.scheduler)),
            ]
          }
        ),
      ]
    }
  }
}
