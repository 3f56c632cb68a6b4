import CorosFiles
import CorosHistory
import CorosKernel
import CorosLanguage
import CorosSession

extension Commands {
  /// Lists the programs.
  enum Programs: PrintingCommand {
    static let manual = Manual(
      name: "programs",
      summary: "list the programs, or tell about one",
      usage: "programs [NAME]",
      group: .tasks,
      details: "With a name, its arguments and what one learns by stepping it.",
      example: "programs family",
      seeAlso: ["spawn"],
      completion: [.program, .nothing]
    )

    static let reference = Reference(
      results: [
        ResultLine([
          .init(
            "programs",
            .objects([
              .init("name", .text, "its name"),
              .init("usage", .text, "how it is typed"),
              .init("summary", .text, "what it does"),
              .init(
                "forms",
                .list(.text),
                "in which forms it is written: `async`, `machine`, or both"
              ),
              .init(
                "parameters",
                .objects([
                  .init("name", .text, "its name"),
                  .init("summary", .text, "what it is for"),
                  .init(
                    "standard",
                    .orNull(.text),
                    "what it is if left out, or null if it may not be"
                  ),
                ]),
                "its arguments"
              ),
              .init("lesson", .text, "what one learns by stepping it"),
            ]),
            "one for each, or the one that was named"
          )
        ])
      ],
      demonstration: ["programs count"]
    )

    static func run(_ invocation: Invocation, in shell: Shell) throws(CommandFailure) {
      try invocation.allow(atMost: 1, manual)
      guard let name = invocation.arguments.first else { return list(shell) }
      guard let program = shell.catalogue[name.text] else {
        throw CommandFailure(
          "there is no program '\(excerpt(of: name.text))'",
          at: name.range,
          hint: shell.programHint(for: name.text)
        )
      }
      shell.report(["command": "programs", "programs": [json(program)]]) { page(program, shell) }
    }

    private static func list(_ shell: Shell) {
      let programs = shell.catalogue.programs
      shell.report(["command": "programs", "programs": .array(programs.map(json))]) {
        TextFlow.glossary(
          programs.map { ($0.usage, $0.summary) },
          titleWidth: programs.map(\.usage.count).max() ?? 0,
          width: shell.host.width,
          paint: { shell.style.paint($0, .name) }
        ) + "`programs NAME` tells more; `spawn NAME` makes a task of one\n"
      }
    }

    private static func page(_ program: Program, _ shell: Shell) -> String {
      var text = shell.style.paint(program.usage, .name) + "\n  \(program.summary)\n\n"
      let parameters = program.parameters.map { parameter in
        let standard = parameter.standard.map { "; \($0) unless you say otherwise" } ?? ""
        return (title: parameter.name, text: parameter.summary + standard)
      }
      if !parameters.isEmpty {
        text += TextFlow.glossary(
          parameters,
          titleWidth: parameters.map(\.title.count).max() ?? 0,
          width: shell.host.width,
          paint: { shell.style.paint($0, .heading) }
        )
        text += "\n"
      }
      text += TextFlow.wrapped(program.lesson, width: shell.host.width, indent: "  ")
      if program.forms.contains(.machine) {
        text += "\n  Also written as a state machine: `spawn -m \(program.name)`.\n"
      }
      return text
    }

    private static func json(_ program: Program) -> JSON {
      [
        "name": .string(program.name), "usage": .string(program.usage),
        "summary": .string(program.summary),
        "forms": .array(program.forms.map { .string($0.rawValue) }),
        "parameters": .array(program.parameters.map(json)), "lesson": .string(program.lesson),
      ]
    }

    private static func json(_ parameter: Program.Parameter) -> JSON {
      [
        "name": .string(parameter.name), "summary": .string(parameter.summary),
        "standard": .string(parameter.standard),
      ]
    }
  }
}
