import CorosFiles
import CorosHistory
import CorosInsight
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Explains the commands.
  enum Help: PrintingCommand {
    static let manual = Manual(
      name: "help",
      summary: "explain the commands, or one of them",
      usage: "help [COMMAND]",
      group: .shell,
      details: "Without a command, the page that one begins with.",
      example: "help step",
      seeAlso: ["programs"],
      completion: [.command, .nothing]
    )

    static let reference = Reference(
      results: [
        ResultLine([
          .init(
            "commands",
            .objects([
              .init("name", .text, "its name"),
              .init("usage", .text, "how it is typed"),
              .init("summary", .text, "what it does"),
              .init("details", .text, "more about it"),
              .init(
                "options",
                .objects([
                  .init("usage", .text, "how it is typed"),
                  .init("summary", .text, "what it does"),
                ]),
                "those that begin with two dashes"
              ),
              .init("example", .text, "a line to try"),
              .init("see_also", .list(.text), "other commands"),
              .init(
                "results",
                .list(
                  .objects([
                    .init(
                      "key",
                      .text,
                      "a key, by its path: `tasks[].tid` is in each of the `tasks`"
                    ),
                    .init("type", .text, "what its value is"),
                    .init("meaning", .text, "what it says"),
                  ])
                ),
                "the keys of each line that it may print with `--json`"
              ),
            ]),
            "one for each, or the one that was named"
          )
        ])
      ],
      demonstration: ["help pick"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      try invocation.allow(atMost: 1, manual)
      guard let name = invocation.arguments.first else { return overview(shell) }
      guard let command = CommandTable.command(named: name.text) else {
        let isProgram = shell.catalogue[name.text] != nil
        throw CommandFailure(
          "there is no command '\(excerpt(of: name.text))'",
          at: name.range,
          hint: isProgram
            ? "it is a program: `programs \(name.text)` tells about it"
            : Suggestion.question(for: name.text, among: CommandTable.names)
              ?? "`help` lists the commands"
        )
      }
      shell.report(["command": "help", "commands": [json(command)]]) {
        page(command, shell)
      }
    }

    private static func overview(_ shell: Shell) {
      let manuals = CommandTable.all.map { $0.manual }
      shell.report(["command": "help", "commands": .array(CommandTable.all.map(json))]) {
        let style = shell.style
        var text = """
          Coros is a small operating system that you type at. Programs become tasks, and
          tasks take turns on one CPU, a tick at a time. Between two ticks the machine
          stands still, and you can look around.

            \(style.paint("spawn family", .name))  make a task of a program     \(style.paint("ps", .name))         who is there
            \(style.paint("step", .name))          run one tick, and see why    \(style.paint("queue", .name))      who runs next
            \(style.paint("run", .name))           run to the end               \(style.paint("help step", .name))  more on a command


          """
        let titleWidth = manuals.map(\.briefUsage.count).max() ?? 0
        for group in Manual.Group.allCases {
          text += style.paint(group.rawValue, .heading) + "\n"
          text += TextFlow.glossary(
            manuals.filter { $0.group == group }.map { ($0.briefUsage, $0.summary) },
            titleWidth: titleWidth,
            width: shell.host.width,
            paint: { style.paint($0, .name) }
          )
        }
        return text + """

          One line can hold several commands: `a; b` runs both, `a && b` runs b if a
          succeeds, and `a || b` if it fails. $! is the last task spawned. Tab completes,
          Ctrl-C stops a run, Ctrl-D leaves.
          """
      }
    }

    private static func page(_ command: any ShellCommand.Type, _ shell: Shell) -> String {
      let manual = command.manual
      let style = shell.style
      let related = manual.seeAlso.map { style.paint($0, .name) }.joined(separator: ", ")
      return "\(style.paint(manual.usage, .name))\n  \(manual.summary)\n\n"
        + TextFlow.wrapped(manual.details, width: shell.host.width, indent: "  ")
        + options(manual, shell)
        + "\n  \(style.paint("try", .heading))       \(style.paint(manual.example, .name))\n"
        + "  \(style.paint("see also", .heading))  \(related)\n"
        + keys(command.lines, shell)
    }

    /// The keys that are printed with `--json`; `--json` itself tells what they mean.
    private static func keys(_ lines: [ResultLine], _ shell: Shell) -> String {
      let alternatives = lines.map { $0.keys.map(\.name).joined(separator: ", ") }
      let margin = "  json      "
      let text = TextFlow.wrapped(
        alternatives.joined(separator: "; or "),
        width: shell.host.width,
        indent: String(repeating: " ", count: margin.count)
      )
      return "  \(shell.style.paint("json", .heading))      " + text.dropFirst(margin.count)
    }

    private static func options(_ manual: Manual, _ shell: Shell) -> String {
      guard !manual.options.isEmpty else { return "" }
      return "\n"
        + TextFlow.glossary(
          manual.options.map { ($0.usage, $0.summary) },
          titleWidth: manual.options.map(\.usage.count).max() ?? 0,
          width: shell.host.width,
          paint: { shell.style.paint($0, .name) }
        )
    }

    private static func json(_ command: any ShellCommand.Type) -> JSON {
      let manual = command.manual
      return [
        "name": .string(manual.name), "usage": .string(manual.usage),
        "summary": .string(manual.summary), "details": .string(manual.details),
        "options": .array(
          manual.options.map { ["usage": .string($0.usage), "summary": .string($0.summary)] }
        ),
        "example": .string(manual.example),
        "see_also": .array(manual.seeAlso.map { .string($0) }),
        "results": .array(command.lines.map(json)),
      ]
    }

    private static func json(_ line: ResultLine) -> JSON {
      .array(
        line.keys.flatMap { $0.rows() }.map { row in
          ["key": .string(row.path), "type": .string(row.type), "meaning": .string(row.meaning)]
        }
      )
    }
  }
}
